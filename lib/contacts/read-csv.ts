import type { SlicedTask } from '../core/time-slicing';
import { guessDayOrder } from './calendar-day';
import { type Column, type ColumnKind, targetOf } from './csv-columns';
import { type Layout, toEntry } from './csv-entry';
import { type Row, readRows } from './csv-rows';
import { detectColumns, findTable } from './csv-table';
import { type ImportEntry, nameOfEntry } from './import-entry';
import { MAX_IMPORT_ENTRIES } from './import-limits';
import type {
  ColumnTarget,
  ImportColumn,
  ImportOptions,
  ImportProblem,
  ImportReading,
} from './import-reading';
import { oneLine } from './name-parts';

const MAX_SAMPLE = 100;

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

function decideColumn(detected: Column, target: ColumnTarget | undefined): Column {
  return target === undefined || target === targetOf(detected.kind) ? detected : { kind: target, rank: 0 };
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
