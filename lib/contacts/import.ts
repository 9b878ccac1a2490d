import 'server-only';
import { now } from '../clock';
import { prisma } from '../db';
import { AppError } from '../errors';
import { Prisma } from '../generated/prisma/client';
import type { Candidate } from './book-entry';
import { type KnownContact, planMerge } from './merge';
import type { ContactInput } from './schema';
import { toRow } from './service';

/** Small enough for the time that the database gives one statement. */
const ROWS_AT_ONCE = 500;
const READ_AT_ONCE = 5_000;
const WITHIN_MS = 40_000;
/** Of one owner, as far as an import goes. */
export const MAX_CONTACTS = 50_000;
/** Of PostgreSQL, as a statement of our own reports it. */
const UNIQUE_VIOLATION = '23505';

export interface ImportOutcome {
  created: number;
  completed: number;
  skipped: number;
}

/**
 * Brings entries into somebody's book, all of them or none. Whoever is there already is not doubled, and gets
 * what was empty.
 * @throws AppError conflict, when the book is being changed at this moment; too_large, when it would hold more
 * than `MAX_CONTACTS`
 */
export async function importContacts(ownerId: string, people: readonly Candidate[]): Promise<ImportOutcome> {
  try {
    return await prisma().$transaction((tx) => importWithin(tx, ownerId, people), { timeout: WITHIN_MS });
  } catch (error) {
    throw isTwin(error) ? new AppError('conflict', { cause: error }) : error;
  }
}

/** Somebody was made meanwhile who has an address or a number of the file. */
function isTwin(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === 'P2002' || (error.code === 'P2010' && error.message.includes(UNIQUE_VIOLATION));
}

async function importWithin(
  tx: Prisma.TransactionClient,
  ownerId: string,
  people: readonly Candidate[],
): Promise<ImportOutcome> {
  // Two imports at once would not see whom the other one makes.
  const [lock] = await tx.$queryRaw<{ held: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`import ${ownerId}`}, 0)) as held`;
  if (!lock?.held) throw new AppError('conflict');
  const book = await readWholeBook(tx, ownerId);
  const plan = planMerge(book, people);
  if (book.length + plan.create.length > MAX_CONTACTS) throw new AppError('too_large');
  const at = now();
  for (const contacts of inBatches(plan.create)) {
    const data = contacts.map((contact) => ({
      ...toStored(contact),
      ownerId,
      createdAt: at,
      updatedAt: at,
    }));
    await tx.contact.createMany({ data });
  }
  for (const contacts of inBatches(plan.complete)) await storeCompleted(tx, ownerId, { contacts, at });
  return { created: plan.create.length, completed: plan.complete.length, skipped: plan.skipped };
}

function toStored(contact: KnownContact) {
  const row = toRow(toInput(contact));
  return { ...row, favorite: contact.favorite ?? row.favorite };
}

function toInput({ firstName, lastName, ...rest }: KnownContact): ContactInput {
  const { email, phone, birthday, info } = rest;
  return { first_name: firstName, last_name: lastName, email, phone, birthday, info };
}

/** Locked, so that nobody else's change is written over with what was read before it. */
async function readWholeBook(tx: Prisma.TransactionClient, ownerId: string): Promise<KnownContact[]> {
  await tx.$queryRaw`select 1 as locked from contacts where owner_id = ${ownerId}::uuid order by id for update`;
  const book: KnownContact[] = [];
  let after: string | undefined;
  do {
    const page = await tx.contact.findMany({
      where: { ownerId, ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: READ_AT_ONCE,
      select: {
        id: true,
        firstName: true,
        lastName: true,
        email: true,
        phone: true,
        birthday: true,
        info: true,
        favorite: true,
      },
    });
    for (const contact of page) {
      book.push({ ...contact, birthday: contact.birthday?.toISOString().slice(0, 10) ?? null });
    }
    after = page.length === READ_AT_ONCE ? page.at(-1)?.id : undefined;
  } while (after !== undefined);
  return book;
}

async function storeCompleted(
  tx: Prisma.TransactionClient,
  ownerId: string,
  { contacts, at }: { contacts: readonly KnownContact[]; at: Date },
): Promise<void> {
  const rows = contacts.map((contact) => ({
    ...toStored(contact),
    id: contact.id,
    birthday: contact.birthday,
  }));
  await tx.$executeRaw`
    update contacts set last_name = r."lastName", email = r.email, phone = r.phone, birthday = r.birthday,
      birthday_day = r."birthdayDay", info = r.info, haystack = r.haystack, sort_name = r."sortName",
      updated_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "lastName" text, email text, phone text,
      birthday date, "birthdayDay" smallint, info text, haystack text, "sortName" text)
    where contacts.id = r.id and contacts.owner_id = ${ownerId}::uuid`;
}

function* inBatches<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) {
    yield items.slice(start, start + ROWS_AT_ONCE);
  }
}
