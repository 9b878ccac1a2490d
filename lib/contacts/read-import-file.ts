import { readCsv } from './csv';
import type { ImportEntry } from './import-entry';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ENTRIES } from './import-limits';
import type { ImportOptions, ImportReading } from './import-reading';
import { isVcard, readVcards } from './read-vcards';
import type { SlicedTask } from './time-slicing';

/** Why a file is refused as a whole. */
export type ImportRefusal = 'missing' | 'tooLarge' | 'tooMany' | 'encoding' | 'unknown' | 'empty' | 'full';

export type ImportFile = ImportReading | { refusal: ImportRefusal };

/**
 * Reads a vCard or CSV file; the format is detected by its content.
 * @param options what the user has decided after a first reading
 */
export function* readImportFile(bytes: Uint8Array, _options: ImportOptions = {}): SlicedTask<ImportFile> {
  if (bytes.length === 0) return { refusal: 'missing' };
  if (bytes.length > MAX_IMPORT_BYTES) return { refusal: 'tooLarge' };
  const text = decode(bytes);
  if (text === null || text.includes('\0')) return { refusal: 'encoding' };
  const entries: ImportEntry[] | null = yield* isVcard(text) ? readVcards(text) : readCsv(text);
  if (entries === null) return { refusal: 'unknown' };
  if (entries.length === 0) return { refusal: 'empty' };
  if (entries.length > MAX_IMPORT_ENTRIES) return { refusal: 'tooMany' };
  return {
    format: isVcard(text) ? 'vcard' : 'csv',
    encoding: { label: encodingOf(bytes), certain: true, alternatives: [] },
    columns: [],
    datesAmbiguous: false,
    entries,
    problems: [],
  };
}

/** Decodes UTF-8, or UTF-16 with a BOM, without the BOM. Null for other encodings. */
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
