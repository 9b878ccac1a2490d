import 'server-only';
import { LRUCache } from 'lru-cache';
import { isAbortedRequest } from '@/lib/core/app-error';
import { perProcess } from '@/lib/core/per-process';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import { type FileMarkup, type LinesPlace, renderLines } from '../render-lines';

/** The most memory one process spends on the markup of files that are not being sent, in bytes. */
export const FILE_MARKUP_BYTES = 32 * 1024 * 1024;

// What an entry costs besides its markup.
const ENTRY_OVERHEAD_BYTES = 1_024;

interface MarkupCache {
  stored: LRUCache<string, FileMarkup>;
  running: Map<string, Promise<FileMarkup>>;
}

const cache = perProcess<MarkupCache>('file-markup', () => ({
  stored: new LRUCache({
    maxSize: FILE_MARKUP_BYTES,
    sizeCalculation: ({ lines }) => lines.byteLength + ENTRY_OVERHEAD_BYTES,
  }),
  running: new Map(),
}));

/**
 * Highlights a file once while it stays in memory. Bodies never change; whether the caller may read it was
 * decided before. The work ends when the signal of the request that began it aborts; another that waits for it
 * then begins again. @throws AppError storage_unavailable; the reason of the signal
 */
export async function fileMarkup(
  file: FileRecord,
  place: LinesPlace & { signal?: AbortSignal | undefined },
): Promise<FileMarkup> {
  const { number, maxLines, signal } = place;
  const { stored, running } = cache.get();
  const id = JSON.stringify([file.key, file.sha256, file.language, number, maxLines]);
  const known = stored.get(id);
  if (known) return known;
  const begun = running.get(id);
  if (begun) {
    return begun.catch((error: unknown) => {
      if (!isAbortedRequest(error) || signal?.aborted) throw error;
      return fileMarkup(file, place);
    });
  }
  const { language } = file;
  const work = readFileText(file)
    .then((text) => renderLines(text, { language, number, maxLines, signal }))
    .then((markup) => {
      if (!markup.isHurried) stored.set(id, markup);
      return markup;
    })
    .finally(() => running.delete(id));
  running.set(id, work);
  return work;
}
