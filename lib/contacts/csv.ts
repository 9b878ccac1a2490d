import Papa from 'papaparse';
import { type BookEntry, type EntryFields, MAX_BOOK_ENTRIES } from './book-entry';
import { type DayOrder, guessDayOrder, readDay } from './calendar-day';
import { splitName, type WrittenContact } from './vcard';

const OWN_HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Birthday', 'Info', 'Favorite'];
const YES = 'yes';
const NO = 'no';

/** What a spreadsheet takes for a formula, or for the apostrophe that says that it is none. */
const FORMULA = /^[=+\-@\t\r\n']/;
const NEUTRALISED = /^'(?=[=+\-@\t\r\n'])/;
const MARK = '\uFEFF';

/** The beginning of a CSV file that spreadsheets read as UTF-8. */
export const CSV_HEADER = `${MARK}${writeRow(OWN_HEADER)}`;

/** One row. No cell of it is a formula to a spreadsheet: an apostrophe goes before what would be one. */
export function writeCsvRow(contact: WrittenContact): string {
  const { first_name, last_name, email, phone, birthday, info, favorite } = contact;
  const cells = [first_name, last_name, email ?? '', phone ?? '', birthday ?? '', info, favorite ? YES : NO];
  return writeRow(cells.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)));
}

function writeRow(cells: readonly string[]): string {
  return `${Papa.unparse([cells])}\r\n`;
}

type Column = keyof EntryFields | 'middle_name' | 'whole_name' | 'company' | 'labels';

/** How our own export, Google, Outlook and Apple call what we keep; of several, the first that is filled. */
const COLUMNS: Record<Column, readonly string[]> = {
  first_name: ['first name', 'given name', 'имя'],
  middle_name: ['middle name', 'additional name', 'отчество'],
  last_name: ['last name', 'family name', 'surname', 'фамилия'],
  whole_name: ['name', 'full name', 'display name', 'file as', 'полное имя'],
  company: ['organization name', 'organization 1 - name', 'company', 'организация'],
  email: [
    'email',
    'e-mail',
    'e-mail address',
    'email address',
    'e-mail 1 - value',
    'e-mail 2 - value',
    'e-mail 2 address',
    'адрес эл. почты',
    'электронная почта',
    'почта',
  ],
  phone: [
    'phone',
    'mobile phone',
    'primary phone',
    'phone 1 - value',
    'phone 2 - value',
    'home phone',
    'business phone',
    'phone number',
    'mobile',
    'телефон переносной',
    'телефон',
    'домашний телефон',
    'рабочий телефон',
  ],
  birthday: ['birthday', 'birth date', 'date of birth', 'день рождения', 'дата рождения'],
  info: ['info', 'notes', 'note', 'заметки'],
  favorite: ['favorite'],
  labels: ['labels', 'group membership', 'categories', 'категории'],
};

/** Between several values in one cell, as Google writes them. */
const SEVERAL = ' ::: ';
const STARRED = /\bstarred\b/i;

/** From every misplaced quote, the parser looks through all blanks that follow. */
const BLANKS_TIMES_QUOTES_MAX = 200_000_000;
const GUESS_FROM = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];

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
  const names = header.cells.map((cell) => cell.trim().toLowerCase());
  const places = placesOf(names);
  if (places.first_name.length + places.last_name.length + places.whole_name.length === 0) return null;
  const isOwn = OWN_HEADER.every((name, column) => names[column] === name.toLowerCase());
  // One too many says as much as a million.
  const read = rows.slice(0, MAX_BOOK_ENTRIES + 1).map(({ line, cells }) => {
    const cellOf = (column: Column) => filledCell(cells, places[column], isOwn);
    return { line, cellOf, birthday: cellOf('birthday') };
  });
  const order = guessDayOrder(read.map(({ birthday }) => birthday));
  return read.map(({ line, cellOf }) => ({ line, fields: toFields(cellOf, order), faults: [] }));
}

function toFields(cellOf: (column: Column) => string, order: DayOrder): EntryFields {
  const favorite = cellOf('favorite').trim().toLowerCase();
  const starred = favorite === YES || STARRED.test(cellOf('labels')) || undefined;
  return {
    ...nameOf(cellOf),
    email: firstOf(cellOf('email')),
    phone: firstOf(cellOf('phone')),
    birthday: readDay(cellOf('birthday'), order),
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

function firstOf(cell: string): string {
  return cell.split(SEVERAL, 1)[0] ?? '';
}

function placesOf(names: readonly string[]): Record<Column, number[]> {
  const find = (known: readonly string[]) =>
    known.map((name) => names.indexOf(name)).filter((place) => place >= 0);
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([column, known]) => [column, find(known)]),
  ) as Record<Column, number[]>;
}

function filledCell(cells: readonly string[], places: readonly number[], isOwn: boolean): string {
  const cell = places.map((place) => cells[place] ?? '').find((text) => text.trim() !== '') ?? '';
  return isOwn ? cell.replace(NEUTRALISED, '') : cell;
}

/** Rows that are not empty, with the line on which each begins. */
function readRows(text: string): Row[] {
  const { data } = Papa.parse<string[]>(text, { delimiter: guessDelimiter(text), newline: '\n' });
  const rows: Row[] = [];
  let line = 1;
  for (const cells of data) {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
    line += 1 + cells.reduce((sum, cell) => sum + countBreaks(cell), 0);
  }
  return rows;
}

function guessDelimiter(text: string): string {
  const head = text.slice(0, GUESS_FROM);
  return Papa.parse(head, { preview: 10, newline: '\n', delimitersToGuess: DELIMITERS }).meta.delimiter;
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
