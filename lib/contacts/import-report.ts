import { z } from 'zod';
import type { CheckedEntries } from './check-entries';
import type { ImportOutcome } from './import';
import type { ImportReading } from './import-reading';

/** How many remarks a report names; `total` counts all. */
export const MAX_REMARKS = 1_000;
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
export function remarksOf(reading: ImportReading, { faulty, shortened }: CheckedEntries): ImportRemark[] {
  const isShortened = new Set(shortened);
  return inOrder([
    ...faulty.map((entry): ImportRemark => ({ ...entry, reason: 'left_out' })),
    ...reading.entries
      .filter(({ line }) => isShortened.has(line))
      .map(({ line, fields }): ImportRemark => {
        return { line, name: `${fields.first_name} ${fields.last_name ?? ''}`.trim(), reason: 'shortened' };
      }),
    ...reading.problems,
  ]);
}

export function toReport(
  { created, completed, skipped, remarks }: ImportOutcome,
  { left, known }: { left: number; known: readonly ImportRemark[] },
): ImportReport {
  const all = inOrder([...known, ...remarks]);
  return {
    created,
    completed,
    unchanged: skipped,
    left,
    remarks: { total: all.length, items: all.slice(0, MAX_REMARKS) },
  };
}

function inOrder(remarks: readonly ImportRemark[]): ImportRemark[] {
  return remarks
    .map(({ name, value, ...rest }) => ({
      ...rest,
      name: cut(name),
      ...(value === undefined ? {} : { value: cut(value) }),
    }))
    .sort((a, b) => a.line - b.line);
}

/** A remark names its entry; it need not repeat a whole cell. PostgreSQL stores no NUL. */
function cut(text: string): string {
  return text.slice(0, MAX_TEXT_LENGTH).replaceAll('\0', '').toWellFormed();
}
