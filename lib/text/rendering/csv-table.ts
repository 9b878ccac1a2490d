import { type CsvDelimiter, readCsvRows } from './csv-rows';
import { escapeHtml, shorten } from './escape-html';

export const CSV_MAX = 1024 * 1024;
const COLUMNS_MAX = 100;
const CELLS_MAX = 30_000;
const CELL_MAX = 1_000;
/** Columns with a longer text have a least width; see `app/data-view.css`. */
const SHORT_MAX = 24;
const SIZE_MAX = 2 * 1024 * 1024;
const BLANKS_TIMES_QUOTES_MAX = 10_000_000;

const numeric =
  /^[+\u2212-]?[$€£¥₽]?(?=[.,]?\d)(?:\d{1,3}(?:[ ,'’\u00a0\u202f]\d{3})+|\d{1,3}(?:\.\d{3})+(?![.\d])|\d+)?(?:[.,]\d+)?(?:e[+-]?\d+)?\s?[%$€£¥₽]?$/i;

export interface CsvLabels {
  /** Names the region around the table, which scrolls. */
  readonly table: string;
  /** Heads the column of row numbers. */
  readonly row: string;
}

export interface CsvTable {
  readonly html: string;
  /** Not counting the header. */
  readonly rowsShown: number;
  readonly rowsTotal: number;
  readonly columnsShown: number;
  /** Of the rows that were read to be shown. */
  readonly columnsTotal: number;
  /** Cells that are shown in part. */
  readonly cellsCut: number;
  /** See `CsvRows`. */
  readonly isEven: boolean;
}

interface CsvOptions {
  readonly text: string;
  /** Chosen by the text when absent. */
  readonly delimiter?: CsvDelimiter;
  readonly labels: CsvLabels;
}

/** A text of separated values as an HTML table, its first line as the header. Null if it is no table. */
export function renderCsvTable({ text, delimiter, labels }: CsvOptions): CsvTable | null {
  if (text.length > CSV_MAX || isSlow(text)) return null;
  const { header, rows, rowsTotal, columnsTotal, isEven } = readCsvRows(text, delimiter);
  if (!header || columnsTotal < 2) return null;

  const columns = Math.min(columnsTotal, COLUMNS_MAX);
  const candidates = rows.slice(0, Math.max(1, Math.floor(CELLS_MAX / columns)));
  const classes = Array.from({ length: columns }, (_, column) => classOf(candidates, column));
  const written = writeRows(candidates, classes);
  const heads = Array.from({ length: columns }, (_, column) => {
    return `<th scope="col" dir="auto"${classes[column]}>${cell(header[column])}</th>`;
  });
  const html = [
    `<div class="csv-table" role="region" tabindex="0" aria-label="${escapeHtml(labels.table)}"><table>`,
    `<thead><tr><th scope="col" class="csv-row">${escapeHtml(labels.row)}</th>${heads.join('')}</tr></thead>`,
    `<tbody>${written.html}</tbody></table></div>`,
  ].join('');
  const cellsCut = written.cellsCut + header.slice(0, columns).filter(isLong).length;
  return {
    html,
    rowsShown: written.count,
    rowsTotal,
    columnsShown: columns,
    columnsTotal,
    cellsCut,
    isEven,
  };
}

/** From every misplaced quote the parser looks through all blanks before the next delimiter. */
function isSlow(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  if (quotes === 0) return false;
  const longest = text.match(/\s{64,}/g)?.reduce((max, { length }) => Math.max(max, length), 0) ?? 0;
  return quotes * longest > BLANKS_TIMES_QUOTES_MAX;
}

function classOf(rows: readonly (readonly string[])[], column: number): string {
  if (isNumeric(rows, column)) return ' class="csv-number"';
  return rows.some((row) => (row[column]?.length ?? 0) > SHORT_MAX) ? ' class="csv-long"' : '';
}

function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  let found = false;
  for (const row of rows) {
    const text = row[column]?.trim() ?? '';
    if (text === '') continue;
    if (text.length > 40 || !numeric.test(text)) return false;
    found = true;
  }
  return found;
}

function writeRows(rows: readonly (readonly string[])[], classes: readonly string[]) {
  const pieces: string[] = [];
  let size = 0;
  let cellsCut = 0;
  for (const [index, row] of rows.entries()) {
    const cells = classes.map((name, column) => `<td dir="auto"${name}>${cell(row[column])}</td>`);
    const piece = `<tr><th scope="row" class="csv-row">${index + 1}</th>${cells.join('')}</tr>\n`;
    size += piece.length;
    if (size > SIZE_MAX) break;
    pieces.push(piece);
    cellsCut += row.filter(isLong).length;
  }
  return { html: pieces.join(''), count: pieces.length, cellsCut };
}

function isLong(text: string): boolean {
  return text.length > CELL_MAX;
}

function cell(text = ''): string {
  return escapeHtml(shorten(text, CELL_MAX));
}
