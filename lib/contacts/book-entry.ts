import type { FieldError } from '../core/errors';
import type { ContactInput } from './schema';

/** Of a file with at most this much, a book can be imported. */
export const MAX_BOOK_BYTES = 4 * 1024 * 1024;
export const MAX_BOOK_ENTRIES = 10_000;
/** How many addresses an entry may have, and how many numbers. */
export const MAX_ENTRY_VALUES = 50;
/** With more addresses or numbers than this, an entry is refused, whatever may be shortened. */
export const MAX_GIVEN_VALUES = 1_000;
/** In UTF-16 units: what a cell or a property is read up to, far more than a name or notes may have. */
export const MAX_CELL_LENGTH = 64 * 1024;
/** How many entries that cannot be kept are listed. */
export const MAX_FAULTS_SHOWN = 20;

/** What a file says about somebody, as it says it; nothing of it has been looked at yet. */
export interface EntryFields {
  first_name: string;
  last_name?: string | undefined;
  /** The main one first. */
  emails: string[];
  phones: string[];
  birthday?: string | undefined;
  info?: string | undefined;
  favorite?: boolean | undefined;
}

export interface BookEntry {
  /** Where it begins in the file, from 1. */
  line: number;
  fields: EntryFields;
  /** What could not even be read. */
  faults: FieldError[];
}

/** Somebody whom a file tells of, checked: with every address and number that is one, the main one first. */
export interface Candidate extends Omit<ContactInput, 'email' | 'phone'> {
  emails: string[];
  phones: string[];
  /** What is no address, number or day, for the notes. */
  others: string[];
}

/** A name in one piece: the first word is the first name. */
export function splitName(whole: string): Pick<EntryFields, 'first_name' | 'last_name'> {
  const [first = '', ...rest] = whole.trim().split(/\s+/);
  return { first_name: first, last_name: rest.join(' ') };
}
