import 'server-only';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { pool } from '../core/db';
import { invalidField } from '../core/errors';
import { cutPage, type Page } from '../core/pagination';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { foldSearch } from '../text/unicode/fold-search';
import {
  type BirthdayDto,
  type Birthdays,
  type ContactDto,
  type ListContacts,
  MAX_SEARCH_LENGTH,
} from './schema';
import { barePhone } from './search-text';

export const CONTACT_SELECT = {
  id: true,
  firstName: true,
  lastName: true,
  email: true,
  phone: true,
  birthday: true,
  info: true,
  favorite: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.ContactSelect;

export type ContactRecord = Prisma.ContactGetPayload<{ select: typeof CONTACT_SELECT }>;

export function toContactDto(contact: ContactRecord): ContactDto {
  return {
    id: contact.id,
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email,
    phone: contact.phone,
    birthday: contact.birthday?.toISOString().slice(0, 10) ?? null,
    info: contact.info,
    favorite: contact.favorite,
    created_at: contact.createdAt.toISOString(),
    updated_at: contact.updatedAt.toISOString(),
  };
}

const READ_AT_ONCE = 1_000;

/** All contacts of a user in the order of their ids, in pages: at least one, which may be empty. */
export async function* contactPages(
  db: Pick<Prisma.TransactionClient, 'contact'>,
  ownerId: string,
): AsyncGenerator<ContactRecord[], undefined> {
  let page: ContactRecord[] = [];
  do {
    const after = page.at(-1)?.id;
    page = await db.contact.findMany({
      where: { ownerId, ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: READ_AT_ONCE,
      select: CONTACT_SELECT,
    });
    yield page;
  } while (page.length === READ_AT_ONCE);
}

export function findContact(ownerId: string, id: string): Promise<ContactRecord | null> {
  return prisma().contact.findUnique({ where: { id, ownerId }, select: CONTACT_SELECT });
}

export type ContactPage = Page<ContactRecord>;

export const LIST_CONTACTS = `
  select id, first_name as "firstName", last_name as "lastName", email, phone, birthday::text, info, favorite,
    created_at as "createdAt", updated_at as "updatedAt", sort_name as "sortName"
  from contacts
  where owner_id = $1
    and ($2::text[] is null or haystack like any($2))
    and ($3::boolean is null or favorite = $3)
    and ($4::boolean is null or favorite < $4 or (favorite = $4 and (sort_name, id) > ($5, $6::uuid)))
  order by favorite desc, sort_name, id
  limit $7`;

interface ContactRow extends Omit<ContactRecord, 'birthday'> {
  birthday: string | null;
  sortName: string;
}

const MAX_UNFOLDED = 4 * MAX_SEARCH_LENGTH;

/** A user's contacts, favorites first, then by name. `search` matches literally, anywhere. */
export async function listContacts(ownerId: string, filter: ListContacts): Promise<ContactPage> {
  const given = filter.search?.trim() ?? '';
  // Folding takes quadratic time on runs of combining marks, and makes no text so much shorter.
  if (given.length > MAX_UNFOLDED) return { items: [], nextCursor: null };
  const search = foldSearch(given);
  // Line breaks separate the fields in `haystack`; a search must not match across them.
  if (search.length > MAX_SEARCH_LENGTH || search.includes('\n')) return { items: [], nextCursor: null };
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const { rows } = await pool().query<ContactRow>(LIST_CONTACTS, [
    ownerId,
    search === '' ? null : [search, barePhone(search) ?? search].map(literalPart),
    filter.favorite ?? null,
    after?.favorite ?? null,
    after?.sortName ?? null,
    after?.id ?? null,
    filter.limit + 1,
  ]);
  const { items, last } = cutPage(rows, filter.limit);
  return { items: items.map(toRecord), nextCursor: last ? encodeCursor(last) : null };
}

function literalPart(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

function toRecord({ sortName: _, birthday, ...row }: ContactRow): ContactRecord {
  return { ...row, birthday: birthday === null ? null : new Date(`${birthday}T00:00:00Z`) };
}

/**
 * Contacts whose birthday is today or within the next `days` days, the soonest first. A birthday on 29 February
 * is on the 28th in other years than leap years.
 */
export async function listBirthdays(
  ownerId: string,
  { days, tz }: Birthdays,
  now: Date,
): Promise<BirthdayDto[]> {
  const today = DateTime.fromJSDate(now, { zone: tz }).startOf('day');
  const dateOf = new Map<number, DateTime>();
  for (let ahead = 0; ahead <= days; ahead += 1) {
    const date = today.plus({ days: ahead });
    for (const day of daysKeptOn(date)) if (!dateOf.has(day)) dateOf.set(day, date);
  }
  const rows = await prisma().contact.findMany({
    where: { ownerId, birthdayDay: { in: [...dateOf.keys()] } },
    select: { ...CONTACT_SELECT, birthdayDay: true, sortName: true },
  });
  return rows
    .flatMap(({ birthdayDay, sortName, ...contact }) => {
      const date = birthdayDay === null ? undefined : dateOf.get(birthdayDay);
      const { birthday } = contact;
      if (!date || birthday === null) return [];
      const next = date.toISODate() ?? '';
      return [
        {
          sortName,
          dto: {
            ...toContactDto(contact),
            next_birthday: next,
            turns: date.year - birthday.getUTCFullYear(),
          },
        },
      ];
    })
    .sort(
      (a, b) =>
        compare(a.dto.next_birthday, b.dto.next_birthday) || a.sortName.localeCompare(b.sortName, 'und'),
    )
    .map(({ dto }) => dto);
}

/** Month times 100 plus day, of every birthday that falls on this date. */
function daysKeptOn(date: DateTime): number[] {
  const day = date.month * 100 + date.day;
  return day === 228 && !date.isInLeapYear ? [228, 229] : [day];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const cursorSchema = z.tuple([z.boolean(), z.string().max(300), z.uuid()]);

function encodeCursor({ favorite, sortName, id }: ContactRow): string {
  return Buffer.from(JSON.stringify([favorite, sortName, id])).toString('base64url');
}

function decodeCursor(cursor: string): { favorite: boolean; sortName: string; id: string } {
  try {
    const [favorite, sortName, id] = cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    if (!sortName.includes('\0')) return { favorite, sortName, id };
  } catch {
    // Falls through to the same error for every invalid cursor.
  }
  throw invalidField('cursor', 'cursor_unknown');
}
