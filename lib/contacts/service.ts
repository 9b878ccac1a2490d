import 'server-only';
import { now } from '../clock';
import { prisma } from '../db';
import { AppError } from '../errors';
import { Prisma } from '../generated/prisma/client';
import { CONTACT_SELECT, type ContactRecord, findContact } from './queries';
import type { ContactInput, ContactPatch } from './schema';

/** "My dentist": whose first name begins so is somebody one looks for often. */
const OWN = /^My /;

/** @throws AppError contact_taken */
export async function createContact(ownerId: string, input: ContactInput): Promise<ContactRecord> {
  const at = now();
  return refusingTwins(() =>
    prisma().contact.create({
      data: { ...toRow(input), ownerId, createdAt: at, updatedAt: at },
      select: CONTACT_SELECT,
    }),
  );
}

/** Replaces all of a contact; what is not given is emptied. @throws AppError not_found, contact_taken */
export async function replaceContact(
  ownerId: string,
  id: string,
  input: ContactInput,
): Promise<ContactRecord> {
  await getContactOrThrow(ownerId, id);
  return storeContact(ownerId, id, toRow(input));
}

/** Changes what is given. @throws AppError not_found, contact_taken */
export async function updateContact(
  ownerId: string,
  id: string,
  patch: ContactPatch,
): Promise<ContactRecord> {
  const before = await getContactOrThrow(ownerId, id);
  const isRenamed = patch.first_name !== undefined && patch.first_name !== before.firstName;
  const row = toRow({ ...toInput(before), ...patch });
  const favorite = isRenamed ? row.favorite : (patch.favorite ?? before.favorite);
  return storeContact(ownerId, id, { ...row, favorite });
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

function storeContact(ownerId: string, id: string, row: ReturnType<typeof toRow>): Promise<ContactRecord> {
  return refusingTwins(() =>
    prisma().contact.update({
      where: { id, ownerId },
      data: { ...row, updatedAt: now() },
      select: CONTACT_SELECT,
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

/** What is stored of a contact, besides whose it is and when it was made. */
export function toRow(input: ContactInput) {
  const { first_name: firstName, birthday } = input;
  const lastName = input.last_name ?? '';
  const email = input.email ?? null;
  const phone = input.phone ?? null;
  const name = `${firstName} ${lastName}`.trim().toLowerCase();
  return {
    firstName,
    lastName,
    email,
    phone,
    birthday: birthday ? new Date(`${birthday}T00:00:00Z`) : null,
    birthdayDay: birthday ? Number(birthday.slice(5, 7)) * 100 + Number(birthday.slice(8, 10)) : null,
    info: input.info ?? '',
    favorite: OWN.test(firstName) || (input.favorite ?? false),
    haystack: [name, email, phone].filter((part) => part !== null).join('\n'),
    sortName: name,
  };
}

async function refusingTwins<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError)) throw error;
    if (error.code === 'P2025') throw new AppError('not_found');
    if (error.code === 'P2002') throw new AppError('contact_taken');
    throw error;
  }
}
