import 'server-only';
import { LRUCache } from 'lru-cache';
import { perProcess } from '@/lib/core/per-process';
import { runInSlices } from '@/lib/core/time-slicing';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import { highlight } from '@/lib/text/highlight/highlight';
import { markInvisible } from '@/lib/text/rendering/mark-invisible';
import { type TextWarning, textWarnings } from '@/lib/text/unicode/text-warnings';
import { lineMarkup, linePrefix } from '../line-markup';

/** The most memory one process spends on the markup of files that are not being sent, in bytes. */
export const FILE_MARKUP_BYTES = 32 * 1024 * 1024;

// What an entry costs besides its markup.
const ENTRY_OVERHEAD_BYTES = 1_024;

/** The text of a file, ready for the page. Shared between requests: not to be written to. */
export interface FileMarkup {
  /** The HTML of its lines, as UTF-8: outside of the JavaScript heap, and not encoded again for each reader. */
  lines: Uint8Array;
  isColoured: boolean;
  /** Whether colours are missing for want of time, which another try may have: not to be stored. */
  isHurried: boolean;
  warnings: TextWarning[];
}

interface FilePlace {
  /** Of the file on its page, counted from 1. */
  number: number;
  /** See `lineShare`. */
  maxLines: number;
}

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
 * decided before. @throws AppError storage_unavailable
 */
export async function fileMarkup(file: FileRecord, { number, maxLines }: FilePlace): Promise<FileMarkup> {
  const { stored, running } = cache.get();
  const id = JSON.stringify([file.key, file.sha256, file.language, number, maxLines]);
  const known = stored.get(id) ?? running.get(id);
  if (known) return known;
  const { language } = file;
  const work = readFileText(file)
    .then((text) => renderLines(text, { language, number, maxLines }))
    .then((markup) => {
      if (!markup.isHurried) stored.set(id, markup);
      return markup;
    })
    .finally(() => running.delete(id));
  running.set(id, work);
  return work;
}

/** As `fileMarkup`, of a text that is read already; nothing is kept. */
export async function renderLines(
  text: string,
  { language, number, maxLines }: FilePlace & { language: string },
): Promise<FileMarkup> {
  const highlighted = await highlight({ text, language });
  const html = lineMarkup(highlighted, {
    prefix: linePrefix(number),
    endsInBreak: text.endsWith('\n') || text.endsWith('\r'),
    isDiff: language === 'diff',
    maxLines,
  });
  return {
    // Not a Buffer: a small one would keep the whole pool that it is cut from.
    lines: new TextEncoder().encode(markInvisible(html)),
    isColoured: highlighted.complete,
    isHurried: highlighted.hurried,
    warnings: await runInSlices(textWarnings(text)),
  };
}
