import 'server-only';
import { now } from '../core/clock';
import { isUniqueConflict } from '../core/constraints';
import { displayEmail } from '../core/email-display';
import { AppError } from '../core/errors';
import { type NamedRequest, runOnce } from '../core/idempotency';
import { prisma } from '../core/prisma';
import { requireUnchanged } from '../core/read-only';
import type { Prisma } from '../generated/prisma/client';
import { foldSearch } from '../text/unicode/fold-search';
import { CONTACT_SELECT, type ContactRecord, findContact, toContactDto } from './queries';
import {
  CONTACT_READ_ONLY,
  type ContactInput,
  type ContactPatch,
  isStarredByName,
  type ReplaceContact,
} from './schema';

/** A deleted contact as its owner's browser keeps it. */
export interface DeletedContact extends ContactInput {
  id: string;
  favorite: boolean;
  created_at: Date;
}

/** @throws AppError contact_taken */
export function createContact(ownerId: string, input: ContactInput): Promise<ContactRecord> {
  return withConflictErrors(() => insertContact(prisma(), ownerId, input));
}

/** Creates a contact; a retry with the key `once` gets the contact of the first request. @throws AppError as `runOnce`, contact_taken */
export async function createContactOnce(
  ownerId: string,
  input: ContactInput,
  once: NamedRequest | undefined,
): Promise<{ made: ContactRecord; replayed: boolean }> {
  if (!once) return { made: await createContact(ownerId, input), replayed: false };
  return runOnce(once, {
    find: (id) => findContact(ownerId, id),
    create: (keep) =>
      withConflictErrors(() =>
        prisma().$transaction(async (tx) => {
          const contact = await insertContact(tx, ownerId, input);
          await keep(tx, contact.id);
          return contact;
        }),
      ),
  });
}

function insertContact(
  tx: Prisma.TransactionClient,
  ownerId: string,
  input: ContactInput,
): Promise<ContactRecord> {
  const at = now();
  const data = { ...toRow(input), ownerId, createdAt: at, updatedAt: at };
  return tx.contact.create({ data, select: CONTACT_SELECT });
}

/**
 * Restores a deleted contact with its former id; does nothing if it exists.
 * @throws AppError contact_taken
 */
export async function restoreContact(ownerId: string, deleted: DeletedContact): Promise<ContactRecord> {
  const { id, created_at, favorite, ...input } = deleted;
  const data = { ...toRow(input), favorite, id, ownerId, createdAt: created_at, updatedAt: now() };
  try {
    return await withConflictErrors(() => prisma().contact.create({ data, select: CONTACT_SELECT }));
  } catch (error) {
    const contact = await findContact(ownerId, id);
    if (contact) return contact;
    throw error;
  }
}

/**
 * Replaces a contact; fields that are not given are cleared.
 * @param options.readAt `updated_at` of the contact as the client read it; `stale` if it was changed since
 * @throws AppError not_found, validation_failed (a read-only field), contact_taken, stale
 */
export function replaceContact(
  ownerId: string,
  id: string,
  input: ReplaceContact,
  { readAt }: { readAt?: string } = {},
): Promise<ContactRecord> {
  return changeContact(ownerId, id, (before) => {
    requireUnchanged(CONTACT_READ_ONLY, { sent: input, current: toContactDto(before) });
    if (readAt !== undefined && readAt !== before.updatedAt.toISOString()) throw new AppError('stale');
    const row = toRow(input);
    const isRenamed = row.firstName !== before.firstName;
    return { ...row, favorite: isRenamed ? row.favorite : (input.favorite ?? false) };
  });
}

/** Changes the given fields. @throws AppError not_found, validation_failed (a read-only field), contact_taken */
export function updateContact(ownerId: string, id: string, patch: ContactPatch): Promise<ContactRecord> {
  return changeContact(ownerId, id, (before) => {
    requireUnchanged(CONTACT_READ_ONLY, { sent: patch, current: toContactDto(before) });
    const row = toRow({ ...toInput(before), ...patch });
    const isRenamed = row.firstName !== before.firstName;
    return { ...row, favorite: isRenamed ? row.favorite : (patch.favorite ?? before.favorite) };
  });
}

/** @throws AppError not_found */
export async function deleteContact(ownerId: string, id: string): Promise<void> {
  const { count } = await prisma().contact.deleteMany({ where: { id, ownerId } });
  if (count === 0) throw new AppError('not_found');
}

/** @throws AppError not_found */
export async function getContactOrThrow(ownerId: string, id: string): Promise<ContactRecord> {
  const contact = await findContact(ownerId, id);
  if (!contact) throw new AppError('not_found');
  return contact;
}

/** Locks the contact, because all its fields are written, with the values read before. */
function changeContact(
  ownerId: string,
  id: string,
  next: (before: ContactRecord) => ReturnType<typeof toRow>,
): Promise<ContactRecord> {
  const where = { id, ownerId };
  return withConflictErrors(() =>
    prisma().$transaction(async (tx) => {
      await tx.$queryRaw`select 1 from contacts where id = ${id}::uuid and owner_id = ${ownerId}::uuid
        for no key update`;
      const before = await tx.contact.findUnique({ where, select: CONTACT_SELECT });
      if (!before) throw new AppError('not_found');
      return tx.contact.update({
        where,
        data: { ...next(before), updatedAt: now() },
        select: CONTACT_SELECT,
      });
    }),
  );
}

function toInput(contact: ContactRecord): ContactInput {
  return {
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email,
    phone: contact.phone,
    birthday: contact.birthday?.toISOString().slice(0, 10),
    info: contact.info,
    favorite: contact.favorite,
  };
}

/** The columns of a contact without owner and timestamps. */
export function toRow(input: ContactInput) {
  const { first_name: firstName, birthday } = input;
  const lastName = input.last_name ?? '';
  const email = input.email ?? null;
  const phone = input.phone ?? null;
  const name = `${firstName} ${lastName}`.trim();
  const turned = lastName === '' ? null : `${lastName} ${firstName}`;
  const shown = email !== null && displayEmail(email) !== email ? displayEmail(email) : null;
  return {
    firstName,
    lastName,
    email,
    phone,
    birthday: birthday ? new Date(`${birthday}T00:00:00Z`) : null,
    birthdayDay: birthday ? Number(birthday.slice(5, 7)) * 100 + Number(birthday.slice(8, 10)) : null,
    info: input.info ?? '',
    favorite: isStarredByName(firstName) || (input.favorite ?? false),
    haystack: foldSearch([name, turned, email, shown, phone].filter((part) => part !== null).join('\n')),
    sortName: name.normalize('NFC').toLowerCase(),
  };
}

async function withConflictErrors<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueConflict(error)) throw new AppError('contact_taken');
    throw error;
  }
}
