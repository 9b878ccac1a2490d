import { compareNames, nameWords } from './compare-names';
import { PHONE_NUMBER, phoneKey } from './compare-phones';
import type { ValidEntry } from './import-entry';
import { Notes } from './notes';

/** A contact as an import compares and merges it. */
export interface KnownContact {
  /** Null for a contact that the import creates. */
  id: string | null;
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  birthday: string | null;
  info: string;
  favorite: boolean | undefined;
}

/** An entry with values that are computed once. */
export interface IncomingEntry {
  entry: ValidEntry;
  name: string;
  nameKey: string;
  isUnnamed: boolean;
  phoneKeys: ReadonlySet<string>;
  /** The notes of the contact that would be created from it. */
  notes: string;
}

export type MatchRule = (contact: KnownContact, incoming: IncomingEntry) => boolean;

/** For a contact and an entry of the same name, the most certain rule first. */
export const NAMESAKE_RULES: readonly MatchRule[] = [isIdentical, hasSameBirthday, hasNoConflict];

export function nameOf({ firstName, lastName }: Pick<KnownContact, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`.trim();
}

/** Equal for names that differ in case, diacritics and word order only. */
export function nameKey(name: string): string {
  return nameWords(name).join(' ');
}

/**
 * Whether a contact and an entry that share a name and an email address or a phone number are the same contact:
 * not if their birthdays differ, nor if they share a number only and their email addresses differ.
 */
export function isSameContact(contact: KnownContact, { entry }: IncomingEntry): boolean {
  if (contact.birthday !== null && entry.birthday && contact.birthday !== entry.birthday) return false;
  const { email, info } = contact;
  if (email === null || entry.emails.length === 0 || entry.emails.includes(email)) return true;
  const notes = new Notes(info);
  return entry.emails.some((other) => notes.has(other));
}

/** Whether the name of an entry has all words of the contact's name, and more. */
export function hasFullerName({ name, isUnnamed }: IncomingEntry, contact: KnownContact): boolean {
  if (isUnnamed) return false;
  if (isUnnamedContact(contact)) return true;
  const known = nameOf(contact);
  return compareNames(known, name) === 'close' && name.length > known.length;
}

/** Whether an entry has an email address or a phone number in place of a name. */
export function isUnnamedEntry({ first_name, last_name, emails, phones, others }: ValidEntry): boolean {
  return (last_name ?? '') === '' && isOneOf(first_name, [...emails, ...phones, ...others]);
}

/** Whether a contact is named by its email address or phone number. */
export function isUnnamedContact({ firstName, lastName, email, phone }: KnownContact): boolean {
  return lastName === '' && isOneOf(firstName, [email, phone]);
}

/** In UTF-16 units: longer values are no names. */
const MAX_NAMING = 200;

function isOneOf(name: string, values: readonly (string | null)[]): boolean {
  const lower = name.toLowerCase();
  const number = PHONE_NUMBER.test(name) ? phoneKey(name) : null;
  return values.some(
    (value) =>
      value !== null &&
      value.length <= MAX_NAMING &&
      (value.toLowerCase() === lower || (number !== null && phoneKey(value) === number)),
  );
}

function isIdentical(contact: KnownContact, { entry, notes }: IncomingEntry): boolean {
  return (
    contact.birthday === (entry.birthday ?? null) &&
    contact.email === (entry.emails[0] ?? null) &&
    contact.phone === (entry.phones[0] ?? null) &&
    contact.info === notes
  );
}

function hasSameBirthday(contact: KnownContact, { entry }: IncomingEntry): boolean {
  return contact.birthday !== null && contact.birthday === entry.birthday;
}

function hasNoConflict(contact: KnownContact, { entry, phoneKeys }: IncomingEntry): boolean {
  if (contact.birthday !== null && entry.birthday) return false;
  const { email, phone } = contact;
  const isOtherEmail = email !== null && entry.emails.length > 0 && !entry.emails.includes(email);
  const isOtherPhone = phone !== null && phoneKeys.size > 0 && !phoneKeys.has(phoneKey(phone));
  return !isOtherEmail && !isOtherPhone;
}
