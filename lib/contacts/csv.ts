import Papa from 'papaparse';
import type { FieldError } from '../core/errors';
import { type DayOrder, guessDayOrder, readDay } from './calendar-day';
import { COLUMNS, COLUMNS_OF_BIRTHDAY, type Column, KNOWN_NAMES, NAMING } from './csv-columns';
import { MAX_COLUMNS, type Row, readRows } from './csv-rows';
import { type EntryFields, type ImportEntry, splitName } from './import-entry';
import { MAX_CELL_LENGTH, MAX_GIVEN_VALUES, MAX_IMPORT_ENTRIES } from './import-limits';
import type { SlicedTask } from './time-slicing';
import type { WrittenContact } from './vcard';

const OWN_HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Birthday', 'Info', 'Favorite'];
const YES = 'yes';
const NO = 'no';

/**
 * The start of a cell that a spreadsheet would evaluate as a formula, with or without escaping apostrophes; also
 * after characters that some spreadsheets take for the end of a cell.
 */
const FORMULA = /(^|[;\t])(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/g;
const NEUTRALISED = /(^|[;\t])'(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/g;
const BOM = '\uFEFF';

/** The header row, after a BOM by which spreadsheets recognise UTF-8. */
export const CSV_HEADER = `${BOM}${writeRow(OWN_HEADER)}`;

/** One row. An apostrophe before a formula stops spreadsheets from evaluating it. */
export function writeCsvRow(contact: WrittenContact): string {
  const { first_name, last_name, email, phone, birthday, info, favorite } = contact;
  const cells = [first_name, last_name, email ?? '', phone ?? '', birthday ?? '', info, favorite ? YES : NO];
  return writeRow(cells.map((cell) => cell.replace(FORMULA, "$1'")));
}

function writeRow(cells: readonly string[]): string {
  return `${Papa.unparse([cells])}\r\n`;
}

/** Google's separator of several values in one cell. */
const SEPARATOR = ' ::: ';
const STARRED = /\bstarred\b/i;

const HEADER_MAX = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];
/** A line that Excel writes before the header. */
const DECLARED_DELIMITER = /^sep=(.)(?:\r\n|\r|\n)/i;

/** The entries of a table with known column names in its header; null for any other text. */
export function* readCsv(text: string): SlicedTask<ImportEntry[] | null> {
  let columns: Columns | undefined;
  const read: { line: number; cellsOf: CellsOf }[] = [];
  const birthdays: string[] = [];
  for (const row of rowsOf(text)) {
    yield;
    if (!row?.cells.some((cell) => cell.trim() !== '')) continue;
    const { line, cells } = row;
    if (columns === undefined) {
      columns = findColumns(cells);
      if (columns === undefined) return null;
      continue;
    }
    const { places, isOwn } = columns;
    const cellsOf: CellsOf = (column) => filledCells(cells, places[column], isOwn);
    read.push({ line, cellsOf });
    birthdays.push(cellsOf('birthday')[0] ?? '');
    // One above the limit is enough to refuse the file.
    if (read.length > MAX_IMPORT_ENTRIES) break;
  }
  if (columns === undefined) return null;
  const order = guessDayOrder(birthdays);
  const entries: ImportEntry[] = [];
  for (const { line, cellsOf } of read) {
    entries.push(toEntry(line, cellsOf, order));
    yield;
  }
  return entries;
}

type CellsOf = (column: Column) => string[];

function toEntry(line: number, cellsOf: CellsOf, order: DayOrder): ImportEntry {
  const fields = toFields(cellsOf, order);
  const faults: FieldError[] = [];
  for (const [path, column] of [
    ['email', 'emails'],
    ['phone', 'phones'],
  ] as const) {
    const isCut = cellsOf(column).some((cell) => cell.length > MAX_CELL_LENGTH);
    if (!isCut && fields[column].length <= MAX_GIVEN_VALUES) continue;
    faults.push({ path, message: 'contact_values_refused' });
    fields[column] = [];
  }
  return { line, fields, faults };
}

interface Columns {
  places: Record<Column, number[]>;
  /** Whether Sheaf exported the table. */
  isOwn: boolean;
}

function findColumns(header: readonly string[]): Columns | undefined {
  if (header.length > MAX_COLUMNS) return undefined;
  const names = toNames(header);
  const places = placesOf(names);
  if (!NAMING.some((column) => places[column].length > 0)) return undefined;
  return { places, isOwn: OWN_HEADER.every((name, column) => names[column] === name.toLowerCase()) };
}

function toFields(cellsOf: CellsOf, order: DayOrder): EntryFields {
  const cellOf = (column: Column) => cellsOf(column)[0] ?? '';
  const favorite = cellOf('favorite').trim().toLowerCase();
  const starred = favorite === YES || STARRED.test(cellOf('labels')) || undefined;
  const [year = '', month = '', day = ''] = COLUMNS_OF_BIRTHDAY.map(cellOf);
  const birthday = cellOf('birthday') || (year && month && day && `${year}-${month}-${day}`);
  return {
    ...nameOf(cellOf),
    emails: cellsOf('emails').flatMap((cell) => cell.split(SEPARATOR)),
    phones: cellsOf('phones').flatMap((cell) => cell.split(SEPARATOR)),
    birthday: readDay(birthday, order),
    info: cellOf('info'),
    favorite: favorite === NO ? false : starred,
  };
}

function nameOf(cellOf: (column: Column) => string): Pick<EntryFields, 'first_name' | 'last_name'> {
  const first = [cellOf('first_name'), cellOf('middle_name')].filter((part) => part.trim() !== '').join(' ');
  const last = cellOf('last_name');
  if (first !== '') return { first_name: first, last_name: last };
  if (last.trim() !== '') return { first_name: last };
  return splitName(cellOf('whole_name').trim() === '' ? cellOf('company') : cellOf('whole_name'));
}

function placesOf(names: readonly string[]): Record<Column, number[]> {
  const find = (known: readonly string[]) =>
    known.flatMap((name) => names.flatMap((given, place) => (given === name ? [place] : [])));
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([column, known]) => [column, find(known)]),
  ) as Record<Column, number[]>;
}

function filledCells(cells: readonly string[], places: readonly number[], isOwn: boolean): string[] {
  const filled = places.map((place) => cells[place] ?? '').filter((text) => text.trim() !== '');
  return isOwn ? filled.map((cell) => cell.replace(NEUTRALISED, '$1')) : filled;
}

function rowsOf(text: string): Generator<Row | null> {
  const declared = DECLARED_DELIMITER.exec(text);
  const table = declared ? text.slice(declared[0].length) : text;
  return readRows(table, declared?.[1] ?? findDelimiter(table), declared ? 2 : 1);
}

/** The delimiter that yields the most known column names in the first row. */
function findDelimiter(table: string): string {
  const head = table.trimStart().slice(0, HEADER_MAX);
  const known = DELIMITERS.map((delimiter) => {
    return {
      delimiter,
      count: toNames(firstCells(head, delimiter)).filter((name) => KNOWN_NAMES.has(name)).length,
    };
  });
  return known.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

function firstCells(head: string, delimiter: string): readonly string[] {
  for (const row of readRows(head, delimiter)) if (row !== null) return row.cells;
  return [];
}

function toNames(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.trim().toLowerCase());
}
