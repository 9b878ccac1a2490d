import 'server-only';
import { now } from '../core/clock';
import { isUniqueConflict } from '../core/constraints';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { runInSlices } from '../core/time-slicing';
import { newUuid } from '../core/uuid';
import type { Prisma } from '../generated/prisma/client';
import type { ValidEntry } from './import-entry';
import type { KnownContact } from './match-contacts';
import { type MergePlan, planMerge } from './merge';
import { contactPages } from './queries';
import type { ContactInput } from './schema';
import { toRow } from './service';

/** Keeps a statement well below the statement timeout. */
const ROWS_AT_ONCE = 500;
const TIMEOUT_MS = 40_000;
const MAX_ATTEMPTS = 3;
/** Limit of contacts per user; only imports are checked against it. */
export const MAX_CONTACTS = 50_000;

export interface ImportOutcome {
  created: number;
  completed: number;
  skipped: number;
  remarks: MergePlan['remarks'];
}

/**
 * Imports all entries into a user's contacts, or none. An entry that matches a contact fills its empty fields.
 * @param andThen the end of the transaction; what it throws undoes the import
 * @throws AppError conflict when the contacts are being changed at the same time; too_large when there would be
 * more than `MAX_CONTACTS`
 */
export async function importContacts(
  ownerId: string,
  entries: readonly ValidEntry[],
  andThen?: (tx: Prisma.TransactionClient, outcome: ImportOutcome) => Promise<void>,
): Promise<ImportOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prisma().$transaction(
        async (tx) => {
          const outcome = await importWithin(tx, ownerId, entries);
          await andThen?.(tx, outcome);
          return outcome;
        },
        { timeout: TIMEOUT_MS },
      );
    } catch (error) {
      if (!isConcurrentChange(error)) throw error;
      if (attempt === MAX_ATTEMPTS) throw new AppError('conflict', { cause: error });
    }
  }
}

/** A contact was changed between reading and writing it. */
class ConcurrentChange extends Error {}

/** Also true when a contact with an email address or a phone number of the file was created at the same time. */
function isConcurrentChange(error: unknown): boolean {
  return error instanceof ConcurrentChange || isUniqueConflict(error);
}

async function importWithin(
  tx: Prisma.TransactionClient,
  ownerId: string,
  entries: readonly ValidEntry[],
): Promise<ImportOutcome> {
  // Two imports at the same time would not see each other's new contacts.
  const [lock] = await tx.$queryRaw<{ held: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`import ${ownerId}`}, 0)) as held`;
  if (!lock?.held) throw new AppError('conflict');
  const existing = await readAllContacts(tx, ownerId);
  const readAt = new Map(existing.map(({ contact, updatedAt }) => [contact.id, updatedAt]));
  const known = existing.map(({ contact }) => contact);
  const plan = await runInSlices(planMerge(known, entries), { keepAlive: () => tx.$queryRaw`select 1` });
  if (existing.length + plan.create.length > MAX_CONTACTS) throw new AppError('too_large');
  const at = now();
  for (const contacts of inBatches(plan.create)) {
    await storeCreated(tx, ownerId, { contacts, at });
  }
  for (const contacts of inBatches(plan.complete)) {
    await storeCompleted(tx, ownerId, { contacts, readAt, at });
  }
  const { create, complete, ...counts } = plan;
  return { created: create.length, completed: complete.length, ...counts };
}

function toStored(contact: KnownContact) {
  const row = toRow(toInput(contact));
  return { ...row, favorite: contact.favorite ?? row.favorite };
}

function toInput({ firstName, lastName, ...rest }: KnownContact): ContactInput {
  const { email, phone, birthday, info } = rest;
  // JSON in PostgreSQL has no halves of surrogate pairs, which a cut label may end with.
  return { first_name: firstName, last_name: lastName, email, phone, birthday, info: info.toWellFormed() };
}

async function readAllContacts(
  tx: Prisma.TransactionClient,
  ownerId: string,
): Promise<{ contact: KnownContact; updatedAt: Date }[]> {
  const contacts: { contact: KnownContact; updatedAt: Date }[] = [];
  for await (const page of contactPages(tx, ownerId)) {
    for (const { createdAt: _, updatedAt, birthday, ...rest } of page) {
      const contact = { ...rest, birthday: birthday?.toISOString().slice(0, 10) ?? null };
      contacts.push({ contact, updatedAt });
    }
  }
  return contacts;
}

/** As one value, because Prisma takes a third of a millisecond to build each row of a statement. */
async function storeCreated(
  tx: Prisma.TransactionClient,
  ownerId: string,
  { contacts, at }: { contacts: readonly KnownContact[]; at: Date },
): Promise<void> {
  // Contacts are listed for an export in this order.
  const ids = contacts.map(() => newUuid()).sort();
  const rows = contacts.map((contact, index) => ({
    ...toStored(contact),
    id: ids[index],
    birthday: contact.birthday,
  }));
  await tx.$executeRaw`
    insert into contacts (id, owner_id, first_name, last_name, email, phone, birthday, birthday_day, info, favorite,
      haystack, sort_name, created_at, updated_at)
    select r.id, ${ownerId}::uuid, r."firstName", r."lastName", r.email, r.phone, r.birthday, r."birthdayDay", r.info,
      r.favorite, r.haystack, r."sortName", ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "firstName" text, "lastName" text,
      email text, phone text, birthday date, "birthdayDay" smallint, info text, favorite boolean, haystack text,
      "sortName" text)`;
}

/** @throws ConcurrentChange when a contact was changed since it was read */
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
  if (count !== contacts.length) throw new ConcurrentChange('A contact was changed during the import.');
}

function* inBatches<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) {
    yield items.slice(start, start + ROWS_AT_ONCE);
  }
}
