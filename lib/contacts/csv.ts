import Papa from 'papaparse';
import { type BookEntry, type EntryFields, MAX_BOOK_ENTRIES, splitName } from './book-entry';
import { type DayOrder, guessDayOrder, readDay } from './calendar-day';
import { COLUMNS, COLUMNS_OF_BIRTHDAY, type Column, KNOWN_NAMES, NAMING } from './csv-columns';
import type { WrittenContact } from './vcard';

const OWN_HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Birthday', 'Info', 'Favorite'];
const YES = 'yes';
const NO = 'no';

/**
 * Where a cell begins that a spreadsheet would calculate, or one with apostrophes that say that it is none;
 * also after what some of them take for the end of a cell.
 */
const FORMULA = /(^|[;\t])(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/g;
const NEUTRALISED = /(^|[;\t])'(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/g;
const MARK = '\uFEFF';

/** The beginning of a CSV file that spreadsheets read as UTF-8. */
export const CSV_HEADER = `${MARK}${writeRow(OWN_HEADER)}`;

/** One row. No cell of it is a formula to a spreadsheet: an apostrophe goes before what would be one. */
export function writeCsvRow(contact: WrittenContact): string {
  const { first_name, last_name, email, phone, birthday, info, favorite } = contact;
  const cells = [first_name, last_name, email ?? '', phone ?? '', birthday ?? '', info, favorite ? YES : NO];
  return writeRow(cells.map((cell) => cell.replace(FORMULA, "$1'")));
}

function writeRow(cells: readonly string[]): string {
  return `${Papa.unparse([cells])}\r\n`;
}

/** Between several values in one cell, as Google writes them. */
const SEVERAL = ' ::: ';
const STARRED = /\bstarred\b/i;

/** From every misplaced quote, the parser looks through all blanks that follow. */
const BLANKS_TIMES_QUOTES_MAX = 200_000_000;
const HEADER_MAX = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];
/** A line that Excel puts before the header. */
const DECLARED_DELIMITER = /^sep=(.)\n/i;

interface Row {
  line: number;
  cells: string[];
}

/** Everybody in a table with a header of names that we know; null if it is no such table. */
export function readCsv(text: string): BookEntry[] | null {
  const source = text.replace(/\r\n?/g, '\n');
  if (isSlow(source)) return null;
  const [header, ...rows] = readRows(source);
  if (!header) return null;
  const names = toNames(header.cells);
  const places = placesOf(names);
  if (!NAMING.some((column) => places[column].length > 0)) return null;
  const isOwn = OWN_HEADER.every((name, column) => names[column] === name.toLowerCase());
  // One too many says as much as a million.
  const read = rows.slice(0, MAX_BOOK_ENTRIES + 1).map(({ line, cells }) => ({
    line,
    cellsOf: (column: Column) => filledCells(cells, places[column], isOwn),
  }));
  const order = guessDayOrder(read.map(({ cellsOf }) => cellsOf('birthday')[0] ?? ''));
  return read.map(({ line, cellsOf }) => ({ line, fields: toFields(cellsOf, order), faults: [] }));
}

function toFields(cellsOf: (column: Column) => string[], order: DayOrder): EntryFields {
  const cellOf = (column: Column) => cellsOf(column)[0] ?? '';
  const favorite = cellOf('favorite').trim().toLowerCase();
  const starred = favorite === YES || STARRED.test(cellOf('labels')) || undefined;
  const [year = '', month = '', day = ''] = COLUMNS_OF_BIRTHDAY.map(cellOf);
  const birthday = cellOf('birthday') || (year && month && day && `${year}-${month}-${day}`);
  return {
    ...nameOf(cellOf),
    emails: cellsOf('emails').flatMap((cell) => cell.split(SEVERAL)),
    phones: cellsOf('phones').flatMap((cell) => cell.split(SEVERAL)),
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

/** Rows that are not empty, with the line on which each begins. */
function readRows(text: string): Row[] {
  const declared = DECLARED_DELIMITER.exec(text);
  const table = declared ? text.slice(declared[0].length) : text;
  const delimiter = declared?.[1] ?? findDelimiter(table);
  const { data } = Papa.parse<string[]>(table, { delimiter, newline: '\n' });
  const rows: Row[] = [];
  let line = declared ? 2 : 1;
  for (const cells of data) {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
    line += 1 + cells.reduce((sum, cell) => sum + countBreaks(cell), 0);
  }
  return rows;
}

/** The one by which the first row has most of the names that we know. */
function findDelimiter(table: string): string {
  const head = table.trimStart().slice(0, HEADER_MAX);
  const known = DELIMITERS.map((delimiter) => {
    const [cells = []] = Papa.parse<string[]>(head, { delimiter, newline: '\n', preview: 1 }).data;
    return { delimiter, count: toNames(cells).filter((name) => KNOWN_NAMES.has(name)).length };
  });
  return known.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

function toNames(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.trim().toLowerCase());
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1;
}

function isSlow(text: string): boolean {
  const quotes = text.split('"').length - 1;
  if (quotes === 0) return false;
  const longest = text.match(/\s{64,}/g)?.reduce((max, { length }) => Math.max(max, length), 0) ?? 0;
  return quotes * longest > BLANKS_TIMES_QUOTES_MAX;
}
