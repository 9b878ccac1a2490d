import Papa from 'papaparse';
import type { FieldError } from '../core/errors';
import type { SlicedTask } from '../core/time-slicing';
import { type DayOrder, guessDayOrder, isEmptyDay, readDay } from './calendar-day';
import { PHONE_NUMBER } from './compare-phones';
import { type Column, type ColumnKind, knownKind, NAMING, readHeader, targetOf } from './csv-columns';
import { MAX_COLUMNS, type Row, readRows } from './csv-rows';
import { type EntryFields, type ImportEntry, nameOfEntry } from './import-entry';
import { MAX_CELL_LENGTH, MAX_GIVEN_VALUES, MAX_IMPORT_ENTRIES } from './import-limits';
import type {
  ColumnTarget,
  ImportColumn,
  ImportOptions,
  ImportProblem,
  ImportReading,
} from './import-reading';
import {
  addsWords,
  type ContactName,
  joinParts,
  oneLine,
  splitName,
  splitWords,
  toContactName,
} from './name-parts';
import type { WrittenContact } from './vcard';

const OWN_HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Birthday', 'Info', 'Favorite'];
/** How many of its columns show that a table was exported here, and perhaps edited in a spreadsheet. */
const OWN_COLUMNS = 4;
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
const LABELS = / ::: |[;,]/;
const STARRED = /\bstarred\b/i;
/** Google's own groups. */
const GROUPS = /^\*? ?(?:mycontacts|starred)$/i;

/** "E-mail 2 - Value" is a value of "E-mail 2". */
const VALUE_COLUMN = /\s*-\s*(?:value|formatted)$/i;

const HEADER_MAX = 64 * 1024;
/** LinkedIn writes an explanation before the header. */
const HEADER_ROWS = 20;
const MAX_SAMPLE = 100;
const DELIMITERS = [',', ';', '\t', '|'];
/** A line that Excel writes before the header. */
const DECLARED_DELIMITER = /^sep=(.)(?:\r\n|\r|\n)/i;

export type CsvReading = Pick<ImportReading, 'columns' | 'datesAmbiguous' | 'entries' | 'problems'>;

/** Reads a table with known column names, or with email addresses; null for any other text. */
export function* readCsv(text: string, options: ImportOptions = {}): SlicedTask<CsvReading | null> {
  const table = findTable(text, options);
  if (table === null) return null;
  const rows: Row[] = [];
  for (const row of readRows(text.slice(table.begin), table.delimiter, {
    firstLine: table.line,
    columns: table.columns.length,
  })) {
    yield;
    if (!row?.cells.some((cell) => cell.trim() !== '')) continue;
    rows.push(row);
    // One above the limit is enough to refuse the file.
    if (rows.length > MAX_IMPORT_ENTRIES) break;
  }
  const detected = detectColumns(table, rows[0]?.cells ?? []);
  const columns = detected.map((column, place) => decideColumn(column, options.targets?.get(place)));
  const [birthdays] = placesOf(columns, 'birthday');
  const guess = guessDayOrder(
    rows.map(({ cells }) => (birthdays === undefined ? '' : (cells[birthdays] ?? ''))),
  );
  const layout: Layout = {
    header: table.columns,
    columns,
    places: new Map(columns.map(({ kind }) => [kind, placesOf(columns, kind)])),
    isOwn: table.isOwn,
    order: options.dateOrder ?? guess.order,
  };
  const entries: ImportEntry[] = [];
  const problems: ImportProblem[] = [];
  for (const row of rows) {
    const entry = toEntry(row, layout);
    entries.push(entry);
    if (row.unclosed !== undefined) {
      const reason = row.unclosed === 'line' ? 'quote_unclosed' : 'cut_off';
      problems.push({ line: row.line, name: nameOfEntry(entry), reason });
    }
    yield;
  }
  return {
    columns: columns.map(({ kind }, place) => ({
      ...describeColumn({ header: table.columns[place] ?? '', place }, rows),
      target: targetOf(kind),
      detected: targetOf(detected[place]?.kind ?? kind),
    })),
    datesAmbiguous: guess.isAmbiguous,
    entries,
    problems,
  };
}

interface Table {
  delimiter: string;
  /** Index of the first row after the header, and its line. */
  begin: number;
  line: number;
  /** The header, with empty names if there is none. */
  columns: readonly string[];
  /** Whether Sheaf exported the table. */
  isOwn: boolean;
}

function findTable(text: string, { targets }: ImportOptions): Table | null {
  const declared = DECLARED_DELIMITER.exec(text);
  const offset = declared?.[0].length ?? 0;
  const firstLine = declared ? 2 : 1;
  const head = text.slice(offset, offset + HEADER_MAX);
  const delimiters = declared?.[1] === undefined ? DELIMITERS : [declared[1]];
  const candidates = delimiters.map((delimiter) => findHeader(head, { delimiter, firstLine }));
  const best = candidates.reduce((one, other) => (other.count > one.count ? other : one));
  const { delimiter, header, first } = best;
  if (header !== null && header.cells.length <= MAX_COLUMNS) {
    const { cells, end, line } = header;
    const ownColumns = cells.filter((cell) => OWN_HEADER.includes(cell.trim())).length;
    const isOwn = ownColumns >= OWN_COLUMNS && cells.some((cell) => cell.trim() === 'Info');
    return { delimiter, begin: offset + end, line, columns: cells.map((cell) => cell.trim()), isOwn };
  }
  if (header !== null || first === null || first.cells.length > MAX_COLUMNS) return null;
  const isTable = first.cells.length > 1 && first.cells.some((cell) => isEmail(cell));
  if (!isTable && ![...(targets?.values() ?? [])].some((target) => NAMING.includes(target))) return null;
  const names = first.cells.map(() => '');
  return { delimiter, begin: offset, line: firstLine, columns: names, isOwn: false };
}

interface Header {
  delimiter: string;
  header: Row | null;
  first: Row | null;
  /** How many column names are known, or how many cells the first row has as a fraction of one. */
  count: number;
}

/** The first row with the name of a naming column, among the first rows. */
function findHeader(
  head: string,
  { delimiter, firstLine }: { delimiter: string; firstLine: number },
): Header {
  let first: Row | null = null;
  let rows = 0;
  for (const row of readRows(head, delimiter, { firstLine })) {
    if (!row?.cells.some((cell) => cell.trim() !== '')) continue;
    first ??= row;
    const kinds = row.cells.slice(0, MAX_COLUMNS + 1).flatMap((cell) => knownKind(cell)?.kind ?? []);
    // A sentence before the header may be "Notes:".
    if (kinds.some((kind) => NAMING.includes(kind)))
      return { delimiter, header: row, first, count: kinds.length };
    rows += 1;
    if (rows === HEADER_ROWS) break;
  }
  return { delimiter, header: null, first, count: first === null ? 0 : 1 - 1 / (first.cells.length + 1) };
}

function detectColumns(table: Table, firstCells: readonly string[]): Column[] {
  const hasHeader = table.columns.some((name) => name !== '');
  return hasHeader ? readHeader(table.columns, firstCells) : guessColumns(firstCells);
}

function decideColumn(detected: Column, target: ColumnTarget | undefined): Column {
  return target === undefined || target === targetOf(detected.kind) ? detected : { kind: target, rank: 0 };
}

/** The kinds of the columns of a table without a header, by the cells of its first row. */
function guessColumns(cells: readonly string[]): Column[] {
  const names: ColumnKind[] = ['first_name', 'last_name'];
  return cells.map((cell, rank) => {
    const text = cell.trim();
    if (isEmail(text)) return { kind: 'email', rank };
    const day = readDay(text);
    if (day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day)) return { kind: 'birthday', rank };
    if (PHONE_NUMBER.test(text)) return { kind: 'phone', rank };
    const isName = /^[\p{L}\p{M}][\p{L}\p{M}.' -]*$/u.test(text);
    return { kind: (isName ? names.shift() : undefined) ?? 'notes', rank };
  });
}

function isEmail(text: string): boolean {
  return text.length < MAX_SAMPLE * 3 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

function describeColumn(
  { header, place }: { header: string; place: number },
  rows: readonly Row[],
): Pick<ImportColumn, 'header' | 'sample'> {
  const filled = rows.slice(0, MAX_SAMPLE).find(({ cells }) => (cells[place] ?? '').trim() !== '');
  const sample = oneLine((filled?.cells[place] ?? '').slice(0, MAX_SAMPLE));
  return { header: header.slice(0, MAX_SAMPLE), sample };
}

function placesOf(columns: readonly Column[], kind: ColumnKind): number[] {
  const places = columns.flatMap((column, place) =>
    column.kind === kind ? [{ place, rank: column.rank }] : [],
  );
  return places.sort((one, other) => one.rank - other.rank).map(({ place }) => place);
}

interface Layout {
  header: readonly string[];
  columns: readonly Column[];
  places: ReadonlyMap<ColumnKind, readonly number[]>;
  isOwn: boolean;
  order: DayOrder;
}

/** The filled cells of a row by the kinds of their columns. */
class Cells {
  readonly layout: Layout;
  readonly #cells: readonly string[];

  constructor(row: Row, layout: Layout) {
    this.layout = layout;
    this.#cells = layout.isOwn ? row.cells.map((cell) => cell.replace(NEUTRALISED, '$1')) : row.cells;
  }

  at(place: number): string {
    return this.#cells[place] ?? '';
  }

  /** The places of the filled cells, the primary one first. */
  places(kind: ColumnKind): number[] {
    return (this.layout.places.get(kind) ?? []).filter((place) => this.at(place).trim() !== '');
  }

  texts(kind: ColumnKind): string[] {
    return this.places(kind).map((place) => this.at(place));
  }

  text(kind: ColumnKind): string {
    return this.texts(kind)[0] ?? '';
  }

  /** The cells after those of the header. */
  surplus(): string[] {
    return this.#cells.slice(this.layout.header.length).filter((cell) => cell.trim() !== '');
  }
}

function toEntry(row: Row, layout: Layout): ImportEntry {
  const cells = new Cells(row, layout);
  const fields = toFields(cells);
  const faults: FieldError[] = [];
  for (const [path, column] of [
    ['email', 'emails'],
    ['phone', 'phones'],
  ] as const) {
    const isCut = cells.texts(path).some((text) => text.length > MAX_CELL_LENGTH);
    if (!isCut && fields[column].length <= MAX_GIVEN_VALUES) continue;
    faults.push({ path, message: 'contact_values_refused' });
    fields[column] = [];
  }
  return { line: row.line, fields, faults };
}

function toFields(cells: Cells): EntryFields {
  const favorite = cells.text('favorite').trim().toLowerCase();
  const labels = cells.texts('labels').flatMap((cell) => cell.slice(0, MAX_CELL_LENGTH).split(LABELS));
  const groups = labels.map((label) => label.trim()).filter((label) => label !== '' && !GROUPS.test(label));
  const isStarred = favorite === YES || [favorite, ...labels].some((label) => STARRED.test(label));
  const { birthday, oddDays } = readBirthday(cells);
  const { name, source, extras } = readName(cells);
  const lines = [
    ...extras,
    ...oddDays.map((day) => `Birthday: ${day}`),
    ...(groups.length === 0 ? [] : [`Labels: ${groups.join(', ')}`]),
    ...otherCells(cells, { name, source }),
  ];
  return {
    ...name,
    emails: cells.texts('email').flatMap(splitEmails),
    phones: cells.texts('phone').flatMap((cell) => cell.split(SEPARATOR)),
    birthday,
    info: ownNotes(cells),
    favorite: favorite === NO ? false : isStarred || undefined,
    extras: lines.length === 0 ? undefined : lines,
  };
}

/** Some programs separate addresses by commas or semicolons. */
function splitEmails(cell: string): string[] {
  const texts = cell.split(SEPARATOR);
  return texts.flatMap((text) => (text.indexOf('@') === text.lastIndexOf('@') ? text : text.split(/[;,]/)));
}

/** The birthday, and what is not a date in its columns. */
function readBirthday(cells: Cells): { birthday: string | undefined; oddDays: string[] } {
  const parts = (['birth_year', 'birth_month', 'birth_day'] as const).map((kind) => cells.text(kind));
  const given = [...cells.texts('birthday'), joinParts(parts, '-')].map(oneLine);
  const [first = '', ...others] = given.filter((text) => text !== '' && !isEmptyDay(text));
  const birthday = readDay(first, cells.layout.order);
  const odd = [birthday === undefined ? first : '', ...others];
  return { birthday, oddDays: odd.filter((text) => text !== '') };
}

interface RowName {
  name: Pick<ContactName, 'first_name' | 'last_name'>;
  /** The column of a whole name, a company or a nickname that is the name; -1 if there are columns for its parts. */
  source: number;
  extras: string[];
}

function readName(cells: Cells): RowName {
  const [given, family] = [cells.text('first_name'), cells.text('last_name')];
  if (cells.layout.isOwn) return { name: { first_name: given, last_name: family }, source: -1, extras: [] };
  const { prefix, middle, suffix } = {
    prefix: cells.text('prefix'),
    middle: cells.text('middle_name'),
    suffix: cells.text('suffix'),
  };
  const structured = toContactName({ prefix, given, middle, family, suffix });
  if (structured) {
    const { extras, ...name } = structured;
    return { name, source: -1, extras };
  }
  const [whole] = cells.places('name');
  const source = whole ?? cells.places('nickname')[0] ?? cells.places('company')[0] ?? -1;
  const text = cells.at(source);
  const { extras, ...name } = source === whole ? splitName(text) : splitWords(text);
  const first_name = joinParts([prefix, name.first_name]);
  return { name: { first_name, last_name: joinParts([name.last_name, suffix]) }, source, extras };
}

/** The cells of columns for notes. */
function ownNotes(cells: Cells): string {
  const { header } = cells.layout;
  const places = cells.places('notes').filter((place) => isNotesHeader(header[place]));
  return places.map((place) => cells.at(place)).join('\n');
}

function isNotesHeader(header = ''): boolean {
  return header === '' || knownKind(header)?.kind === 'notes';
}

/** Lines for the notes with the cells that no field has. */
function otherCells(cells: Cells, { name, source }: Pick<RowName, 'name' | 'source'>): string[] {
  const { columns, header } = cells.layout;
  const lines: string[] = [];
  for (const [place, { kind }] of columns.entries()) {
    const text = oneLine(cells.at(place).slice(0, MAX_CELL_LENGTH));
    if (text === '' || place === source || !isLeft(cells, { place, kind, name, text })) continue;
    lines.push(
      labelled(header, { place, kind, label: oneLine(cells.at(labelPlace(columns, place))) }) + text,
    );
  }
  return [...lines, ...cells.surplus().map((text) => oneLine(text.slice(0, MAX_CELL_LENGTH)))];
}

interface LeftCell extends Pick<RowName, 'name'> {
  place: number;
  kind: ColumnKind;
  text: string;
}

function isLeft(cells: Cells, { place, kind, name, text }: LeftCell): boolean {
  switch (kind) {
    case 'company':
    case 'nickname':
      return true;
    case 'notes':
      return !isNotesHeader(cells.layout.header[place]);
    case 'name':
      return addsWords(text, name);
    case 'first_name':
    case 'middle_name':
    case 'last_name':
    case 'prefix':
    case 'suffix':
      return cells.places(kind)[0] !== place && addsWords(text, name);
    default:
      return false;
  }
}

/** The column with the kind of a value, which Google writes before it. */
function labelPlace(columns: readonly Column[], place: number): number {
  return columns[place - 1]?.kind === 'value_label' ? place - 1 : -1;
}

/** "Website 1 (Blog): ". */
function labelled(
  header: readonly string[],
  { place, kind, label }: { place: number; kind: ColumnKind; label: string },
): string {
  const name = (header[place] ?? '').replace(VALUE_COLUMN, '') || kind;
  const shown = label.replace(/^\*\s*/, '').slice(0, MAX_SAMPLE);
  return shown === '' ? `${name}: ` : `${name} (${shown}): `;
}
