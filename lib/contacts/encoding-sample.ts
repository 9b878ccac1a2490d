import { firstNonAscii } from './decode-bytes';

const MAX_BYTES = 32;
/** Separators of cells and of vCard values; none of them is the second byte of a character in Big5 or Shift JIS. */
const SEPARATORS = new Set([...'\r\n\t,;:"'].map((character) => character.charCodeAt(0)));

/** The bytes of the first text that reads differently in different encodings; null if there is none. */
export function findEncodingSample(bytes: Uint8Array): Uint8Array | null {
  const first = firstNonAscii(bytes);
  if (first === -1) return null;
  let begin = first;
  while (begin > 0 && first - begin < MAX_BYTES / 2 && !SEPARATORS.has(bytes[begin - 1] ?? 0)) begin -= 1;
  let end = first;
  while (end < bytes.length && end - begin < MAX_BYTES && !SEPARATORS.has(bytes[end] ?? 0)) end += 1;
  return bytes.subarray(begin, end);
}
