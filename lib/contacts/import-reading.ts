import type { ImportEntry } from './import-entry';

/** Where the cells of a column go. Columns that are not recognised go to the notes, after their header. */
export const COLUMN_TARGETS = [
  'first_name',
  'middle_name',
  'last_name',
  'name',
  'prefix',
  'suffix',
  'email',
  'phone',
  'birthday',
  'notes',
  'favorite',
  'skip',
] as const;

export type ColumnTarget = (typeof COLUMN_TARGETS)[number];

/** What the user decides after a first reading; what is left out is detected. */
export interface ImportOptions {
  /** A label of `IMPORT_ENCODINGS`. */
  encoding?: string | undefined;
  /** Targets of columns of a table, by their index in `ImportReading.columns`. */
  targets?: ReadonlyMap<number, ColumnTarget> | undefined;
  dateOrder?: 'day_first' | 'month_first' | undefined;
}

export interface ImportColumn {
  /** As it stands in the file; empty for a table without a header. */
  header: string;
  /** The first filled cell, shortened. */
  sample: string;
  target: ColumnTarget;
  /** The target without a decision of the user. */
  detected: ColumnTarget;
}

/** Why a row, a card or a value is not imported as it stands in the file; the value goes to the notes. */
export type ProblemReason =
  /** A quotation mark is not closed: the row was read up to the end of its line. */
  | 'quote_unclosed'
  /** The row or card ends with the file; the rest of it may be missing. */
  | 'cut_off'
  /** A spreadsheet has replaced the digits of a phone number: `4.93091E+11`. */
  | 'phone_rounded'
  /** A value whose character set is unknown or wrong was read by a guess. */
  | 'encoding_guessed';

export interface ImportProblem {
  /** The first line of the row or card, from 1. */
  line: number;
  name: string;
  reason: ProblemReason;
}

export interface ImportReading {
  format: 'csv' | 'vcard';
  encoding: {
    /** A label of `IMPORT_ENCODINGS`. */
    label: string;
    certain: boolean;
    /** Other labels, the likeliest first. */
    alternatives: readonly string[];
  };
  /** Empty for vCards. */
  columns: readonly ImportColumn[];
  /** Whether day and month of the birthdays cannot be told apart: `05/03/1990`. */
  datesAmbiguous: boolean;
  entries: ImportEntry[];
  problems: ImportProblem[];
}

/** Labels for `TextDecoder`. */
export const IMPORT_ENCODINGS = [
  'utf-8',
  'windows-1252',
  'windows-1251',
  'macintosh',
  'x-mac-cyrillic',
  'koi8-r',
  'ibm866',
  'windows-1250',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
