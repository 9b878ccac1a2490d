import 'server-only';
import { readAuditBatch } from './queries';
import type { AuditEntryDto, AuditFormat } from './schema';

const BATCH = 1_000;

const COLUMNS = [
  'id',
  'at',
  'actor_id',
  'actor',
  'action',
  'target_kind',
  'target',
  'target_name',
] as const satisfies (keyof AuditEntryDto)[];

const WRITERS: Record<AuditFormat, { head: string; write(entry: AuditEntryDto): string }> = {
  ndjson: { head: '', write: (entry) => `${JSON.stringify(entry)}\n` },
  csv: { head: `${[...COLUMNS, 'details'].join(',')}\r\n`, write: toCsvRow },
};

/** The whole audit log, oldest first, read in batches while it is sent. */
export function exportAudit(format: AuditFormat): ReadableStream<Uint8Array> {
  const { head, write } = WRITERS[format];
  const encoder = new TextEncoder();
  let after: string | null = null;
  return new ReadableStream({
    start(controller) {
      if (head !== '') controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      const entries = await readAuditBatch(after, BATCH);
      after = entries.at(-1)?.id ?? after;
      if (entries.length > 0) controller.enqueue(encoder.encode(entries.map(write).join('')));
      if (entries.length < BATCH) controller.close();
    },
  });
}

function toCsvRow(entry: AuditEntryDto): string {
  const cells = [...COLUMNS.map((column) => entry[column] ?? ''), JSON.stringify(entry.details)];
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
