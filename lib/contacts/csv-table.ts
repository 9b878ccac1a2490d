import type { SlicedTask } from '../core/time-slicing';
import { readDay } from './calendar-day';
import { PHONE_NUMBER } from './compare-phones';
import { isOwnHeader } from './csv';
import { type Column, type ColumnKind, knownKind, NAMING, readHeader } from './csv-columns';
import { MAX_COLUMNS, type Row, readRows } from './csv-rows';
import type { ImportOptions } from './import-reading';

const HEADER_MAX = 64 * 1024;
/** LinkedIn writes an explanation before the header. */
const HEADER_ROWS = 20;
/** Longer cells are not taken for an address. */
const MAX_EMAIL_LENGTH = 299;
/** Longer cells of a table without a header are notes. */
const MAX_GUESSED_CELL = 1_000;
const DELIMITERS = [',', ';', '\t', '|'];
/** A line that Excel writes before the header. */
const DECLARED_DELIMITER = /^sep=(.)(?:\r\n|\r|\n)/i;

/** Where a table is in a text. */
export interface Table {
  delimiter: string;
  /** Index of the first row after the header, and its line. */
  begin: number;
  line: number;
  /** The header, with empty names if there is none. */
  columns: readonly string[];
  /** Whether Sheaf exported the table. */
  isOwn: boolean;
}

/** Null for a text without known column names and email addresses. */
export function* findTable(text: string, { targets }: ImportOptions): SlicedTask<Table | null> {
  const declared = DECLARED_DELIMITER.exec(text);
  const offset = declared?.[0].length ?? 0;
  const firstLine = declared ? 2 : 1;
  const head = text.slice(offset, offset + HEADER_MAX);
  const delimiters = declared?.[1] === undefined ? DELIMITERS : [declared[1]];
  const candidates: Header[] = [];
  for (const delimiter of delimiters) candidates.push(yield* findHeader(head, { delimiter, firstLine }));
  const best = candidates.reduce((one, other) => (other.count > one.count ? other : one));
  const { delimiter, header, first } = best;
  if (header !== null && header.cells.length <= MAX_COLUMNS) {
    const { cells, end, line } = header;
    const columns = cells.map((cell) => cell.trim());
    return { delimiter, begin: offset + end, line, columns, isOwn: isOwnHeader(columns) };
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
function* findHeader(
  head: string,
  { delimiter, firstLine }: { delimiter: string; firstLine: number },
): SlicedTask<Header> {
  let first: Row | null = null;
  let rows = 0;
  for (const row of readRows(head, delimiter, { firstLine })) {
    yield;
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

export function detectColumns(table: Table, firstCells: readonly string[]): Column[] {
  const hasHeader = table.columns.some((name) => name !== '');
  return hasHeader ? readHeader(table.columns, firstCells) : guessColumns(firstCells);
}

/** The kinds of the columns of a table without a header, by the cells of its first row. */
function guessColumns(cells: readonly string[]): Column[] {
  const names: ColumnKind[] = ['first_name', 'last_name'];
  return cells.map((cell, rank) => {
    if (cell.length > MAX_GUESSED_CELL) return { kind: 'notes', rank };
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
  if (text.length > MAX_EMAIL_LENGTH) return false;
  // The dot is not in the pattern: between two unlimited quantifiers, it would take quadratic time.
  const domain = /^[^\s@]+@([^\s@]+)$/.exec(text.trim())?.[1] ?? '';
  return domain.slice(1, -1).includes('.');
}
