import { LRUCache } from 'lru-cache';
import { perProcess } from '../../core/per-process';
import { type HighlightedText, highlight } from './highlight';

const STORED_BYTES_MAX = 32 * 1024 * 1024;
const ENTRY_BYTES_MAX = STORED_BYTES_MAX / 4;

interface HighlightCache {
  readonly stored: LRUCache<string, HighlightedText>;
  readonly running: Map<string, Promise<HighlightedText>>;
}

const cache = perProcess<HighlightCache>('highlight-cache', () => ({
  stored: new LRUCache({
    maxSize: STORED_BYTES_MAX,
    maxEntrySize: ENTRY_BYTES_MAX,
    sizeCalculation: bytesOf,
  }),
  running: new Map(),
}));

/** Memory of the markup: V8 keeps a string at one byte a character if all of them are Latin-1. */
function bytesOf({ blocks }: HighlightedText): number {
  return blocks.reduce((sum, block) => sum + 64 + block.length * (/[^\0-\xff]/.test(block) ? 2 : 1), 256);
}

/**
 * Highlights a body once while it stays in memory. `key` names a body that never changes, such as its
 * blob key; the reader's permission is the caller's business.
 */
export function highlightCached({
  key,
  text,
  language,
}: {
  readonly key: string;
  readonly text: string;
  readonly language: string;
}): Promise<HighlightedText> {
  const { stored, running } = cache.get();
  const id = `${key}:${language}`;
  const known = stored.get(id);
  if (known) return Promise.resolve(known);

  const shared = running.get(id);
  if (shared) return shared;

  const work = highlight({ text, language })
    .then((result) => {
      if (!result.hurried) stored.set(id, result);
      return result;
    })
    .finally(() => running.delete(id));
  running.set(id, work);
  return work;
}
