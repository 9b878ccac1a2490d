import { MAX_CELL_LENGTH } from './import-limits';

/** A table with more columns is not an address book; in longer rows, the other cells are ignored. */
export const MAX_COLUMNS = 1_000;
const CELLS_AT_ONCE = 10_000;
const QUOTES_AT_ONCE = 50_000;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
/** ASCII whitespace and control characters, and the no-break space and BOM that Word and Excel write. */
const isBlank = (code: number) => code <= 0x20 || code === 0xa0 || code === 0xfeff;

export interface Row {
  /** Its first line in the file, from 1. */
  line: number;
  /** Each cut to `MAX_CELL_LENGTH + 1` characters, so that a longer cell can be detected. */
  cells: string[];
  /** Index of the line break after it. */
  end: number;
  /** Whether a quote was not closed: its cell was read up to the end of the line, or of the file. */
  unclosed?: 'line' | 'file';
}

interface RowOptions {
  firstLine?: number;
  /**
   * How many cells a row has. With it, a quote that is not closed does not hide the next rows: a cell ends with
   * its line if a later line of it would be a row of that many cells.
   */
  columns?: number;
}

/** How far a quoted cell is searched for hidden rows. */
const SEARCHED = 8 * 1024;

/**
 * The rows of a table without empty lines, in one pass over the text. Null marks a point where the caller may
 * pause. A quote that does not end its cell is part of it; a cell with an unclosed quote extends to the end.
 * @param delimiter one UTF-16 unit
 */
export function* readRows(
  text: string,
  delimiter: string,
  { firstLine = 1, columns }: RowOptions = {},
): Generator<Row | null> {
  let at = 0;
  let line = firstLine;
  while (at < text.length) {
    const begin = at;
    if (isBreak(text.charCodeAt(at))) {
      at = afterBreak(text, at);
      line += 1;
      if (line % CELLS_AT_ONCE === 0) yield null;
      continue;
    }
    const cells: string[] = [];
    let unclosed: Row['unclosed'];
    for (let count = 1; ; count += 1) {
      const isQuoted = text.charCodeAt(at) === QUOTE;
      const hidden =
        isQuoted && columns !== undefined && hidesRows(text, at, { delimiter, columns, cells: cells.length });
      let cell: Cell;
      if (hidden) cell = readUnclosedCell(text, at, { delimiter, left: columns - cells.length });
      else cell = isQuoted ? yield* readQuotedCell(text, at, delimiter) : readCell(text, at, delimiter);
      if (hidden) unclosed = 'line';
      else if (cell.isUnclosed) unclosed = 'file';
      if (cells.length < MAX_COLUMNS + 1) cells.push(cell.text);
      at = cell.end;
      if (text[at] !== delimiter) break;
      at += 1;
      if (count % CELLS_AT_ONCE === 0) yield null;
    }
    yield { line, cells, end: at, ...(unclosed === undefined ? {} : { unclosed }) };
    line += countBreaks(text, begin, at);
    if (at >= text.length) return;
    at = afterBreak(text, at);
    line += 1;
    yield null;
  }
}

interface Cell {
  text: string;
  /** Index of the delimiter or line break after it. */
  end: number;
  isUnclosed?: boolean;
}

function readCell(text: string, begin: number, delimiter: string): Cell {
  const code = delimiter.charCodeAt(0);
  let end = begin;
  while (end < text.length && !isEnd(text.charCodeAt(end), code)) end += 1;
  return { text: text.slice(begin, Math.min(end, begin + MAX_CELL_LENGTH + 1)), end };
}

function* readQuotedCell(text: string, begin: number, delimiter: string): Generator<null, Cell> {
  const code = delimiter.charCodeAt(0);
  let from = begin + 1;
  for (let count = 1; ; count += 1) {
    if (count % QUOTES_AT_ONCE === 0) yield null;
    const quote = text.indexOf('"', from);
    if (quote === -1) {
      return { text: unquote(text, begin + 1, text.length), end: text.length, isUnclosed: true };
    }
    if (text.charCodeAt(quote + 1) === QUOTE) {
      from = quote + 2;
      continue;
    }
    let end = quote + 1;
    while (end < text.length && isBlank(text.charCodeAt(end)) && !isEnd(text.charCodeAt(end), code)) end += 1;
    if (end >= text.length || isEnd(text.charCodeAt(end), code)) {
      return { text: unquote(text, begin + 1, quote), end };
    }
    from = quote + 1;
  }
}

/** Whether a quoted cell that is malformed contains a line that is a row, or is all of the last line. */
function hidesRows(
  text: string,
  begin: number,
  { delimiter, columns, cells }: { delimiter: string; columns: number; cells: number },
): boolean {
  const limit = Math.min(text.length, begin + SEARCHED);
  const window = text.slice(begin, limit);
  const { close, end, isMalformed } = scanQuoted(window, delimiter);
  if (!isMalformed) return false;
  const [first = '', ...lines] = window.slice(0, end).split(/\r\n|\r|\n/);
  // The last line may be cut.
  const whole = limit === text.length || end < window.length ? lines : lines.slice(0, -1);
  if (lines.length === 0) {
    // A quote after a delimiter begins the next cell: the one before it was not closed.
    const line = window.slice(0, afterLine(window, 0));
    const hidesCell = window.slice(1, close).includes(`${delimiter}"`);
    if (hidesCell && cells + countCells(line, delimiter) === columns) return true;
    return end === text.length - begin && cells + countCells(first, delimiter) === columns;
  }
  return columns > 1 && whole.some((line) => countCells(line, delimiter) === columns);
}

/**
 * The end of a quoted cell at the start of a text, the end of its last line, and whether a quote in it is neither
 * doubled nor its end.
 */
function scanQuoted(text: string, delimiter: string): { close: number; end: number; isMalformed: boolean } {
  const code = delimiter.charCodeAt(0);
  let isMalformed = false;
  for (let quote = text.indexOf('"', 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    if (text.charCodeAt(quote + 1) === QUOTE) {
      quote += 1;
      continue;
    }
    let end = quote + 1;
    while (end < text.length && isBlank(text.charCodeAt(end)) && !isEnd(text.charCodeAt(end), code)) end += 1;
    if (end >= text.length || isEnd(text.charCodeAt(end), code)) {
      return { close: end, end: isMalformed ? afterLine(text, end) : end, isMalformed };
    }
    isMalformed = true;
  }
  return { close: text.length, end: text.length, isMalformed: true };
}

/** The end of the line, because a cell that hides rows ends within one of them. */
function afterLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end += 1;
  return end;
}

function countCells(line: string, delimiter: string): number {
  return line.split(delimiter).length;
}

/** A cell with an unclosed quote up to the last `left - 1` delimiters of its line. */
function readUnclosedCell(
  text: string,
  begin: number,
  { delimiter, left }: { delimiter: string; left: number },
): Cell {
  const line = text.slice(begin, afterLine(text, begin));
  const pieces = line.split(delimiter);
  const own = pieces.slice(0, Math.max(1, pieces.length - left + 1)).join(delimiter);
  const quotes = own.split('"').length - 1;
  const shown = quotes % 2 === 1 ? own.slice(1) : own;
  return { text: shown.trim().slice(0, MAX_CELL_LENGTH + 1), end: begin + own.length };
}

function unquote(text: string, begin: number, end: number): string {
  const quoted = text.slice(begin, Math.min(end, begin + 2 * MAX_CELL_LENGTH + 2));
  return quoted
    .replaceAll('""', '"')
    .replace(/\r\n?/g, '\n')
    .slice(0, MAX_CELL_LENGTH + 1);
}

function isEnd(code: number, delimiter: number): boolean {
  return code === delimiter || isBreak(code);
}

function isBreak(code: number): boolean {
  return code === LF || code === CR;
}

function afterBreak(text: string, at: number): number {
  return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
}

function countBreaks(text: string, begin: number, end: number): number {
  let count = 0;
  for (let at = begin; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count += 1;
  }
  return count;
}
