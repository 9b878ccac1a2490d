import type { FieldError } from '../core/errors';
import type { ContactInput } from './schema';

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
