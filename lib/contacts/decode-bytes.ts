import { isAscii } from 'node:buffer';
import type { SlicedTask } from '../core/time-slicing';

/** Takes about a millisecond in the slowest encodings. */
export const BYTES_AT_ONCE = 64 * 1024;

/** What Windows has where Latin-1 has control characters: some versions of Node.js decode both alike. */
const WINDOWS_SIGNS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const FIRST_SIGN = 0x80;
const WINDOWS = Uint16Array.from({ length: 256 }, (_, byte) => {
  const sign = WINDOWS_SIGNS[byte - FIRST_SIGN];
  return sign === undefined ? byte : sign.charCodeAt(0);
});
/** A call takes no more arguments than the stack has room for. */
const UNITS_AT_ONCE = 8 * 1024;

/** Like the decoder's method, for all versions of Node.js. */
export function decodeWith(decoder: TextDecoder, bytes: Uint8Array, options?: TextDecodeOptions): string {
  if (decoder.encoding !== 'windows-1252') return decoder.decode(bytes, options);
  let text = '';
  for (let begin = 0; begin < bytes.length; begin += UNITS_AT_ONCE) {
    const units = Uint16Array.from(bytes.subarray(begin, begin + UNITS_AT_ONCE));
    for (let at = 0; at < units.length; at += 1) units[at] = WINDOWS[units[at] ?? 0] ?? 0;
    text += String.fromCharCode(...units);
  }
  return text;
}

/** Decodes a whole text; the decoder can be used again. */
export function* decodeInSteps(decoder: TextDecoder, bytes: Uint8Array): SlicedTask<string> {
  if (bytes.length <= BYTES_AT_ONCE) return decodeWith(decoder, bytes);
  let text = '';
  for (let begin = 0; begin < bytes.length; begin += BYTES_AT_ONCE) {
    text += decodeWith(decoder, bytes.subarray(begin, begin + BYTES_AT_ONCE), { stream: true });
    yield;
  }
  return text + decoder.decode();
}

/** The index of the first byte that is not ASCII; -1 if there is none. */
export function firstNonAscii(bytes: Uint8Array): number {
  for (let begin = 0; begin < bytes.length; begin += BYTES_AT_ONCE) {
    const part = bytes.subarray(begin, begin + BYTES_AT_ONCE);
    if (!isAscii(part)) return begin + part.findIndex((byte) => byte >= FIRST_SIGN);
  }
  return -1;
}
