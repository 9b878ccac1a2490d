import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { signedInAs } from '../../test/callers';
import { pool } from '../core/db';
import { AppError } from '../core/errors';
import { enforceLimit, enforceSubjectLimit, resetSubjectLimit } from './enforce';
import { LIMIT_POLICIES } from './policies';

useTestDatabase();

const guest = (address: string) => ({ user: null, address });

async function rejection(work: Promise<unknown>): Promise<AppError | null> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error : null;
}

describe('enforceLimit', () => {
  it('lets exactly the points of the tightest rule through, also in parallel', async () => {
    const [perMinute] = LIMIT_POLICIES['change-pastes'].anonymous;
    const outcomes = await Promise.all(
      Array.from({ length: perMinute.points + 15 }, () =>
        rejection(enforceLimit('change-pastes', guest('203.0.113.1'))),
      ),
    );
    const rejected = outcomes.filter((outcome) => outcome !== null);
    expect(rejected).toHaveLength(15);
    expect(rejected[0]?.code).toBe('rate_limited');
    expect(rejected[0]?.retryAfter).toBeGreaterThan(0);
    expect(rejected[0]?.retryAfter).toBeLessThanOrEqual(perMinute.seconds);
  });

  it('stays closed after the first rejection', async () => {
    const [perMinute] = LIMIT_POLICIES['change-pastes'].anonymous;
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < perMinute.points + 5; n += 1) {
      codes.push((await rejection(enforceLimit('change-pastes', guest('203.0.113.9'))))?.code);
    }
    expect(codes.slice(0, perMinute.points).filter((code) => code !== undefined)).toEqual([]);
    expect(codes.slice(perMinute.points)).toEqual(Array(5).fill('rate_limited'));
  });

  it('counts addresses apart, an IPv6 household together, members by user', async () => {
    expect(await rejection(enforceLimit('change-pastes', guest('203.0.113.2')))).toBeNull();
    const states = [
      await enforceLimit('guess-key', guest('2001:db8::1')),
      await enforceLimit('guess-key', guest('2001:db8::ffff')),
      await enforceLimit('guess-key', { ...signedInAs('u1'), address: '2001:db8::1' }),
    ];
    expect(states.map(([state]) => state?.remaining)).toEqual([9, 8, 9]);
  });

  it('counts members by address too where the limit is about addresses', async () => {
    const states = [
      await enforceLimit('login', guest('203.0.113.3')),
      await enforceLimit('login', { ...signedInAs('u1'), address: '203.0.113.3' }),
      await enforceLimit('login', { ...signedInAs('u2'), address: '203.0.113.3' }),
    ];
    expect(states.map(([state]) => state?.remaining)).toEqual([9, 8, 7]);
  });
});

describe('enforceSubjectLimit', () => {
  it('rejects past the points of the subject, and no other', async () => {
    const codes = [];
    for (let n = 0; n < 5; n += 1) {
      codes.push((await rejection(enforceSubjectLimit('mail-recipient', 'ann@example.com')))?.code);
    }
    expect(codes).toEqual([undefined, undefined, undefined, 'rate_limited', 'rate_limited']);
    expect(await rejection(enforceSubjectLimit('mail-recipient', 'bob@example.com'))).toBeNull();
    const error = await rejection(enforceSubjectLimit('mail-recipient', 'ann@example.com'));
    expect(error?.retryAfter).toBeGreaterThan(0);
    expect(error?.cause).toMatchObject([{ allowed: false, remaining: 0 }]);
  });

  it('counts a name apart from callers and from other names', async () => {
    await enforceSubjectLimit('guess-password', '203.0.113.4');
    const [ofCaller] = await enforceLimit('guess-password', guest('203.0.113.4'));
    const [ofName] = await enforceSubjectLimit('login-account', '203.0.113.4');
    const [again] = await enforceSubjectLimit('guess-password', '203.0.113.4');
    expect([ofCaller?.remaining, ofName?.remaining, again?.remaining]).toEqual([9, 9, 98]);
  });

  it.each([
    ['nothing', ''],
    ['a long text', 'x'.repeat(100_000)],
    ['hostile characters', "a'b\u0000*?[]%:\n\ud800"],
  ])('takes %s as a subject', async (_what, subject) => {
    await enforceSubjectLimit('login-account', subject);
    expect((await enforceSubjectLimit('login-account', subject))[0]?.remaining).toBe(8);
  });

  it('stores no subject in plain text', async () => {
    await enforceSubjectLimit('login-account', 'carol@example.com');
    const { rows } = await pool().query<{ key: string }>('select key from rate_limits');
    expect(rows.some(({ key }) => key.includes('login-account:s:'))).toBe(true);
    expect(rows.some(({ key }) => /carol|example/.test(key))).toBe(false);
  });
});

describe('resetSubjectLimit', () => {
  it('resets the subject, and no other', async () => {
    for (let n = 0; n < 11; n += 1) {
      await rejection(enforceSubjectLimit('login-account', 'dan'));
      await rejection(enforceSubjectLimit('login-account', 'eve'));
    }
    await resetSubjectLimit('login-account', 'dan');
    expect((await enforceSubjectLimit('login-account', 'dan'))[0]?.remaining).toBe(9);
    expect((await rejection(enforceSubjectLimit('login-account', 'eve')))?.code).toBe('rate_limited');
  });

  it('is silent while the store fails', async () => {
    await enforceSubjectLimit('login-account', 'frank');
    await pool().query('alter table rate_limits rename to gone');
    await expect(resetSubjectLimit('login-account', 'frank')).resolves.toBeUndefined();
    await pool().query('alter table gone rename to rate_limits');
  });
});
