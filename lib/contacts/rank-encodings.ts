import { big5, euc_kr, gb_18030, sjis } from 'chardet/lib/encoding/mbcs.js';
import type { SlicedTask } from '../core/time-slicing';
import { decodeWith, firstNonAscii } from './decode-bytes';

/** Enough for a detector. */
const SAMPLE = 64 * 1024;
/** Of a value. */
const VALUE_SAMPLE = 16 * 1024;

const SINGLE_BYTE = [
  'windows-1252',
  'windows-1251',
  'macintosh',
  'koi8-r',
  'x-mac-cyrillic',
  'ibm866',
  'windows-1250',
].map((label) => ({ label, decoder: new TextDecoder(label) }));

export function isSingleByte(label: string): boolean {
  return SINGLE_BYTE.some((one) => one.label === label);
}

/** The likeliest encoding of a text that is not UTF-8. */
export function* guessEncoding(bytes: Uint8Array): SlicedTask<string> {
  const [best = 'windows-1252'] = yield* rankEncodings(bytes.subarray(0, VALUE_SAMPLE));
  return best;
}

/** The encodings of a file, the likeliest first, by what is around its first bytes that are not ASCII. */
export function rankEncodingsOfFile(bytes: Uint8Array): SlicedTask<string[]> {
  if (bytes.length <= SAMPLE) return rankEncodings(bytes);
  const first = firstNonAscii(bytes);
  return rankEncodings(bytes.subarray(Math.max(0, first - 256), first + SAMPLE));
}

/** The detectors of encodings with several bytes per character: the package has no function that runs only these. */
const MULTI_BYTE = [
  { label: 'shift_jis', detector: new sjis() },
  { label: 'big5', detector: new big5() },
  { label: 'euc-kr', detector: new euc_kr() },
  { label: 'gb18030', detector: new gb_18030() },
];
const CONFIDENT = 50;

/**
 * Encodings, the likeliest first. The detector knows neither MacRoman nor short texts: the encodings of one byte
 * per character are ranked by how much of a text their characters look like words.
 */
function* rankEncodings(bytes: Uint8Array): SlicedTask<string[]> {
  const context = {
    rawInput: bytes,
    rawLen: bytes.length,
    inputBytes: bytes,
    inputLen: bytes.length,
    // Only other detectors use these.
    byteStats: [],
    c1Bytes: false,
  };
  const found: { label: string; confidence: number }[] = [];
  for (const { label, detector } of MULTI_BYTE) {
    const confidence = detector.match(context)?.confidence ?? 0;
    yield;
    if (confidence >= CONFIDENT && canDecode(bytes, label)) found.push({ label, confidence });
  }
  const scored: { label: string; score: number }[] = [];
  for (const { label, decoder } of SINGLE_BYTE) {
    scored.push({ label, score: yield* scoreOf(decodeWith(decoder, bytes)) });
    yield;
  }
  return [
    ...found.sort((one, other) => other.confidence - one.confidence),
    ...scored.sort((one, other) => other.score - one.score),
  ].map(({ label }) => label);
}

function canDecode(bytes: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const NOT_ASCII = /[^\0-\x7f]/g;
const COMMON_LATIN = /[àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœÀÁÂÄÅÆÇÈÉÊÍÎÑÓÔÖØÚÜ]/;
const CYRILLIC_LOWER = /[а-яё]/;
const CYRILLIC = /[А-Яа-яЁё]/;
const LETTER = /\p{L}/u;
const USUAL_SIGN = /[\u00a0«»„“”‘’–—…№°€§]/;

const SCORED_AT_ONCE = 1_000;

/** Higher for text of common letters in words, lower for signs within words and for mixed scripts. */
function* scoreOf(text: string): SlicedTask<number> {
  let score = 0;
  let count = 0;
  for (const { 0: character, index } of text.matchAll(NOT_ASCII)) {
    count += 1;
    const before = text[index - 1] ?? '';
    const after = text[index + 1] ?? '';
    score += scoreOfCharacter(character, before, after);
    if (count % SCORED_AT_ONCE === 0) yield;
  }
  return count === 0 ? 0 : score / count;
}

function scoreOfCharacter(character: string, before: string, after: string): number {
  const isInWord = LETTER.test(before) || LETTER.test(after);
  if (CYRILLIC.test(character)) {
    if (/[A-Za-z]/.test(before + after)) return -2;
    const isUpperInside = !CYRILLIC_LOWER.test(character) && CYRILLIC_LOWER.test(before);
    if (isUpperInside) return -1.5;
    return (CYRILLIC_LOWER.test(character) ? 1 : 0.6) + (CYRILLIC.test(before + after) ? 0.3 : -0.5);
  }
  if (COMMON_LATIN.test(character)) {
    // Words are not made of accented letters only.
    if (COMMON_LATIN.test(before) && COMMON_LATIN.test(after)) return -1;
    const isUpperInside = character !== character.toLowerCase() && /\p{Ll}/u.test(before);
    return isUpperInside ? -1 : 1;
  }
  if (USUAL_SIGN.test(character))
    return LETTER.test(before) && LETTER.test(after) && !/[’‘]/.test(character) ? -1 : 0.5;
  if (LETTER.test(character)) return /\p{Script=Latin}/u.test(character) ? 0.2 : -0.5;
  return isInWord ? -1 : -0.3;
}
