import Papa from 'papaparse';

const ROWS_MAX = 1_000;
const SAMPLE_MAX = 128 * 1024;
/** Of those that fit equally well the first is chosen: a comma may be a part of numbers. */
const CANDIDATES: readonly CsvDelimiter[] = ['\t', ';', '|', ','];
/** How Excel names the delimiter. */
const separatorLine = /^"?sep=([^\w\n"])"?(?:\n|$)/i;

export type CsvDelimiter = ',' | '\t' | ';' | '|';

export interface CsvRows {
  readonly header: readonly string[] | null;
  /** At most 1,000. */
  readonly rows: readonly (readonly string[])[];
  readonly rowsTotal: number;
  /** Of the rows that were read. */
  readonly columnsTotal: number;
  /** Whether the rows that were read have as many cells as the header, and every quote has its end. */
  readonly isEven: boolean;
}

/** Reads the rows that are not empty, the first as the header. Without a delimiter, chooses one. */
export function readCsvRows(text: string, delimiter?: CsvDelimiter): CsvRows {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^\n+/, '');
  const [firstLine = '', named] = separatorLine.exec(lines) ?? [];
  const source = lines.slice(firstLine.length);
  const {
    rows: read,
    end,
    isQuoted,
    isFaulty,
  } = split(source, named ?? delimiter ?? chooseDelimiter(source));
  const [header = null, ...rows] = read;
  return {
    header,
    rows,
    rowsTotal: rows.length + countRows(source, end, isQuoted),
    columnsTotal: read.reduce((max, row) => Math.max(max, row.length), 0),
    isEven: !isFaulty && rows.every(({ length }) => length === header?.length),
  };
}

/** The delimiter by which most rows have the same number of cells. */
function chooseDelimiter(source: string): string {
  const sample = source.slice(0, SAMPLE_MAX);
  let best = { delimiter: ',', share: 0, strays: 0 };
  for (const delimiter of CANDIDATES) {
    if (!sample.includes(delimiter)) continue;
    const { rows } = split(sample, delimiter);
    const share = shareOfLargest(rows);
    const strays = rows.reduce((sum, row) => sum + row.filter(hasHalfQuotes).length, 0);
    const isBetter = share > best.share || (share === best.share && strays < best.strays);
    if (isBetter) best = { delimiter, share, strays };
  }
  return best.delimiter;
}

/** The share of rows with the most frequent number of cells, of two or more. */
function shareOfLargest(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  return Math.max(0, ...counts.values()) / Math.max(1, rows.length);
}

/** As cells have that were cut within their quotes. */
function hasHalfQuotes(cell: string): boolean {
  return cell.includes('"') && (cell.length - cell.replaceAll('"', '').length) % 2 === 1;
}

interface Split {
  readonly rows: readonly (readonly string[])[];
  /** Where the rows that were not read begin. */
  readonly end: number;
  /** Whether line breaks between quotes are parts of cells. */
  readonly isQuoted: boolean;
  readonly isFaulty: boolean;
}

function split(source: string, delimiter: string): Split {
  return delimiter === '\t' ? splitTabs(source) : splitQuoted(source, delimiter);
}

/**
 * A quote begins a cell of several lines only if more rows have the same length that way: programs that write tabs
 * mostly do not quote.
 */
function splitTabs(source: string): Split {
  const lines = source.split('\n', ROWS_MAX + 1);
  const plain: Split = {
    rows: lines.filter((line) => line !== '').map((line) => line.split('\t').map(unquote)),
    end: lines.reduce((sum, { length }) => sum + length + 1, 0),
    isQuoted: false,
    isFaulty: false,
  };
  if (!source.includes('"')) return plain;
  const quoted = splitQuoted(source, '\t');
  return !quoted.isFaulty && shareOfLargest(quoted.rows) > shareOfLargest(plain.rows) ? quoted : plain;
}

function unquote(cell: string): string {
  if (cell.length < 2 || !cell.startsWith('"') || !cell.endsWith('"')) return cell;
  const inner = cell.slice(1, -1);
  return inner.replaceAll('""', '').includes('"') ? cell : inner.replaceAll('""', '"');
}

function splitQuoted(source: string, delimiter: string): Split {
  const { data, errors, meta } = Papa.parse<string[]>(source, {
    delimiter,
    newline: '\n',
    preview: ROWS_MAX + 1,
    // The fast mode splits all of the text, and tells a wrong cursor.
    fastMode: false,
  });
  return {
    rows: data.filter((row) => row.length > 1 || row[0] !== ''),
    end: meta.truncated ? meta.cursor : source.length,
    isQuoted: true,
    isFaulty: errors.length > 0,
  };
}

/** Rows that are not empty. */
function countRows(source: string, from: number, isQuoted: boolean): number {
  let count = 0;
  let isBetweenQuotes = false;
  let isEmpty = true;
  for (let at = from; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === 34 && isQuoted) isBetweenQuotes = !isBetweenQuotes;
    if (code !== 10 || isBetweenQuotes) isEmpty = false;
    else if (!isEmpty) {
      count++;
      isEmpty = true;
    }
  }
  return isEmpty ? count : count + 1;
}
