import 'server-only';
import { LRUCache } from 'lru-cache';
import { isAbortedRequest } from '@/lib/core/app-error';
import { perProcess } from '@/lib/core/per-process';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import {
  type FileMarkup,
  type FirstLines,
  type LinesPlace,
  renderFirstLines,
  renderLines,
  type TextFacts,
  textFacts,
} from '../render-lines';

/** The most memory one process spends on the markup of files that are not being sent, in bytes. */
export const FILE_MARKUP_BYTES = 32 * 1024 * 1024;

// What an entry costs besides its markup.
const ENTRY_OVERHEAD_BYTES = 1_024;

/** From this size on, highlighting takes longer than what else a page needs. */
const LATE_BYTES = 128 * 1024;

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

interface Place extends LinesPlace {
  /** Ends the work when it aborts. */
  signal?: AbortSignal | undefined;
}

/** What was done before the whole of a file is highlighted. */
interface Begun {
  text: string;
  facts: TextFacts;
}

/**
 * Highlights a file once while it stays in memory. Bodies never change; whether the caller may read it was
 * decided before. The work ends when the signal of the request that began it aborts; another that waits for it
 * then begins again. @throws AppError storage_unavailable; the reason of the signal
 */
export async function fileMarkup(file: FileRecord, place: Place, begun?: Begun): Promise<FileMarkup> {
  const { number, maxLines, signal } = place;
  const { stored, running } = cache.get();
  const id = idOf(file, place);
  const known = stored.get(id);
  if (known) return known;
  const other = running.get(id);
  if (other) {
    return other.catch((error: unknown) => {
      if (!isAbortedRequest(error) || signal?.aborted) throw error;
      return fileMarkup(file, place, begun);
    });
  }
  const { language } = file;
  const render = (text: string) =>
    renderLines(text, { language, number, maxLines, signal, facts: begun?.facts });
  const work = (begun ? render(begun.text) : readFileText(file).then(render))
    .then((markup) => {
      if (!markup.isHurried) stored.set(id, markup);
      return markup;
    })
    .finally(() => running.delete(id));
  running.set(id, work);
  return work;
}

function idOf({ key, sha256, language }: FileRecord, { number, maxLines }: Place): string {
  return JSON.stringify([key, sha256, language, number, maxLines]);
}

/** A file whose first lines can be shown before all of it is highlighted. */
export interface FileStart extends TextFacts {
  first: FirstLines;
  whole: Promise<FileMarkup>;
}

/**
 * As `fileMarkup`, but of a large file that is not in memory, only its start.
 * @throws AppError storage_unavailable; the reason of the signal
 */
export async function startMarkup(file: FileRecord, place: Place): Promise<FileMarkup | FileStart> {
  if (file.bytes < LATE_BYTES || cache.get().stored.has(idOf(file, place))) return fileMarkup(file, place);
  const { language } = file;
  const text = await readFileText(file);
  const first = await renderFirstLines(text, { ...place, language });
  const facts = await textFacts(text, language);
  const whole = fileMarkup(file, place, { text, facts });
  if (first === null) return whole;
  // It is handled where it is waited for, which may be never.
  whole.catch(() => {});
  return { ...facts, first, whole };
}
