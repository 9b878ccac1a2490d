import { type SlicedTask, Stride } from '../core/time-slicing';
import { decodeFile } from './import-encoding';
import { nameOfEntry } from './import-entry';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ENTRIES } from './import-limits';
import type { ImportOptions, ImportProblem, ImportReading } from './import-reading';
import { isRounded } from './phone-numbers';
import { readCsv } from './read-csv';
import { isVcard, readVcards } from './read-vcards';

/** Why a file is refused as a whole. */
export type ImportRefusal = 'missing' | 'tooLarge' | 'tooMany' | 'encoding' | 'unknown' | 'empty' | 'full';

export type ImportFile = ImportReading | { refusal: ImportRefusal };

/** A file with more is not text; some phones write a few. */
const MAX_ZEROS = 0.01;

/** JSON, XML, HTML and LDIF: address books of other kinds, which have email addresses too. */
const OTHER_KIND = /^\s*(?:[[{<]|dn::? |version: ?1\s+dn::? )/i;

/**
 * Reads a vCard or CSV file; the format is detected by its content.
 * @param options what the user has decided after a first reading
 */
export function* readImportFile(bytes: Uint8Array, options: ImportOptions = {}): SlicedTask<ImportFile> {
  if (bytes.length === 0) return { refusal: 'missing' };
  if (bytes.length > MAX_IMPORT_BYTES) return { refusal: 'tooLarge' };
  const { text: decoded, ...encoding } = yield* decodeFile(bytes, options.encoding);
  const bare = yield* replaceAll(decoded, '\0', '');
  if (decoded.length - bare.length > decoded.length * MAX_ZEROS) return { refusal: 'encoding' };
  // Text that was converted twice has two carriage returns at each line break.
  const marked = yield* replaceAll(bare, '\r\r\n', '\r\n');
  const text = marked.startsWith('\uFEFF') ? marked.slice(1) : marked;
  if (OTHER_KIND.test(text.slice(0, 1_024))) return { refusal: 'unknown' };
  const isCards = isVcard(text);
  const read = isCards
    ? { columns: [], ...(yield* readVcards(text, options)) }
    : yield* readCsv(text, options);
  if (read === null) return { refusal: 'unknown' };
  if (read.entries.length === 0) return { refusal: 'empty' };
  if (read.entries.length > MAX_IMPORT_ENTRIES) return { refusal: 'tooMany' };
  const rounded: ImportProblem[] = [];
  const stride = new Stride();
  for (const entry of read.entries) {
    const { line, fields } = entry;
    if (fields.phones.some(isRounded))
      rounded.push({ line, name: nameOfEntry(entry), reason: 'phone_rounded' });
    if (stride.isOver(32 * fields.phones.length)) yield;
  }
  const problems = [...read.problems, ...rounded].sort((one, other) => one.line - other.line);
  return { format: isCards ? 'vcard' : 'csv', encoding, ...read, problems };
}

const REPLACED_AT_ONCE = 64 * 1024;

/** Like the method of strings, in steps. @param sought of which no end is its beginning */
function* replaceAll(text: string, sought: string, replacement: string): SlicedTask<string> {
  let replaced = '';
  for (let begin = 0; begin < text.length; ) {
    let end = Math.min(text.length, begin + REPLACED_AT_ONCE);
    for (let ahead = 1; ahead < sought.length; ahead += 1) {
      if (text.startsWith(sought, end - ahead)) end += sought.length - ahead;
    }
    // The methods that replace leave a chain of as many strings as there are matches.
    replaced += text.slice(begin, end).split(sought).join(replacement);
    begin = end;
    yield;
  }
  return replaced;
}
