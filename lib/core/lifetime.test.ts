import { DateTime, Duration } from 'luxon';
import { describe, expect, it } from 'vitest';
import { expiryOf, isPossibleExpiry, LIFETIMES, shorterLifetimes } from './lifetime';

const at = (text: string) => new Date(text);

describe('expiryOf', () => {
  it.each([
    ['10m', '2026-11-21T23:55:00Z', '2026-11-22T00:05:00Z'],
    ['1d', '2026-12-31T10:00:00Z', '2027-01-01T10:00:00Z'],
    ['2w', '2026-02-20T00:00:00Z', '2026-03-06T00:00:00Z'],
    ['1mo', '2026-01-31T08:30:00Z', '2026-02-28T08:30:00Z'],
    ['1mo', '2028-01-31T08:30:00Z', '2028-02-29T08:30:00Z'],
    ['3mo', '2026-11-30T00:00:00Z', '2027-02-28T00:00:00Z'],
    ['6mo', '2026-08-31T00:00:00Z', '2027-02-28T00:00:00Z'],
    ['1y', '2028-02-29T12:00:00Z', '2029-02-28T12:00:00Z'],
    ['PT1S', '2026-11-21T00:00:00Z', '2026-11-21T00:00:01Z'],
    ['P1Y2M3DT4H5M6S', '2026-01-01T00:00:00Z', '2027-03-04T04:05:06Z'],
    ['P100Y', '2026-01-01T00:00:00Z', '2126-01-01T00:00:00Z'],
  ])('%s from %s is %s', (lifetime, from, expected) => {
    expect(expiryOf(lifetime, at(from))?.toISOString()).toBe(at(expected).toISOString());
  });

  it('knows never, and every lifetime it names', () => {
    expect(expiryOf('never', at('2026-01-01T00:00:00Z'))).toBeNull();
    for (const name of LIFETIMES) expect(expiryOf(name, at('2026-01-01T00:00:00Z'))).not.toBeUndefined();
  });

  it.each([
    '',
    '1',
    '5w',
    '-P1D',
    'P-1D',
    'P',
    'PT',
    'PT0S',
    'PT0.5S',
    'P101Y',
    'P1200M1D',
    'P99999999999999999999D',
    'constructor',
    '__proto__',
    `P${'9'.repeat(400)}Y`,
    ' 1d',
    '1D',
  ])('rejects %j', (text) => {
    expect(expiryOf(text, at('2026-01-01T00:00:00Z'))).toBeUndefined();
  });
});

/** The same by a library, which is too large for every process to load. */
function referenceExpiry(text: string, from: Date): string | undefined {
  const start = DateTime.fromJSDate(from, { zone: 'utc' });
  const end = start.plus(Duration.fromISO(text));
  const isAllowed = end.isValid && end >= start.plus({ seconds: 1 }) && end <= start.plus({ years: 100 });
  return isAllowed ? end.toJSDate().toISOString() : undefined;
}

it('agrees with a library on durations of every kind', () => {
  const starts = [
    '2026-11-21T23:59:59.999Z',
    '2028-02-29T12:00:00Z',
    '2027-01-31T00:00:00Z',
    '2026-12-31T23:00:00Z',
  ];
  const numbers = ['', '1', '7', '13', '31', '0.5', '1.25', '100', '1200', '36500', '007', '9999999999'];
  let seed = 1;
  const pick = (unit: string) => {
    seed = (seed * 48_271) % 2_147_483_647;
    // Most durations have few parts.
    const number = seed % 3 === 0 ? (numbers[Math.floor(seed / 3) % numbers.length] ?? '') : '';
    return number === '' ? '' : number + unit;
  };
  for (let round = 0; round < 4_000; round += 1) {
    const date = ['Y', 'M', 'W', 'D'].map(pick).join('');
    const time = ['H', 'M', 'S'].map(pick).join('');
    const text = `P${date}${time === '' ? '' : `T${time}`}`;
    if (text === 'P') continue;
    const from = at(starts[round % starts.length] ?? '');
    expect([text, expiryOf(text, from)?.toISOString()]).toEqual([text, referenceExpiry(text, from)]);
  }
});

it.each(['P1.Y', 'P.5D', 'P1..5D', 'P.D', 'PT.S', 'P1D2Y', 'P1H', 'PT1D'])(
  'rejects %j as a library does',
  (text) => {
    expect(Duration.fromISO(text).isValid).toBe(false);
    expect(expiryOf(text, at('2026-01-01T00:00:00Z'))).toBeUndefined();
  },
);

describe('shorterLifetimes', () => {
  const from = at('2026-01-01T00:00:00Z');

  it('has those that end earlier', () => {
    expect(shorterLifetimes(at('2026-01-08T00:00:00Z'), from)).toEqual(['10m', '1h', '1d']);
    expect(shorterLifetimes(at('2026-01-01T00:10:00Z'), from)).toEqual([]);
    expect(shorterLifetimes(null, from)).toEqual(LIFETIMES.filter((lifetime) => lifetime !== 'never'));
  });
});

describe('isPossibleExpiry', () => {
  const from = at('2026-01-01T00:00:00Z');

  it('is after now and at most 100 years ahead', () => {
    expect(isPossibleExpiry(from, from)).toBe(false);
    expect(isPossibleExpiry(at('2025-12-31T23:59:59Z'), from)).toBe(false);
    expect(isPossibleExpiry(at('2026-01-01T00:00:00.001Z'), from)).toBe(true);
    expect(isPossibleExpiry(at('2126-01-01T00:00:00Z'), from)).toBe(true);
    expect(isPossibleExpiry(at('2126-01-01T00:00:00.001Z'), from)).toBe(false);
  });
});
