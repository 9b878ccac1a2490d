import { type BookEntry, MAX_BOOK_BYTES, MAX_BOOK_ENTRIES } from './book-entry';
import { readCsv } from './csv';
import { isVcard, readVcards } from './read-vcards';
import type { Steps } from './steps';

/** Why nothing of a file can be taken. */
export type BookRefusal = 'missing' | 'tooLarge' | 'tooMany' | 'encoding' | 'unknown' | 'empty' | 'full';

export type ReadBook = { entries: BookEntry[] } | { refusal: BookRefusal };

/** Everybody in a file of vCards or of separated values, which of them its first words tell. */
export function* readBook(bytes: Uint8Array): Steps<ReadBook> {
  if (bytes.length === 0) return { refusal: 'missing' };
  if (bytes.length > MAX_BOOK_BYTES) return { refusal: 'tooLarge' };
  const text = decode(bytes);
  if (text === null || text.includes('\0')) return { refusal: 'encoding' };
  const entries: BookEntry[] | null = yield* isVcard(text) ? readVcards(text) : readCsv(text);
  if (entries === null) return { refusal: 'unknown' };
  if (entries.length === 0) return { refusal: 'empty' };
  return entries.length > MAX_BOOK_ENTRIES ? { refusal: 'tooMany' } : { entries };
}

/** UTF-8, or UTF-16 that says so by its mark, which is left out. Null for anything else. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
