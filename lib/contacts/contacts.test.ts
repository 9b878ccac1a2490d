import { describe, expect, it } from 'vitest';
import { codeOf } from '@/test/error-codes';
import { useTestDatabase } from '@/test/test-env';
import { setClock } from '../core/clock';
import { pool } from '../core/db';
import { prisma } from '../core/prisma';
import { LIST_CONTACTS, listBirthdays, listContacts, toContactDto } from './queries';
import {
  birthdaysSchema,
  type ContactInput,
  contactInputSchema,
  contactPatchSchema,
  listContactsSchema,
} from './schema';
import {
  createContact,
  deleteContact,
  getContactOrThrow,
  replaceContact,
  restoreContact,
  updateContact,
} from './service';

useTestDatabase();

let count = 0;

async function addOwner(): Promise<string> {
  count += 1;
  const { id } = await prisma().user.create({
    data: { email: `owner${count}@example.com`, username: `owner${count}` },
    select: { id: true },
  });
  return id;
}

const add = (ownerId: string, input: Partial<ContactInput>) =>
  createContact(ownerId, { first_name: 'Ada', ...input });

async function namesFound(ownerId: string, query: Record<string, string>): Promise<string[]> {
  const { items } = await listContacts(ownerId, listContactsSchema.parse(query));
  return items.map((contact) => `${contact.firstName} ${contact.lastName}`.trim());
}

describe('validation of a contact', () => {
  const faults = (input: Record<string, unknown>) =>
    contactInputSchema
      .safeParse({ first_name: 'Ada', ...input })
      .error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];

  it.each<[string, Record<string, unknown>, string[]]>([
    ['an empty first name', { first_name: '  ' }, ['first_name: first_name_missing']],
    ['a first name of 1', { first_name: 'A' }, []],
    ['a first name of 50', { first_name: 'ё'.repeat(50) }, []],
    ['a first name of 51', { first_name: 'ё'.repeat(51) }, ['first_name: contact_name_too_long']],
    ['a line break in it', { first_name: 'A\r\nB' }, ['first_name: control_characters']],
    ['a last name of 0', { last_name: '' }, []],
    ['a last name of 50', { last_name: 'x'.repeat(50) }, []],
    ['a last name of 51', { last_name: 'x'.repeat(51) }, ['last_name: contact_name_too_long']],
    ['9 digits', { phone: '123456789' }, ['phone: phone_invalid']],
    ['10 digits', { phone: '1234567890' }, []],
    ['15 digits and a plus', { phone: '+123456789012345' }, []],
    ['16 digits', { phone: '1234567890123456' }, ['phone: phone_invalid']],
    ['a plus inside', { phone: '12345+67890' }, ['phone: phone_invalid']],
    ['a formatted number', { phone: '+44 (20) 7946-0958' }, []],
    ['a number with direction marks', { phone: '\u202a+44 20 7946 0958\u202c' }, []],
    ['info of 500', { info: 'x'.repeat(500) }, []],
    ['info of 501', { info: 'x'.repeat(501) }, ['info: info_too_long']],
    ['info of 500 in lines of a form', { info: 'x\r\n'.repeat(250) }, []],
    ['a birthday long ago', { birthday: '1815-12-10' }, []],
    ['a birthday before there were years', { birthday: '0000-12-10' }, ['birthday: birthday_not_past']],
    ['a birthday in the year 9', { birthday: '0009-01-01' }, ['birthday: birthday_not_past']],
    ['a birthday in 1799', { birthday: '1799-12-31' }, ['birthday: birthday_not_past']],
    ['a birthday in 1800', { birthday: '1800-01-01' }, []],
    ['30 February', { birthday: '1990-02-30' }, ['birthday: birthday_invalid']],
    ['29 February of a common year', { birthday: '1991-02-29' }, ['birthday: birthday_invalid']],
    ['29 February of a leap year', { birthday: '1992-02-29' }, []],
    ['a birthday ahead', { birthday: '2999-01-01' }, ['birthday: birthday_not_past']],
    ['an unknown field', { owner_id: 'x' }, [': Unrecognized key: "owner_id"']],
    ['an address of no kind', { email: 'ada' }, ['email: email_invalid']],
  ])('%s', (_name, input, expected) => {
    expect(faults(input)).toEqual(expected);
  });

  it('accepts today in any time zone, and no later date', () => {
    const restore = setClock(() => new Date('2026-11-21T10:30:00Z'));
    try {
      expect(faults({ birthday: '2026-11-22' })).toEqual([]);
      expect(faults({ birthday: '2026-11-23' })).toEqual(['birthday: birthday_not_past']);
    } finally {
      restore();
    }
  });
});

describe('contacts', () => {
  it('are created, replaced, updated and deleted by their owner', async () => {
    const owner = await addOwner();
    const created = await add(owner, {
      last_name: 'Lovelace',
      email: 'ada@example.com',
      info: 'met in 1833',
    });
    const replaced = await replaceContact(owner, created.id, { first_name: 'Augusta' });
    expect(replaced).toMatchObject({ firstName: 'Augusta', lastName: '', email: null, info: '' });
    const changed = await updateContact(owner, created.id, { phone: '+442079460958' });
    expect(changed).toMatchObject({ firstName: 'Augusta', phone: '+442079460958' });
    expect(await namesFound(owner, { search: '79460' })).toEqual(['Augusta']);
    await deleteContact(owner, created.id);
    expect(await codeOf(getContactOrThrow(owner, created.id))).toBe('not_found');
  });

  it('keep all of several updates at the same time', async () => {
    const owner = await addOwner();
    const { id } = await add(owner, {});
    await Promise.all([
      updateContact(owner, id, { info: 'x' }),
      updateContact(owner, id, { phone: '1234567890' }),
      updateContact(owner, id, { favorite: true }),
      updateContact(owner, id, { last_name: 'L' }),
    ]);
    const after = await getContactOrThrow(owner, id);
    expect(after).toMatchObject({ info: 'x', phone: '1234567890', favorite: true, lastName: 'L' });
  });

  it('are not replaced by a form with stale data', async () => {
    const owner = await addOwner();
    const { id, updatedAt } = await add(owner, {});
    await updateContact(owner, id, { phone: '1234567890' });
    const stale = replaceContact(owner, id, { first_name: 'Ada' }, { readAt: updatedAt.toISOString() });
    expect(await codeOf(stale)).toBe('stale');
    const { phone, updatedAt: readAt } = await getContactOrThrow(owner, id);
    expect(phone).toBe('1234567890');
    await replaceContact(owner, id, { first_name: 'Ada' }, { readAt: readAt.toISOString() });
    expect((await getContactOrThrow(owner, id)).phone).toBeNull();
  });

  it('are restored unchanged after a deletion, once', async () => {
    const owner = await addOwner();
    const created = await add(owner, { first_name: 'My dentist', phone: '1234567890' });
    const unstarred = await updateContact(owner, created.id, { favorite: false });
    const deleted = { ...toContactDto(unstarred), created_at: unstarred.createdAt };
    const { updated_at: _, ...kept } = deleted;
    await deleteContact(owner, created.id);
    for (let times = 0; times < 2; times += 1) {
      expect(await restoreContact(owner, kept)).toMatchObject({
        id: created.id,
        favorite: false,
        createdAt: created.createdAt,
      });
    }
    expect(await namesFound(owner, {})).toEqual(['My dentist']);
    await deleteContact(owner, created.id);
    await add(owner, { phone: '1234567890' });
    expect(await codeOf(restoreContact(owner, kept))).toBe('contact_taken');
  });

  it('of another user are not found', async () => {
    const [owner, stranger] = [await addOwner(), await addOwner()];
    const { id } = await add(owner, {});
    expect(await codeOf(getContactOrThrow(stranger, id))).toBe('not_found');
    expect(await codeOf(replaceContact(stranger, id, { first_name: 'X' }))).toBe('not_found');
    expect(await codeOf(updateContact(stranger, id, { first_name: 'X' }))).toBe('not_found');
    expect(await codeOf(deleteContact(stranger, id))).toBe('not_found');
    expect((await getContactOrThrow(owner, id)).firstName).toBe('Ada');
  });

  it('have unique email addresses and phone numbers per user', async () => {
    const [owner, other] = [await addOwner(), await addOwner()];
    await add(owner, { email: 'one@example.com', phone: '1234567890' });
    expect(await codeOf(add(owner, { email: 'one@example.com' }))).toBe('contact_taken');
    expect(await codeOf(add(owner, { phone: '1234567890' }))).toBe('contact_taken');
    await add(other, { email: 'one@example.com', phone: '1234567890' });
    const second = await add(owner, { email: 'two@example.com' });
    expect(await codeOf(updateContact(owner, second.id, { email: 'one@example.com' }))).toBe('contact_taken');
    await add(owner, {});
    await add(owner, {});
  });

  it('whose first name starts with “My ” are starred when created or renamed', async () => {
    const owner = await addOwner();
    expect((await add(owner, { first_name: 'My dentist', favorite: false })).favorite).toBe(true);
    expect((await add(owner, { first_name: 'Myra' })).favorite).toBe(false);
    const created = await add(owner, { first_name: 'Dentist' });
    expect((await updateContact(owner, created.id, { first_name: 'My dentist' })).favorite).toBe(true);
    expect((await updateContact(owner, created.id, { favorite: false })).favorite).toBe(false);
    expect((await updateContact(owner, created.id, { info: 'third floor' })).favorite).toBe(false);
    const input = { first_name: 'My dentist', info: 'fourth floor' };
    expect((await replaceContact(owner, created.id, input)).favorite).toBe(false);
    expect((await replaceContact(owner, created.id, { first_name: 'My doctor' })).favorite).toBe(true);
  });

  it('cannot be updated without a field', () => {
    expect(contactPatchSchema.safeParse({}).success).toBe(false);
  });
});

describe('the list', () => {
  it('has favorites first, then names, in pages without gaps or duplicates', async () => {
    const owner = await addOwner();
    for (const name of ['Zoe', 'bob', 'Anna', 'Anna', 'Яков', 'Ёжик', 'Émile', 'Егор'])
      await add(owner, { first_name: name });
    await add(owner, { first_name: 'Max', favorite: true });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listContacts(owner, listContactsSchema.parse({ limit: '2', cursor }));
      seen.push(...page.items.map((contact) => contact.firstName));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['Max', 'Anna', 'Anna', 'bob', 'Émile', 'Zoe', 'Егор', 'Ёжик', 'Яков']);
    expect(await namesFound(owner, { favorite: 'true' })).toEqual(['Max']);
  });

  it('searches for any part of a name, an email address or a phone number, literally', async () => {
    const owner = await addOwner();
    await add(owner, {
      first_name: 'Ann',
      last_name: 'Smith',
      email: 'ann_s@example.com',
      phone: '+441234567890',
    });
    await add(owner, { first_name: 'Zoe\u0308', last_name: 'Ёлкина' });
    await add(owner, { first_name: '100%', last_name: 'Wool' });
    await add(owner, { first_name: 'Back\\slash' });
    const finds: [string, string[]][] = [
      ['ANN', ['Ann Smith']],
      ['n sm', ['Ann Smith']],
      ['N_S@', ['Ann Smith']],
      ['4567', ['Ann Smith']],
      ['+44 (12) 3456', ['Ann Smith']],
      ['smith ann', ['Ann Smith']],
      ['zo\u00eb', ['Zoe\u0308 Ёлкина']],
      ['елк', ['Zoe\u0308 Ёлкина']],
      ['n_s', ['Ann Smith']],
      ['100%', ['100% Wool']],
      ['%', ['100% Wool']],
      ['_', ['Ann Smith']],
      ['\\', ['Back\\slash']],
      ['x'.repeat(10_000), []],
      ['smith\nann', []],
    ];
    for (const [search, expected] of finds)
      expect(await namesFound(owner, { search }), search).toEqual(expected);
  });

  it.each(['x', 'eyJ9', Buffer.from('["no",1,2]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      expect(await codeOf(listContacts(await addOwner(), listContactsSchema.parse({ cursor })))).toBe(
        'validation_failed',
      );
    },
  );
});

describe('birthdays', () => {
  async function upcoming(
    ownerId: string,
    at: string,
    query: Record<string, string> = {},
  ): Promise<string[]> {
    const list = await listBirthdays(ownerId, birthdaysSchema.parse(query), new Date(at));
    return list.map(({ first_name, next_birthday, turns }) => `${first_name} ${next_birthday} ${turns}`);
  }

  it('include today and the last day, across the new year', async () => {
    const owner = await addOwner();
    await add(owner, { first_name: 'Today', birthday: '1990-12-30' });
    await add(owner, { first_name: 'Yesterday', birthday: '1990-12-29' });
    await add(owner, { first_name: 'Last', birthday: '1990-01-06' });
    await add(owner, { first_name: 'After', birthday: '1990-01-07' });
    await add(owner, { first_name: 'None' });
    const at = '2026-12-30T12:00:00Z';
    expect(await upcoming(owner, at)).toEqual(['Today 2026-12-30 36', 'Last 2027-01-06 37']);
    expect(await upcoming(owner, at, { days: '0' })).toEqual(['Today 2026-12-30 36']);
    expect(await upcoming(owner, at, { days: '366' })).toHaveLength(4);
  });

  it('of 29 February are on the 28th in common years', async () => {
    const owner = await addOwner();
    await add(owner, { first_name: 'Leap', birthday: '1992-02-29' });
    expect(await upcoming(owner, '2027-02-27T12:00:00Z', { days: '1' })).toEqual(['Leap 2027-02-28 35']);
    expect(await upcoming(owner, '2027-03-01T12:00:00Z', { days: '1' })).toEqual([]);
    expect(await upcoming(owner, '2028-02-28T12:00:00Z', { days: '0' })).toEqual([]);
    expect(await upcoming(owner, '2028-02-28T12:00:00Z', { days: '1' })).toEqual(['Leap 2028-02-29 36']);
  });

  it('depend on the time zone', async () => {
    const owner = await addOwner();
    await add(owner, { first_name: 'New Year', birthday: '2000-01-01' });
    const at = '2026-12-31T20:00:00Z';
    expect(await upcoming(owner, at, { days: '0' })).toEqual([]);
    expect(await upcoming(owner, at, { days: '0', tz: 'Asia/Tokyo' })).toEqual(['New Year 2027-01-01 27']);
  });

  it.each([
    { days: '-1' },
    { days: '367' },
    { days: '1.5' },
    { days: 'x' },
    { days: '' },
    { days: '0x10' },
    { tz: 'Mars/Base' },
    { tz: 'local' },
    { tz: 'UTC+9' },
  ])('refuses %j', (query) => {
    expect(birthdaysSchema.safeParse(query).success).toBe(false);
  });
});

describe('ten thousand contacts', () => {
  it('are searched and sorted by indexes', async () => {
    const owner = await addOwner();
    await pool().query(
      `insert into contacts (id, owner_id, first_name, haystack, sort_name, birthday, birthday_day)
       select gen_random_uuid(), $1, 'Name ' || n, md5(n::text), md5(n::text), '1990-01-01', (n % 12 + 1) * 100 + n % 28 + 1
       from generate_series(1, 10000) n`,
      [owner],
    );
    await pool().query('vacuum analyze contacts');
    const plan = async (text: string, values: unknown[]) => {
      const { rows } = await pool().query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const listing = (search: string | null) => [
      owner,
      search === null ? null : [`%${search}%`],
      null,
      null,
      null,
      null,
      20,
    ];
    expect(await plan(LIST_CONTACTS, listing('abcdef'))).toContain('contacts_haystack_idx');
    expect(
      await plan('select 1 from contacts where owner_id = $1 and birthday_day = any($2)', [
        owner,
        [115, 116],
      ]),
    ).toContain('contacts_owner_id_birthday_day_idx');
    expect(await plan(LIST_CONTACTS, listing(null))).toContain('contacts_owner_id_favorite_sort_name_id_idx');
    const page = await listContacts(owner, listContactsSchema.parse({ search: 'abc' }));
    expect(page.items.length).toBeGreaterThan(0);
  });
});
