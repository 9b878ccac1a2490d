import { z } from 'zod';
import { type SlicedTask, Stride } from '../core/time-slicing';
import type { CheckedEntries } from './check-entries';
import type { ImportOutcome } from './import';
import { nameOfEntry } from './import-entry';
import { MAX_REMARKS } from './import-limits';
import type { ImportReading } from './import-reading';

const MAX_TEXT_LENGTH = 200;

const remarkSchema = z.object({
  /** The first line of the row or card, from 1. */
  line: z.number().int(),
  name: z.string(),
  /**
   * `left_out`: the entry is not imported, for its `faults`; `shortened`: its name or notes are cut; the others
   * are of `ImportProblem` and `ImportRemark`.
   */
  reason: z.enum([
    'left_out',
    'notes_full',
    'email_taken',
    'phone_taken',
    'shortened',
    'quote_unclosed',
    'cut_off',
    'phone_rounded',
    'encoding_guessed',
  ]),
  value: z.string().optional(),
  faults: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const remarksSchema = z.object({ total: z.number().int(), items: z.array(remarkSchema) });

export const importReportSchema = z.object({
  created: z.number().int(),
  completed: z.number().int(),
  unchanged: z.number().int(),
  left: z.number().int(),
  remarks: remarksSchema,
});

/** What is not imported as it stands in the file. */
export type ImportRemark = z.output<typeof remarkSchema>;
export type ImportRemarks = z.output<typeof remarksSchema>;
export type ImportReport = z.output<typeof importReportSchema>;

/** The remarks that are known before the import, in the order of the file. */
export function* remarksOf(
  reading: ImportReading,
  { faulty, shortened }: CheckedEntries,
): SlicedTask<ImportRemark[]> {
  const stride = new Stride();
  const isShortened = new Set(shortened);
  const remarks: ImportRemark[] = [];
  for (const entry of faulty) {
    remarks.push(cut({ ...entry, reason: 'left_out' }));
    if (stride.isOver(0)) yield;
  }
  for (const entry of reading.entries) {
    const { line } = entry;
    if (isShortened.has(line)) remarks.push(cut({ line, name: nameOfEntry(entry), reason: 'shortened' }));
    if (stride.isOver(0)) yield;
  }
  for (const problem of reading.problems) {
    remarks.push(cut(problem));
    if (stride.isOver(0)) yield;
  }
  return remarks.sort((one, other) => one.line - other.line);
}

/** @param options.known remarks in the order of the file */
export function toReport(
  { created, completed, skipped, remarks }: ImportOutcome,
  { left, known }: { left: number; known: readonly ImportRemark[] },
): ImportReport {
  const first = [...known.slice(0, MAX_REMARKS), ...remarks.items];
  const items = first.sort((one, other) => one.line - other.line).slice(0, MAX_REMARKS);
  return {
    created,
    completed,
    unchanged: skipped,
    left,
    remarks: { total: known.length + remarks.total, items: items.map(cut) },
  };
}

/** A remark names its entry; it need not repeat a whole cell. */
function cut({ name, value, ...rest }: ImportRemark): ImportRemark {
  return { ...rest, name: cutText(name), ...(value === undefined ? {} : { value: cutText(value) }) };
}

/** PostgreSQL stores no NUL. */
function cutText(text: string): string {
  return text.slice(0, MAX_TEXT_LENGTH).replaceAll('\0', '').toWellFormed();
}
