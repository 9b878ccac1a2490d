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
  /** Lines for the notes with what a contact has no field for: `Company: Acme`. */
  extras?: string[] | undefined;
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
  /** Its first line in the file, from 1. */
  line: number;
  emails: string[];
  phones: string[];
  /** Lines for the notes: invalid values, and what a contact has no field for. */
  others: string[];
}

/** A value of an entry that is not where the user would look for it. */
export interface ImportRemark {
  /** The first line of the row or card, from 1. */
  line: number;
  /** The name of the entry. */
  name: string;
  /**
   * `email_taken`, `phone_taken`: another contact has the value, which is in the notes; `notes_full`: the notes
   * have no room, and the value is left out.
   */
  reason: 'email_taken' | 'phone_taken' | 'notes_full';
  value: string;
}

/** The name of an entry as it stands in the file; may be empty. */
export function nameOfEntry({ fields }: ImportEntry): string {
  return `${fields.first_name} ${fields.last_name ?? ''}`.trim();
}
