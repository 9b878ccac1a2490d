import { Stride } from '../core/time-slicing';
import { MAX_CELL_LENGTH, MAX_IMPORT_ENTRIES } from './import-limits';

/** A table with more columns is not an address book; in longer rows, the other cells are ignored. */
export const MAX_COLUMNS = 1_000;
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

const READ_AT_ONCE = 64 * 1024;
/** How far a quoted cell is searched for hidden rows. */
const SEARCHED = 8 * 1024;
/** In a file: enough for a malformed cell in each row. */
const MAX_SEARCHED = MAX_IMPORT_ENTRIES * SEARCHED;

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
  const stride = new Stride();
  const ahead = new CellsAhead(text, delimiter);
  let at = 0;
  let line = firstLine;
  while (at < text.length) {
    if (isBreak(text.charCodeAt(at))) {
      at = afterBreak(text, at);
      line += 1;
      if (stride.isOver(0)) yield null;
      continue;
    }
    const cells: string[] = [];
    let unclosed: Row['unclosed'];
    let breaks = 0;
    for (;;) {
      const begin = at;
      const searched = ahead.searched;
      const isQuoted = text.charCodeAt(at) === QUOTE;
      const left = columns === undefined ? undefined : columns - cells.length;
      const hidden = isQuoted && left !== undefined && hidesRows(text, at, { ahead, columns, left });
      let cell: Cell;
      if (hidden) cell = readUnclosedCell(text, at, { ahead, left });
      else cell = yield* isQuoted ? readQuotedCell(text, at, delimiter) : readCell(text, at, delimiter);
      if (hidden) unclosed = 'line';
      else if (cell.isUnclosed) unclosed = 'file';
      if (cells.length < MAX_COLUMNS + 1) cells.push(cell.text);
      at = cell.end;
      if (isQuoted) breaks += yield* countBreaks(text, begin, at);
      if (text[at] !== delimiter) break;
      at += 1;
      if (stride.isOver(at - begin + ahead.searched - searched)) yield null;
    }
    yield { line, cells, end: at, ...(unclosed === undefined ? {} : { unclosed }) };
    line += breaks;
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

function* readCell(text: string, begin: number, delimiter: string): Generator<null, Cell> {
  const code = delimiter.charCodeAt(0);
  let end = begin;
  while (end < text.length && !isEnd(text.charCodeAt(end), code)) {
    end += 1;
    if ((end - begin) % READ_AT_ONCE === 0) yield null;
  }
  return { text: text.slice(begin, Math.min(end, begin + MAX_CELL_LENGTH + 1)), end };
}

function* readQuotedCell(text: string, begin: number, delimiter: string): Generator<null, Cell> {
  const stride = new Stride();
  const code = delimiter.charCodeAt(0);
  let from = begin + 1;
  for (;;) {
    if (stride.isOver(0)) yield null;
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

/** Lines that are longer are not compared with the columns. */
const MAX_LINE = 256 * 1024;

/**
 * Counts the cells up to the end of a line, without regard to quotes. Asked at places in ascending order, it passes
 * over the text once, however many cells of a line ask.
 */
class CellsAhead {
  readonly delimiter: string;
  /** How many characters were searched for hidden rows. */
  searched = 0;
  readonly #text: string;
  #at = 0;
  #end = -1;
  #count = 0;

  constructor(text: string, delimiter: string) {
    this.#text = text;
    this.delimiter = delimiter;
  }

  /** The index of the line break after a place, or one that is at least `SEARCHED` ahead of it. */
  endOfLine(at: number): number {
    if (at <= this.#end && (this.#isWhole() || at + SEARCHED <= this.#end)) return this.#end;
    this.#at = at;
    this.#end = afterLine(this.#text, at, at + MAX_LINE);
    this.#count = countCells(this.#text, { begin: at, end: this.#end, delimiter: this.delimiter });
    return this.#end;
  }

  /** The cells of the line from a place on; NaN in a line that is too long. */
  count(at: number): number {
    this.endOfLine(at);
    if (at > this.#at) {
      this.#count -= countCells(this.#text, { begin: this.#at, end: at, delimiter: this.delimiter }) - 1;
      this.#at = at;
    }
    return this.#isWhole() ? this.#count : Number.NaN;
  }

  #isWhole(): boolean {
    return this.#end === this.#text.length || isBreak(this.#text.charCodeAt(this.#end));
  }
}

/** Whether a quoted cell that is malformed contains a line that is a row, or is all of the last line. */
function hidesRows(
  text: string,
  begin: number,
  { ahead, columns, left }: { ahead: CellsAhead; columns: number | undefined; left: number },
): boolean {
  const { delimiter } = ahead;
  if (ahead.searched > MAX_SEARCHED) return false;
  const limit = Math.min(text.length, begin + SEARCHED);
  const window = text.slice(begin, limit);
  const { close, isMalformed } = scanQuoted(window, delimiter);
  if (!isMalformed) return false;
  ahead.searched += close;
  const lineEnd = ahead.endOfLine(begin);
  if (lineEnd >= begin + close) {
    // A quote after a delimiter begins the next cell: the one before it was not closed.
    const hidesCell = window.slice(1, close).includes(`${delimiter}"`);
    const isLast = limit === text.length && lineEnd === limit;
    return (hidesCell || isLast) && ahead.count(begin) === left;
  }
  if (columns === 1) return false;
  const isClosed = close < window.length;
  const end = isClosed ? afterLine(window, close, window.length) : window.length;
  for (let at = afterBreak(window, lineEnd - begin); at < end; ) {
    const next = afterLine(window, at, window.length);
    // The last line may be cut.
    const isWhole = next < window.length || limit === text.length;
    if (isWhole && countCells(window, { begin: at, end: next, delimiter }) === columns) return true;
    at = afterBreak(window, next);
  }
  return false;
}

/**
 * The end of a quoted cell at the start of a text, and whether a quote in it is neither doubled nor its end.
 */
function scanQuoted(text: string, delimiter: string): { close: number; isMalformed: boolean } {
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
      return { close: end, isMalformed };
    }
    isMalformed = true;
  }
  return { close: text.length, isMalformed: true };
}

/** The end of the line or the limit, because a cell that hides rows ends within one of them. */
function afterLine(text: string, at: number, limit: number): number {
  let end = at;
  while (end < text.length && end < limit && !isBreak(text.charCodeAt(end))) end += 1;
  return end;
}

function countCells(
  text: string,
  { begin, end, delimiter }: { begin: number; end: number; delimiter: string },
): number {
  const code = delimiter.charCodeAt(0);
  let count = 1;
  for (let at = begin; at < end; at += 1) if (text.charCodeAt(at) === code) count += 1;
  return count;
}

/** A cell with an unclosed quote up to the last `left - 1` delimiters of its line. */
function readUnclosedCell(
  text: string,
  begin: number,
  { ahead, left }: { ahead: CellsAhead; left: number },
): Cell {
  const count = ahead.count(begin);
  const taken = Math.max(1, count - left + 1);
  let end = taken < count ? begin - 1 : ahead.endOfLine(begin);
  for (let n = 0; n < taken && taken < count; n += 1) end = text.indexOf(ahead.delimiter, end + 1);
  const own = text.slice(begin, end);
  const quotes = own.split('"').length - 1;
  const shown = quotes % 2 === 1 ? own.slice(1) : own;
  return { text: shown.trim().slice(0, MAX_CELL_LENGTH + 1), end };
}

function unquote(text: string, begin: number, end: number): string {
  const quoted = text.slice(begin, Math.min(end, begin + 2 * MAX_CELL_LENGTH + 2));
  return quoted
    .split('""')
    .join('"')
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

function* countBreaks(text: string, begin: number, end: number): Generator<null, number> {
  let count = 0;
  for (let at = begin; at < end; at += 1) {
    if ((at - begin) % READ_AT_ONCE === READ_AT_ONCE - 1) yield null;
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count += 1;
  }
  return count;
}
