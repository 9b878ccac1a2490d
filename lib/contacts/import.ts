import 'server-only';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { Prisma } from '../generated/prisma/client';
import type { Candidate } from './book-entry';
import { type KnownContact, planMerge } from './merge';
import type { ContactInput } from './schema';
import { toRow } from './service';
import { runSteps } from './steps';

/** Small enough for the time that the database gives one statement. */
const ROWS_AT_ONCE = 500;
const READ_AT_ONCE = 1_000;
const WITHIN_MS = 40_000;
const MAX_ATTEMPTS = 3;
/** Of one owner, as far as an import goes. */
export const MAX_CONTACTS = 50_000;
/** Of PostgreSQL, as a statement of our own reports it. */
const UNIQUE_VIOLATION = '23505';

export interface ImportOutcome {
  created: number;
  completed: number;
  skipped: number;
  /** How many have notes too full for all that belongs there. */
  crowded: number;
}

/**
 * Brings entries into somebody's book, all of them or none. Whoever is there already is not doubled, and gets
 * what was empty.
 * @throws AppError conflict, when the book is being changed at this moment; too_large, when it would hold more
 * than `MAX_CONTACTS`
 */
export async function importContacts(ownerId: string, people: readonly Candidate[]): Promise<ImportOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prisma().$transaction((tx) => importWithin(tx, ownerId, people), { timeout: WITHIN_MS });
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      if (attempt === MAX_ATTEMPTS) throw new AppError('conflict', { cause: error });
    }
  }
}

/** Somebody of the book was changed between reading and writing it. */
class Overtaken extends Error {}

/** Also when somebody was made meanwhile who has an address or a number of the file. */
function isOvertaken(error: unknown): boolean {
  if (error instanceof Overtaken) return true;
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
  const readAt = new Map(book.map(({ contact, updatedAt }) => [contact.id, updatedAt]));
  const known = book.map(({ contact }) => contact);
  const plan = await runSteps(planMerge(known, people), { keepAlive: () => tx.$queryRaw`select 1` });
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
  for (const contacts of inBatches(plan.complete)) {
    await storeCompleted(tx, ownerId, { contacts, readAt, at });
  }
  const { create, complete, skipped, crowded } = plan;
  return { created: create.length, completed: complete.length, skipped, crowded };
}

function toStored(contact: KnownContact) {
  const row = toRow(toInput(contact));
  return { ...row, favorite: contact.favorite ?? row.favorite };
}

function toInput({ firstName, lastName, ...rest }: KnownContact): ContactInput {
  const { email, phone, birthday, info } = rest;
  return { first_name: firstName, last_name: lastName, email, phone, birthday, info };
}

async function readWholeBook(
  tx: Prisma.TransactionClient,
  ownerId: string,
): Promise<{ contact: KnownContact; updatedAt: Date }[]> {
  const book: { contact: KnownContact; updatedAt: Date }[] = [];
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
        updatedAt: true,
      },
    });
    for (const { updatedAt, birthday, ...rest } of page) {
      const contact = { ...rest, birthday: birthday?.toISOString().slice(0, 10) ?? null };
      book.push({ contact, updatedAt });
    }
    after = page.length === READ_AT_ONCE ? page.at(-1)?.id : undefined;
  } while (after !== undefined);
  return book;
}

/** @throws Overtaken, when one of them is not as it was read */
async function storeCompleted(
  tx: Prisma.TransactionClient,
  ownerId: string,
  options: { contacts: readonly KnownContact[]; readAt: ReadonlyMap<string | null, Date>; at: Date },
): Promise<void> {
  const { contacts, readAt, at } = options;
  const rows = contacts.map((contact) => ({
    ...toStored(contact),
    id: contact.id,
    birthday: contact.birthday,
    readAt: readAt.get(contact.id),
  }));
  const count = await tx.$executeRaw`
    update contacts set first_name = r."firstName", last_name = r."lastName", email = r.email, phone = r.phone,
      birthday = r.birthday, birthday_day = r."birthdayDay", info = r.info, haystack = r.haystack,
      sort_name = r."sortName", updated_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "firstName" text, "lastName" text,
      email text, phone text, birthday date, "birthdayDay" smallint, info text, haystack text, "sortName" text,
      "readAt" timestamptz)
    where contacts.id = r.id and contacts.owner_id = ${ownerId}::uuid and contacts.updated_at = r."readAt"`;
  if (count !== contacts.length) throw new Overtaken('A contact was changed while the book was imported.');
}

function* inBatches<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) {
    yield items.slice(start, start + ROWS_AT_ONCE);
  }
}
