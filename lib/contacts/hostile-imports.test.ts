import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runInSlices, runToEnd } from '../core/time-slicing';
import { checkEntries } from './check-entries';
import { MAX_ENTRY_VALUES, MAX_GIVEN_VALUES, MAX_IMPORT_BYTES, MAX_IMPORT_ENTRIES } from './import-limits';
import { planMerge } from './merge';
import { readImportFile } from './read-import-file';
import { MAX_INFO_LENGTH } from './schema';

const FULL = MAX_IMPORT_BYTES - 1_024;

/** As much of a unit as a file may hold. */
const full = (unit: string) => unit.repeat(Math.floor(FULL / Buffer.byteLength(unit)));
const many = <T>(length: number, make: (n: number) => T): T[] => Array.from({ length }, (_, n) => make(n));
const card = (...lines: string[]) => `BEGIN:VCARD\nFN:Ada\n${lines.join('\n')}\nEND:VCARD\n`;

function entriesOf(text: string) {
  const file = runToEnd(readImportFile(new TextEncoder().encode(text)));
  if ('refusal' in file) throw new Error(file.refusal);
  return file.entries;
}

function check(text: string) {
  return runToEnd(checkEntries(entriesOf(text)));
}

/** The contacts that a file would create for a user without contacts. */
function createdFrom(text: string) {
  return runToEnd(planMerge([], check(text).valid)).create;
}

describe('values of one contact', () => {
  const addresses = (count: number) => many(count, (n) => `a${n}@a.co`);

  it('accepts the maximum, in a cell and in a card', () => {
    const some = addresses(MAX_ENTRY_VALUES);
    const phones = many(MAX_ENTRY_VALUES, (n) => String(10_000_000_000 + n));
    for (const text of [
      `First name,Email,Phone\nAda,${some.join(' ::: ')},${phones.join(' ::: ')}\n`,
      card(...some.map((email) => `EMAIL:${email}`), ...phones.map((phone) => `TEL:${phone}`)),
    ]) {
      const [entry] = entriesOf(text);
      expect(entry).toMatchObject({ fields: { emails: some, phones }, faults: [] });
      expect(check(text).valid).toMatchObject([{ emails: ['a0@a.co'] }]);
    }
  });

  it('keeps the values of an entry with more within the limit, and reports its line', () => {
    const text = `First name,Email\nBob,\nAda,${addresses(MAX_ENTRY_VALUES + 1).join(' ::: ')}\n`;
    const { valid, faulty, shortened } = check(text);
    expect({ faulty, shortened }).toEqual({ faulty: [], shortened: [3] });
    expect(valid[1]?.emails).toEqual(addresses(MAX_ENTRY_VALUES));
    // Repeated email addresses count once.
    const same = `First name,Email\nAda,${many(900, () => 'a@a.co').join(' ::: ')}\n`;
    expect(check(same)).toMatchObject({ valid: [{ emails: ['a@a.co'] }], faulty: [], shortened: [] });
  });

  it.each([
    [
      'a cell of 16,000 addresses',
      `First name,Email\nBob,\nAda,${many(16_000, (n) => `a${n}@example.com`).join(' ::: ')}\n`,
      'email',
    ],
    ['a cell with as many as fit', `First name,Phone\nBob,\nAda,${full('+12345678901 ::: ')}`, 'phone'],
    [
      'a card of TEL lines',
      `${card().replace('Ada', 'Bob')}\n${card(many(150_000, (n) => `TEL:+1234567${1_000 + n}`).join('\n'))}`,
      'phone',
    ],
    [
      'a card of EMAIL lines',
      `${card().replace('Ada', 'Bob')}\n${card(...many(MAX_GIVEN_VALUES + 1, (n) => `EMAIL:a${n}@a.co`))}`,
      'email',
    ],
  ])('refuses %s with its line, and accepts the others', (_name, text, path) => {
    const { valid, faulty } = check(text);
    expect(valid).toMatchObject([{ first_name: 'Bob' }]);
    expect(faulty).toEqual([
      {
        line: text.startsWith('BEGIN') ? 6 : 3,
        name: 'Ada',
        faults: [{ path, message: 'contact_values_refused' }],
      },
    ]);
  });
});

describe('a file of the maximum size', () => {
  it.each([
    ['a photo', card(`PHOTO;ENCODING=b;TYPE=JPEG:${full('QUJD')}`)],
    ['a folded photo', card(`PHOTO;ENCODING=b:${full('QUJDQUJDQUJD\n ')}`)],
    ['a line of an unknown property', card(`X-A:${full('x')}`)],
    ['lines of unknown properties', card(full('X-A:b\n'))],
    ['parameters', card(`X-A${full(';A')}:1`)],
    ['quotes in a parameter', card(`X-A;TYPE=${full('"')}:1`)],
    ['categories', card(`CATEGORIES:${full(',')}`)],
    ['empty lines', card(full('\n'))],
    ['empty lines of a table', `First name\nAda\n${full('\n')}`],
    ['carriage returns', `First name\nAda\n${full('\r')}`],
    ['commas after the columns', `First name\nAda${full(',')}`],
    [
      'columns of one name',
      `First name${',Email'.repeat(990)}\n${`Ada\n${many(4_000, () => ','.repeat(990)).join('\n')}`}`,
    ],
  ])('%s: only the contact', (_name, text) => {
    expect(createdFrom(text)).toMatchObject([{ firstName: 'Ada', lastName: '', email: null, info: '' }]);
  });

  it.each([
    ['notes', `First name,Notes\nAda,${full('ab ')}`, 'ab ab'],
    ['doubled quotes', `First name,Notes\nAda,"${full('""')}"`, '""""'],
    ['misplaced quotes and blanks', `First name,Notes\nAda,"${full(`x"a"${' '.repeat(2_000)}`)}"`, 'x"a"  '],
    ['a quote that never ends', `First name,Notes\nAda,"${full('a\n')}`, 'a\na\n'],
    ['escapes', card(`NOTE:a${full('\\n')}b`), 'a'],
    ['notes of one line each', card(full('NOTE:a\n')), 'a\na\na\n'],
    ['quoted-printable', card(`NOTE;ENCODING=QUOTED-PRINTABLE:${full('=D1=91')}`), 'ёёё'],
    ['soft breaks', card(`NOTE;ENCODING=QUOTED-PRINTABLE:${full('=D1=\n=91=\n')}`), 'ёёё'],
  ])('%s: shortened', (_name, text, begin) => {
    const { valid, shortened } = check(text);
    expect(shortened).toHaveLength(1);
    expect(valid[0]?.info?.startsWith(begin)).toBe(true);
    expect([...(valid[0]?.info ?? '')].length).toBeLessThanOrEqual(MAX_INFO_LENGTH);
  });

  const named = (name: string) => `BEGIN:VCARD\nN:${name}\nEND:VCARD\n`;

  it('a name of semicolons: one error', () => {
    expect(check(named(full(';'))).faulty).toMatchObject([{ line: 1, faults: [{ path: 'first_name' }] }]);
  });

  it.each([
    ['backslashes', full('\\')],
    ['words', full('ab ')],
  ])('a name of %s: shortened', (_name, name) => {
    expect(check(named(name))).toMatchObject({ faulty: [], shortened: [1], valid: [{ line: 1 }] });
  });

  it('refuses a table of too many columns', () => {
    const bytes = new TextEncoder().encode(`First name${full(',')}`);
    expect(runToEnd(readImportFile(bytes))).toEqual({ refusal: 'unknown' });
  });

  it('creates ten thousand contacts that share one phone number, and none the second time', () => {
    const text = many(MAX_IMPORT_ENTRIES, (n) => card('TEL:+1234567890').replace('Ada', `Name${n} X`)).join(
      '',
    );
    const created = createdFrom(text);
    expect(created).toHaveLength(MAX_IMPORT_ENTRIES);
    expect(created.filter(({ phone }) => phone !== null)).toHaveLength(1);
    expect(created[9_999]).toMatchObject({ firstName: 'Name9999', info: '+1234567890' });
    const existing = created.map((contact, n) => ({ ...contact, id: String(n) }));
    expect(runToEnd(planMerge(existing, check(text).valid))).toMatchObject({
      create: [],
      complete: [],
      skipped: MAX_IMPORT_ENTRIES,
    });
  });

  it('creates ten thousand contacts of one name with different phone numbers, and ten thousand others after them', () => {
    const text = many(MAX_IMPORT_ENTRIES, (n) => card(`TEL:+1${1_000_000_000 + n}`, 'NOTE:x')).join('');
    const created = createdFrom(text);
    expect(new Set(created.map(({ phone }) => phone)).size).toBe(MAX_IMPORT_ENTRIES);
    const existing = created.map((contact, n) => ({ ...contact, id: String(n) }));
    const others = text.replaceAll('TEL:+1', 'TEL:+2');
    expect(runToEnd(planMerge(existing, check(others).valid)).create).toHaveLength(MAX_IMPORT_ENTRIES);
  });
});

describe('runInSlices', () => {
  it('lets other work run while a file of the maximum size is read', async () => {
    let turns = 0;
    let isDone = false;
    const others = (async () => {
      for (; !isDone; turns += 1) await setImmediate();
    })();
    const rows = many(MAX_IMPORT_ENTRIES, (n) => `N${n},${'x'.repeat(380)}`).join('\n');
    const bytes = new TextEncoder().encode(`First name,Notes\n${rows}`);
    const file = await runInSlices(readImportFile(bytes));
    if ('refusal' in file) throw new Error(file.refusal);
    const { valid } = await runInSlices(checkEntries(file.entries));
    isDone = true;
    await others;
    expect(valid).toHaveLength(MAX_IMPORT_ENTRIES);
    expect(turns).toBeGreaterThan(5);
  });

  it('calls keepAlive every second', async () => {
    let calls = 0;
    const begun = performance.now();
    function* busy(): Generator<undefined, string> {
      while (performance.now() - begun < 2_500) yield;
      return 'done';
    }
    const keepAlive = async () => {
      calls += 1;
    };
    expect(await runInSlices(busy(), { keepAlive })).toBe('done');
    expect([1, 2]).toContain(calls);
  });
});
