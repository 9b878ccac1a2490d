import 'server-only';
import { prisma } from '../core/prisma';
import { runInSlices, type SlicedTask } from '../core/time-slicing';
import { CSV_HEADER, writeCsvRow } from './csv';
import { type ContactRecord, contactPages, toContactDto } from './queries';
import type { ContactDto } from './schema';
import { writeVcard } from './vcard';

export const EXPORT_FORMATS = {
  vcf: {
    extension: 'vcf',
    type: 'text/vcard; charset=utf-8',
    head: '',
    write: (contact: ContactDto) => writeVcard(contact),
  },
  'vcf-3.0': {
    extension: 'vcf',
    type: 'text/vcard; charset=utf-8',
    head: '',
    write: (contact: ContactDto) => writeVcard(contact, '3.0'),
  },
  csv: { extension: 'csv', type: 'text/csv; charset=utf-8', head: CSV_HEADER, write: writeCsvRow },
} as const;

export type ExportFormat = keyof typeof EXPORT_FORMATS;

/**
 * Streams all contacts of a user as a file. A database error before the first byte rejects; a later one fails
 * the stream, so that an incomplete file is not taken for a complete one.
 */
export async function streamExport(
  ownerId: string,
  format: ExportFormat,
): Promise<ReadableStream<Uint8Array>> {
  const pieces = writeExport(ownerId, format);
  const first = await pieces.next();
  const encoder = new TextEncoder();
  let ahead: IteratorResult<string> | null = first;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = ahead ?? (await pieces.next());
      ahead = null;
      if (piece.done) controller.close();
      else controller.enqueue(encoder.encode(piece.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

async function* writeExport(ownerId: string, format: ExportFormat): AsyncGenerator<string, undefined> {
  const { head, write } = EXPORT_FORMATS[format];
  let begin: string = head;
  for await (const page of contactPages(prisma(), ownerId)) {
    yield begin + (await runInSlices(writeAll(page, write)));
    begin = '';
  }
}

function* writeAll(
  page: readonly ContactRecord[],
  write: (contact: ContactDto) => string,
): SlicedTask<string> {
  let text = '';
  for (const contact of page) {
    text += write(toContactDto(contact));
    yield;
  }
  return text;
}
