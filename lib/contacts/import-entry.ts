import type { FieldError } from '../core/errors';
import type { ContactInput } from './schema';

/** Size limit of an import file. */
export const MAX_IMPORT_BYTES = 4 * 1024 * 1024;
export const MAX_IMPORT_ENTRIES = 10_000;
/** Limit of email addresses and of phone numbers in an entry; more may be left out on request. */
export const MAX_ENTRY_VALUES = 50;
/** An entry with more email addresses or phone numbers is always refused. */
export const MAX_GIVEN_VALUES = 1_000;
/** In UTF-16 units: the length up to which a cell or a property is read, far above the limits of a contact. */
export const MAX_CELL_LENGTH = 64 * 1024;
/** How many entries that cannot be imported are listed. */
export const MAX_FAULTS_SHOWN = 20;

/** The fields of an entry as they stand in the file, not validated. */
export interface EntryFields {
  first_name: string;
  last_name?: string | undefined;
  /** The primary one first; `phones` likewise. */
  emails: string[];
  phones: string[];
  birthday?: string | undefined;
  info?: string | undefined;
  favorite?: boolean | undefined;
}

export interface ImportEntry {
  /** Its first line in the file, from 1. */
  line: number;
  fields: EntryFields;
  /** Fields that could not be read. */
  faults: FieldError[];
}

/** A validated entry with all its valid email addresses and phone numbers, the primary ones first. */
export interface ValidEntry extends Omit<ContactInput, 'email' | 'phone'> {
  emails: string[];
  phones: string[];
  /** Invalid email addresses, phone numbers and birthdays, which go to the notes. */
  others: string[];
}

/** Splits a full name: the first word is the first name. */
export function splitName(whole: string): Pick<EntryFields, 'first_name' | 'last_name'> {
  const [first = '', ...rest] = whole.trim().split(/\s+/);
  return { first_name: first, last_name: rest.join(' ') };
}
