import { describe, expect, it } from 'vitest';
import { type KnownContact, planMerge } from './merge';
import type { ContactInput } from './schema';

let ids = 0;

function known(firstName: string, fields: Partial<KnownContact> = {}): KnownContact {
  ids += 1;
  const bare = { lastName: '', email: null, phone: null, birthday: null, info: '', favorite: false };
  return { id: String(ids), firstName, ...bare, ...fields };
}

const entry = (first_name: string, fields: Partial<ContactInput> = {}): ContactInput => ({
  first_name,
  ...fields,
});

function outcome(book: KnownContact[], entries: ContactInput[]) {
  const { create, complete, skipped } = planMerge(book, entries);
  return { create: create.map(({ firstName }) => firstName), complete, skipped };
}

describe('planMerge', () => {
  it('knows somebody by address or number, and fills what was empty', () => {
    const book = [
      known('Ada', { email: 'ada@example.com', info: 'mine' }),
      known('Bob', { phone: '1234567890' }),
    ];
    const plan = outcome(book, [
      entry('Augusta', { last_name: 'L', email: 'ada@example.com', phone: '+441234567890', info: 'theirs' }),
      entry('bob', { last_name: 'B', phone: '1234567890', birthday: '1990-01-01' }),
    ]);
    expect(plan.create).toEqual([]);
    expect(plan.complete).toMatchObject([
      { firstName: 'Ada', lastName: '', phone: '+441234567890', info: 'mine' },
      { firstName: 'Bob', lastName: 'B', birthday: '1990-01-01' },
    ]);
  });

  it('gives nobody the address or number of somebody else', () => {
    const book = [known('Ada', { email: 'ada@example.com' }), known('Bob', { phone: '1234567890' })];
    const plan = outcome(book, [entry('Ada', { email: 'ada@example.com', phone: '1234567890' })]);
    expect(plan).toEqual({ create: [], complete: [], skipped: 1 });
  });

  it('knows somebody by name and birthday', () => {
    const birthday = '1990-01-01';
    const book = [known('Ada', { lastName: 'Lovelace', birthday, email: 'ada@example.com' })];
    expect(
      outcome(book, [entry('ada', { last_name: 'LOVELACE', birthday, email: 'other@example.com' })]),
    ).toEqual({
      create: [],
      complete: [],
      skipped: 1,
    });
    expect(outcome(book, [entry('Ada', { last_name: 'Lovelace', birthday: '1990-01-02' })]).create).toEqual([
      'Ada',
    ]);
  });

  it('takes two of one name without birthday for one, unless something tells them apart', () => {
    expect(outcome([known('Ada', { email: 'a@example.com' })], [entry('Ada')]).create).toEqual([]);
    expect(outcome([known('Ada')], [entry('Ada', { email: 'a@example.com' })]).complete).toMatchObject([
      { email: 'a@example.com' },
    ]);
    const other = entry('Ada', { email: 'b@example.com' });
    expect(outcome([known('Ada', { email: 'a@example.com' })], [other]).create).toEqual(['Ada']);
  });

  it('leaves two of one name two, in either order', () => {
    const anna = entry('Anna');
    const reachable = entry('Anna', { email: 'anna@example.com' });
    expect(outcome([], [anna, anna, reachable]).create).toEqual(['Anna', 'Anna', 'Anna']);
    for (const entries of [
      [anna, reachable, anna],
      [reachable, anna, anna],
    ]) {
      const book = [known('Anna', { email: 'anna@example.com' }), known('Anna'), known('Anna')];
      expect(outcome(book, entries)).toEqual({ create: [], complete: [], skipped: 3 });
    }
    expect(outcome([known('Anna')], [anna, anna]).create).toEqual(['Anna']);
  });

  it('makes one of two entries with one address', () => {
    const plan = planMerge(
      [],
      [
        entry('Ada', { email: 'ada@example.com' }),
        entry('Ada', { email: 'ada@example.com', phone: '1234567890', last_name: 'L' }),
        entry('A. L.', { phone: '1234567890', info: 'x' }),
      ],
    );
    expect(plan.create).toMatchObject([
      { firstName: 'Ada', lastName: 'L', email: 'ada@example.com', phone: '1234567890', info: 'x' },
    ]);
    expect(plan).toMatchObject({ complete: [], skipped: 2 });
  });

  it('counts somebody who is completed twice once', () => {
    const book = [known('Ada', { email: 'ada@example.com' })];
    const plan = outcome(book, [
      entry('Ada', { email: 'ada@example.com', phone: '1234567890' }),
      entry('Ada', { phone: '1234567890', info: 'x' }),
    ]);
    expect(plan).toMatchObject({ create: [], complete: [{ phone: '1234567890', info: 'x' }], skipped: 1 });
  });
});
