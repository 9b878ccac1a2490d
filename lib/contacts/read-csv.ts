import type { SlicedTask } from '../core/time-slicing';
import { guessDayOrder } from './calendar-day';
import { type Column, type ColumnKind, targetOf } from './csv-columns';
import { toEntry, toLayout } from './csv-entry';
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
  const table = yield* findTable(text, options);
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
  const birthdays = firstPlaceOf(columns, 'birthday');
  const guess = yield* guessDayOrder(rows.map(({ cells }) => cells[birthdays] ?? ''));
  const { isOwn } = table;
  const layout = toLayout(table.columns, { columns, isOwn, order: options.dateOrder ?? guess.order });
  yield;
  const entries: ImportEntry[] = [];
  const problems: ImportProblem[] = [];
  for (const row of rows) {
    const entry = yield* toEntry(row, layout);
    entries.push(entry);
    if (row.unclosed !== undefined) {
      const reason = row.unclosed === 'line' ? 'quote_unclosed' : 'cut_off';
      problems.push({ line: row.line, name: nameOfEntry(entry), reason });
    }
    yield;
  }
  const described: ImportColumn[] = [];
  for (const [place, { kind }] of columns.entries()) {
    described.push({
      ...describeColumn({ header: table.columns[place] ?? '', place }, rows),
      target: targetOf(kind),
      detected: targetOf(detected[place]?.kind ?? kind),
    });
    yield;
  }
  return {
    columns: described,
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

/** The place of the primary column; -1 if there is none. */
function firstPlaceOf(columns: readonly Column[], kind: ColumnKind): number {
  const places = columns.flatMap((column, place) => (column.kind === kind ? [place] : []));
  const rankOf = (place: number) => columns[place]?.rank ?? 0;
  return places.toSorted((one, other) => rankOf(one) - rankOf(other))[0] ?? -1;
}
