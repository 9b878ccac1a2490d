import { describe, expect, it } from 'vitest';
import { runToEnd } from '../core/time-slicing';
import type { ValidEntry } from './import-entry';
import type { KnownContact } from './match-contacts';
import { planMerge as planTask } from './merge';

const planMerge = (existing: readonly KnownContact[], entries: readonly ValidEntry[]) =>
  runToEnd(planTask(existing, entries));

let ids = 0;

function known(firstName: string, fields: Partial<KnownContact> = {}): KnownContact {
  ids += 1;
  const bare = { lastName: '', email: null, phone: null, birthday: null, info: '', favorite: false };
  return { id: String(ids), firstName, ...bare, ...fields };
}

interface Given extends Partial<Omit<ValidEntry, 'emails' | 'phones' | 'others'>> {
  email?: string;
  phone?: string;
  emails?: string[];
  phones?: string[];
  others?: string[];
}

const entry = (first_name: string, { email, phone, ...fields }: Given = {}): ValidEntry => ({
  line: 1,
  first_name,
  emails: email === undefined ? [] : [email],
  phones: phone === undefined ? [] : [phone],
  others: [],
  ...fields,
});

function outcome(existing: KnownContact[], entries: ValidEntry[]) {
  const { create, complete, skipped } = planMerge(existing, entries);
  return { create: create.map(({ firstName }) => firstName), complete, skipped };
}

describe('planMerge', () => {
  it('matches by email address or phone number, and fills empty fields', () => {
    const existing = [
      known('Ada', { lastName: 'Lovelace', email: 'ada@example.com', info: 'mine' }),
      known('Bob', { phone: '+71234567890' }),
    ];
    const plan = outcome(existing, [
      entry('A.', {
        last_name: 'Lovelace',
        email: 'ada@example.com',
        phone: '+441234567890',
        info: 'theirs',
      }),
      entry('bob', { phone: '81234567890', birthday: '1990-01-01' }),
    ]);
    expect(plan.create).toEqual([]);
    expect(plan.complete).toMatchObject([
      { firstName: 'Ada', lastName: 'Lovelace', phone: '+441234567890', info: 'mine\ntheirs' },
      { firstName: 'Bob', lastName: '', birthday: '1990-01-01', info: '' },
    ]);
  });

  it('separates contacts that share a phone number or an email address, and loses neither', () => {
    const phone = '+74951234567';
    const family = [
      entry('Anna', { last_name: 'Petrova', phone }),
      entry('Boris', { last_name: 'Petrov', phone, email: 'boris@example.com', birthday: '1979-05-05' }),
      entry('Vera', { last_name: 'Petrova', phones: [phone, '+79991234567'], info: 'plumber' }),
    ];
    const { create } = planMerge([], family);
    expect(create).toMatchObject([
      { firstName: 'Anna', phone, email: null, info: '' },
      { firstName: 'Boris', phone: null, email: 'boris@example.com', info: phone },
      { firstName: 'Vera', phone: '+79991234567', info: `plumber\n${phone}` },
    ]);
    const existing = create.map((contact, n) => ({ ...contact, id: String(n) }));
    expect(outcome(existing, family)).toEqual({ create: [], complete: [], skipped: 3 });
  });

  it('separates contacts of one name and one phone number by their birthdays', () => {
    const phone = '+74951234567';
    const family = ['1950-01-01', '1980-02-02'].map((birthday) =>
      entry('Ivan', { last_name: 'Petrov', phone, birthday }),
    );
    expect(planMerge([], family).create).toMatchObject([
      { birthday: '1950-01-01', phone },
      { birthday: '1980-02-02', phone: null, info: phone },
    ]);
    const existing = [known('J.', { lastName: 'Smith', phone, birthday: '1950-01-01' })];
    const john = entry('John', { last_name: 'Smith', phone, birthday: '1980-02-02' });
    expect(outcome(existing, [john]).create).toEqual(['John']);
  });

  it('neither merges nor renames by a phone number alone', () => {
    const phone = '+74951234567';
    for (const existing of [known('Smith', { phone }), known('J.', { lastName: 'Smith', phone })]) {
      const before = { ...existing };
      const plan = planMerge([existing], [entry('John', { line: 7, last_name: 'Smith', phone })]);
      expect(plan).toMatchObject({
        create: [{ firstName: 'John', lastName: 'Smith', phone: null, info: phone }],
        complete: [],
        remarks: { total: 1, items: [{ line: 7, name: 'John Smith', reason: 'phone_taken', value: phone }] },
      });
      expect(existing).toEqual(before);
    }
    const two = ['john.sr@example.org', 'john.jr@example.org'].map((email) =>
      entry('John', { email, phone }),
    );
    expect(planMerge([], two).create).toMatchObject([{ phone }, { phone: null, info: phone }]);
  });

  it('takes the fuller name of an existing contact with the same email address, once', () => {
    const email = 'john@example.com';
    const [john, jane, senior] = ['John', 'Jane', 'John Sr.'].map((name) =>
      entry(name, { last_name: 'Smith', email }),
    );
    if (!john || !jane || !senior) throw new Error('no entries');
    const plan = outcome([known('J.', { lastName: 'Smith', email })], [john, jane, senior, john]);
    expect(plan).toMatchObject({
      create: ['Jane', 'John Sr.'],
      complete: [{ firstName: 'John', lastName: 'Smith' }],
      skipped: 1,
    });
    const generations = ['Jr.', 'Sr.', 'III', ''].map((suffix) =>
      entry('John', { last_name: `Smith ${suffix}`.trim(), email }),
    );
    const { create } = planMerge([], generations);
    expect(create).toHaveLength(4);
    const existing = create.map((contact, n) => ({ ...contact, id: String(n) }));
    expect(outcome(existing, generations)).toEqual({ create: [], complete: [], skipped: 4 });
  });

  it('separates contacts of one email address and first name whose last names differ', () => {
    const email = 'info@example.com';
    const existing = [known('Ada', { lastName: 'King', email })];
    for (const entries of [
      [entry('Ada', { last_name: 'Lovelace', email })],
      [entry('Augusta', { last_name: 'Lovelace', email })],
    ]) {
      expect(outcome(existing, entries)).toMatchObject({ create: [entries[0]?.first_name], complete: [] });
    }
  });

  it('compares names without diacritics, and names of symbols only', () => {
    const phone = '+74951234567';
    expect(outcome([known('Алёна', { phone })], [entry('Алена', { phone })]).create).toEqual([]);
    expect(outcome([known('😀', { phone })], [entry('🎉', { phone })]).create).toEqual(['🎉']);
  });

  it('adds invalid values to existing notes, and reports notes without room', () => {
    const existing = [known('Ann', { info: 'since 2024-11-25' }), known('Bob', { info: 'x'.repeat(499) })];
    const plan = planMerge(existing, [entry('Ann', { others: ['112'] }), entry('Bob', { others: ['112'] })]);
    expect(plan).toMatchObject({ complete: [{ info: 'since 2024-11-25\n112' }], skipped: 1 });
    expect(plan.remarks.total).toBe(1);
  });

  it('matches by any of the email addresses, and adds the others to the notes once', () => {
    const existing = [known('Ada', { email: 'work@example.com', info: 'x' })];
    const entries = [entry('Ada', { emails: ['home@example.com', 'work@example.com'] })];
    const { complete } = outcome(existing, entries);
    expect(complete).toMatchObject([{ email: 'work@example.com', info: 'x\nhome@example.com' }]);
    expect(outcome(complete, entries)).toEqual({ create: [], complete: [], skipped: 1 });
  });

  it('names an unnamed contact by the first entry that has a name', () => {
    const email = 'office@example.com';
    expect(outcome([known('Ada', { email })], [entry(email, { email })])).toEqual({
      create: [],
      complete: [],
      skipped: 1,
    });
    const phone = '84955550102';
    expect(outcome([known('Ada', { phone })], [entry('8 (495) 555-01-02', { phone })]).create).toEqual([]);
    const named = [
      entry('Anna', { last_name: 'Petrova', email }),
      entry('Boris', { last_name: 'Ivanov', email }),
    ];
    expect(planMerge([], [entry(email, { email }), ...named]).create).toMatchObject([
      { firstName: 'Anna', lastName: 'Petrova', email },
      { firstName: 'Boris', email: null, info: email },
    ]);
    expect(outcome([known(email, { email })], named)).toMatchObject({
      create: ['Boris'],
      complete: [{ firstName: 'Anna', lastName: 'Petrova' }],
    });
  });

  it('does not give a contact the email address or phone number of another one', () => {
    const existing = [known('Ada', { email: 'ada@example.com' }), known('Bob', { phone: '1234567890' })];
    const plan = outcome(existing, [entry('Ada', { email: 'ada@example.com', phone: '1234567890' })]);
    expect(plan.create).toEqual([]);
    expect(plan.complete).toMatchObject([{ firstName: 'Ada', phone: null, info: '1234567890' }]);
  });

  it('matches by name and birthday', () => {
    const birthday = '1990-01-01';
    const existing = [known('Ada', { lastName: 'Lovelace', birthday, email: 'ada@example.com' })];
    const other = entry('ada', { last_name: 'LOVELACE', birthday, email: 'other@example.com' });
    expect(outcome(existing, [other])).toMatchObject({
      create: [],
      complete: [{ info: 'other@example.com' }],
    });
    expect(
      outcome(existing, [entry('Ada', { last_name: 'Lovelace', birthday: '1990-01-02' })]).create,
    ).toEqual(['Ada']);
  });

  it('matches by name alone unless birthday, email address or phone number differ', () => {
    expect(outcome([known('Ada', { email: 'a@example.com' })], [entry('Ada')]).create).toEqual([]);
    expect(outcome([known('Ada')], [entry('Ada', { email: 'a@example.com' })]).complete).toMatchObject([
      { email: 'a@example.com' },
    ]);
    const other = entry('Ada', { email: 'b@example.com' });
    expect(outcome([known('Ada', { email: 'a@example.com' })], [other]).create).toEqual(['Ada']);
    const born = known('Ada', { birthday: '1990-01-01' });
    expect(outcome([born], [entry('Ada')])).toEqual({ create: [], complete: [], skipped: 1 });
    expect(outcome([known('Ada')], [entry('Ada', { birthday: '1990-01-01' })]).complete).toMatchObject([
      { birthday: '1990-01-01' },
    ]);
    expect(outcome([born], [entry('Ada', { birthday: '1990-01-02' })]).create).toEqual(['Ada']);
  });

  it('keeps two contacts of one name, in either order', () => {
    const anna = entry('Anna');
    const reachable = entry('Anna', { email: 'anna@example.com' });
    expect(outcome([], [anna, anna, reachable]).create).toEqual(['Anna', 'Anna', 'Anna']);
    for (const entries of [
      [anna, reachable, anna],
      [reachable, anna, anna],
    ]) {
      const existing = [known('Anna', { email: 'anna@example.com' }), known('Anna'), known('Anna')];
      expect(outcome(existing, entries)).toEqual({ create: [], complete: [], skipped: 3 });
    }
    expect(outcome([known('Anna')], [anna, anna]).create).toEqual(['Anna']);
  });

  it('merges entries of one name with one email address, and adds their notes', () => {
    const plan = planMerge(
      [],
      [
        entry('Ada', { email: 'ada@example.com', info: 'one' }),
        entry('ADA', { email: 'ada@example.com', phone: '1234567890', info: 'one\n two' }),
        entry('Ada', { phone: '1234567890', info: 'three', others: ['Company: Acme'] }),
        entry('Ada', { email: 'ada@example.com', last_name: 'L' }),
      ],
    );
    expect(plan.create).toMatchObject([
      {
        firstName: 'Ada',
        email: 'ada@example.com',
        phone: '1234567890',
        info: 'one\n two\nthree\nCompany: Acme',
      },
      { firstName: 'Ada', lastName: 'L', email: null, info: 'ada@example.com' },
    ]);
    expect(plan).toMatchObject({ complete: [], skipped: 2 });
  });

  it('counts a contact that is completed twice once', () => {
    const existing = [known('Ada', { email: 'ada@example.com' })];
    const plan = outcome(existing, [
      entry('Ada', { email: 'ada@example.com', phone: '1234567890' }),
      entry('Ada', { phone: '1234567890', info: 'x' }),
    ]);
    expect(plan).toMatchObject({ create: [], complete: [{ phone: '1234567890', info: 'x' }], skipped: 1 });
  });

  it('finds nothing new in a file that was imported before', () => {
    const names = ['Anna', 'Anna Petrova', 'A. Petrova', 'Boris', 'Vera Petrova', 'x1@example.com'];
    const pick = <T>(items: readonly T[], seed: number): T[] => items.filter((_, n) => (seed >> n) % 3 === 0);
    for (let seed = 1; seed < 3_000; seed += 1) {
      const entries = Array.from({ length: 6 }, (_, n) => {
        const roll = (seed * 2_654_435_761 * (n + 1)) >>> 3;
        const [first_name = 'Z', last_name = ''] = (names[(n + seed) % names.length] ?? '').split(' ');
        const emails = pick(['x1@example.com', 'x2@example.com', 'x3@example.com'], roll >> 4);
        const phones = pick(['+79161234567', '89161234567', '1234567890'], roll >> 9);
        const birthday = [undefined, '1990-01-01', '1980-01-01'][(roll >> 14) % 3];
        return {
          line: n + 2,
          first_name,
          last_name,
          emails,
          phones,
          others: [],
          birthday,
          info: (roll >> 17) % 2 === 0 ? '' : 'note',
        };
      });
      const first = planMerge([], entries);
      const existing = first.create.map((contact, n) => ({ ...contact, id: String(n) }));
      const again = planMerge(structuredClone(existing), entries);
      expect(again.create, JSON.stringify(entries)).toEqual([]);
      const third = planMerge(
        existing.map((contact) => again.complete.find(({ id }) => id === contact.id) ?? contact),
        entries,
      );
      expect(third.complete, JSON.stringify({ entries, existing })).toEqual([]);
      const said = existing.map((contact) => JSON.stringify(contact)).join();
      for (const { emails } of entries) for (const email of emails) expect(said).toContain(email);
    }
  });
});
