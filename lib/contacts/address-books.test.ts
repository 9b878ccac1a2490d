import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../core/time-slicing';
import { checkEntries } from './check-entries';
import type { KnownContact } from './match-contacts';
import { planMerge } from './merge';
import { readImportFile } from './read-import-file';
import expected from './test-files/expected.json';

/** Written after reports about exports of other programs, and files with faults. */
const FOLDER = join(import.meta.dirname, 'test-files');
const FILES = readdirSync(FOLDER).filter(
  (name) => /\.(?:csv|vcf|json|xml|ldif)$/.test(name) && !isTable(name),
);
const TABLE: Record<string, Outcome> = expected;

interface Outcome {
  refusal?: string;
  /** First name, last name, email address, phone number, birthday, and notes with their lines after slashes. */
  contacts?: string[];
  /** What the page names, with lines. */
  reports?: string[];
}

function isTable(name: string): boolean {
  return name === 'expected.json';
}

function describeContact(contact: KnownContact): string {
  const { firstName, lastName, email, phone, birthday, favorite, info } = contact;
  const fields = [firstName, lastName, email ?? '', phone ?? '', birthday ?? ''];
  return [...fields, ...(favorite ? ['starred'] : []), info].join(' | ').replaceAll('\n', ' / ');
}

function importTwice(bytes: Uint8Array): { outcome: Outcome; again: { created: number; completed: number } } {
  const file = runToEnd(readImportFile(bytes));
  if ('refusal' in file) return { outcome: { refusal: file.refusal }, again: { created: 0, completed: 0 } };
  const { valid, faulty, shortened } = runToEnd(checkEntries(file.entries));
  const { create, remarks } = runToEnd(planMerge([], valid));
  const reports = [
    ...(file.encoding.certain ? [] : [`encoding: ${file.encoding.label}`]),
    ...(file.datesAmbiguous ? ['dates: ambiguous'] : []),
    ...file.problems.map(({ line, name, reason }) => `line ${line}, ${name}: ${reason}`),
    ...faulty.map(({ line, name, faults }) => `line ${line}, ${name}: ${faults.map(({ path }) => path)}`),
    ...shortened.map((line) => `line ${line}: shortened`),
    ...remarks.items.map(({ line, name, reason, value }) => `line ${line}, ${name}: ${reason} ${value}`),
  ];
  const contacts = create.map(describeContact);
  const existing = create.map((contact, n) => ({ ...contact, id: String(n) }));
  const second = runToEnd(planMerge(existing, valid));
  const again = { created: second.create.length, completed: second.complete.length };
  return { outcome: { contacts, reports }, again };
}

describe('address books', () => {
  it.for(FILES)('%s', async (name, { annotate }) => {
    const { outcome, again } = importTwice(readFileSync(join(FOLDER, name)));
    await annotate(
      [outcome.refusal ?? '', ...(outcome.contacts ?? []), ...(outcome.reports ?? [])].join('\n'),
    );
    expect(outcome).toEqual(TABLE[name]);
    expect(again).toEqual({ created: 0, completed: 0 });
  });
});

describe('options', () => {
  const read = (text: string | Uint8Array, options: Parameters<typeof readImportFile>[1]) => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const file = runToEnd(readImportFile(bytes, options));
    if ('refusal' in file) throw new Error(file.refusal);
    return file;
  };

  it('decide the order of day and month', () => {
    const file = readFileSync(join(FOLDER, 'd07-uk-dates.csv'));
    const birthdays = (dateOrder: 'day_first' | 'month_first') =>
      read(file, { dateOrder }).entries.map(({ fields }) => fields.birthday);
    expect(birthdays('day_first')).toEqual(['1990-03-05', '1985-11-02']);
    expect(birthdays('month_first')).toEqual(['1990-05-03', '1985-02-11']);
    const settled = read('Name,Birthday\nA,05/03/1990\nB,31/03/1990\n', {});
    expect(settled).toMatchObject({
      datesAmbiguous: false,
      entries: [{ fields: { birthday: '1990-03-05' } }, {}],
    });
  });

  it('decide the encoding', () => {
    const bytes = Buffer.from('Name\n\xc0\xed\xed\xe0\n', 'latin1');
    const { encoding, entries } = read(bytes, { encoding: 'windows-1252' });
    expect(entries).toMatchObject([{ fields: { first_name: 'Àííà' } }]);
    expect(encoding.label).toBe('windows-1252');
    expect(encoding.alternatives).toContain('windows-1251');
    expect(read(bytes, { encoding: 'no such label' }).encoding).toMatchObject({
      label: 'windows-1251',
      certain: false,
    });
  });

  it('decide the columns, also of a table without a header', () => {
    const text = 'Kessler,Mira,mira@example.org,Acme\nHaddad,Noor,noor@example.org,\n';
    const first = read(text, {});
    expect(first.columns.map(({ header, sample, target }) => [header, sample, target])).toEqual([
      ['', 'Kessler', 'first_name'],
      ['', 'Mira', 'last_name'],
      ['', 'mira@example.org', 'email'],
      ['', 'Acme', 'notes'],
    ]);
    expect(
      read(text, {
        targets: new Map([
          [0, 'last_name'],
          [1, 'first_name'],
          [3, 'skip'],
        ]),
      }).entries,
    ).toMatchObject([
      { fields: { first_name: 'Mira', last_name: 'Kessler', info: '', extras: undefined } },
      { fields: { first_name: 'Noor', last_name: 'Haddad' } },
    ]);
    const named = read('Name,Shoe\nMira Kessler,38\n', {});
    expect(named).toMatchObject({
      columns: [{ target: 'name' }, { header: 'Shoe', sample: '38', target: 'notes' }],
      entries: [{ fields: { extras: ['Shoe: 38'] } }],
    });
    expect(read('Name,Shoe\nMira,38\n', { targets: new Map([[1, 'skip']]) })).toMatchObject({
      columns: [{ target: 'name' }, { target: 'skip', detected: 'notes' }],
      entries: [{ fields: { extras: undefined } }],
    });
  });
});

describe('files with a fault', () => {
  it('a file that ends within a card or a quoted cell names its last entry', () => {
    for (const text of [
      'BEGIN:VCARD\nFN:Mira Kessler\nEND:VCARD\nBEGIN:VCARD\nFN:Noor Haddad\nEMAIL:noor@exam',
      'Name,Notes\nMira Kessler,\nNoor Haddad,"first line\nsecond',
    ]) {
      const file = runToEnd(readImportFile(new TextEncoder().encode(text)));
      if ('refusal' in file) throw new Error(file.refusal);
      expect(file.entries).toHaveLength(2);
      expect(file.problems).toMatchObject([{ name: 'Noor Haddad', reason: 'cut_off' }]);
    }
  });

  it('a quote that is not closed ends its cell, and a quote within a cell does not', () => {
    const text = '"First Name","Last Name","E-mail"\n"Mira","Kess"ler","m@x.org"\n"Noor,"Haddad","n@x.org"\n';
    const file = runToEnd(readImportFile(new TextEncoder().encode(text)));
    expect(file).toMatchObject({
      entries: [
        { fields: { first_name: 'Mira', last_name: 'Kess"ler', emails: ['m@x.org'] } },
        { fields: { first_name: 'Noor', last_name: 'Haddad', emails: ['n@x.org'] } },
      ],
      problems: [{ line: 3, name: 'Noor Haddad', reason: 'quote_unclosed' }],
    });
  });

  it('values with their surroundings are read, and what a number has more is in the notes', () => {
    const text =
      'Name,Email,Phone\n"Kessler, Mira",Mira <mira@x.org>,+44 (0)20 7946 0958 ext. 5\n' +
      'Dr. Kim Lee,"a@x.org; b@x.org",tel:030/901-82-35\n';
    const { outcome } = importTwice(new TextEncoder().encode(text));
    expect(outcome.contacts).toEqual([
      'Mira | Kessler | mira@x.org | +442079460958 |  | +44 (0)20 7946 0958 ext. 5',
      'Dr. Kim | Lee | a@x.org | 0309018235 |  | b@x.org',
    ]);
  });

  it('ten thousand rows with an unclosed quote are read in time that grows with the file only', () => {
    const row = (n: number) => `"Name${n},"Last",n${n}@example.org,${'x'.repeat(300)}`;
    const rows = Array.from({ length: 10_000 }, (_, n) => row(n));
    const file = runToEnd(
      readImportFile(new TextEncoder().encode(`First name,Last name,Email,Notes\n${rows.join('\n')}`)),
    );
    if ('refusal' in file) throw new Error(file.refusal);
    expect(file.entries).toHaveLength(10_000);
  });
});
