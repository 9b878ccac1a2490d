import { analyse } from 'chardet';
import { IMPORT_ENCODINGS } from './import-reading';

export interface DecodedFile {
  text: string;
  label: string;
  certain: boolean;
  alternatives: readonly string[];
}

/** Enough for a detector. */
const SAMPLE = 64 * 1024;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const TAB = 0x09;

/**
 * Decodes a file as UTF-8 or, if it is not, as its BOM or its content says.
 * @param given a label of `IMPORT_ENCODINGS`, which is not checked against the content
 */
export function decodeFile(bytes: Uint8Array, given?: string): DecodedFile {
  const chosen = IMPORT_ENCODINGS.find((label) => label === given);
  if (chosen) {
    const text = decodeWith(new TextDecoder(chosen), bytes);
    return { text, label: chosen, certain: true, alternatives: othersThan(chosen, []) };
  }
  const unicode = utf16Label(bytes);
  if (unicode) return decodedAs(bytes, unicode, { certain: true, ranked: [] });
  const text = decodeUtf8(bytes) ?? decodeUtf8(mendFolds(bytes));
  if (text !== null) return { text, label: 'utf-8', certain: true, alternatives: othersThan('utf-8', []) };
  const ranked = rankEncodings(bytes.length > SAMPLE ? densest(bytes) : bytes);
  return decodedAs(bytes, ranked[0] ?? 'windows-1252', { certain: false, ranked });
}

/** What Windows has where Latin-1 has control characters: some versions of Node.js decode both alike. */
const WINDOWS_SIGNS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const FIRST_SIGN = 0x80;
const CONTROL_SIGNS = /[\x80-\x9f]/g;

/** Like the decoder's method, for all versions of Node.js. */
export function decodeWith(decoder: TextDecoder, bytes: Uint8Array, options?: TextDecodeOptions): string {
  const text = decoder.decode(bytes, options);
  if (decoder.encoding !== 'windows-1252') return text;
  return text.replace(CONTROL_SIGNS, (sign) => WINDOWS_SIGNS[sign.charCodeAt(0) - FIRST_SIGN] ?? sign);
}

/** The likeliest encoding of a text that is not UTF-8. */
export function guessEncoding(bytes: Uint8Array): string {
  return rankEncodings(bytes.subarray(0, SAMPLE))[0] ?? 'windows-1252';
}

function decodedAs(
  bytes: Uint8Array,
  label: string,
  { certain, ranked }: { certain: boolean; ranked: readonly string[] },
): DecodedFile {
  const text = isSingleByte(label) ? decodeMixed(bytes, label) : decodeWith(new TextDecoder(label), bytes);
  return { text, label, certain, alternatives: othersThan(label, ranked) };
}

function othersThan(label: string, ranked: readonly string[]): string[] {
  return [...new Set([...ranked, ...IMPORT_ENCODINGS])].filter((other) => other !== label);
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** By the BOM, or without one by the zeros of Latin letters. */
function utf16Label(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 2_048);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // Line breaks and separators are Latin in any language.
  const enough = Math.max(3, sample.length / 40);
  if (odd > enough && even <= odd / 20) return 'utf-16le';
  return even > enough && odd <= even / 20 ? 'utf-16be' : null;
}

/**
 * Moves folds of vCards that are within a character behind it. In UTF-8, a blank is never followed by the rest
 * of a character.
 */
function mendFolds(bytes: Uint8Array): Uint8Array {
  const mended = Uint8Array.from(bytes);
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    const blank = bytes[at + 1];
    if (blank !== BLANK && blank !== TAB) continue;
    let rest = at + 2;
    while (rest < at + 5 && isContinuation(bytes[rest])) rest += 1;
    const length = rest - (at + 2);
    if (length === 0) continue;
    const begin = bytes[at - 1] === CR ? at - 1 : at;
    mended.set(bytes.subarray(at + 2, rest), begin);
    mended.set(bytes.subarray(begin, at + 2), begin + length);
  }
  return mended;
}

function isContinuation(byte = 0): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

/** A file of several programs may have lines in UTF-8 and others. */
function decodeMixed(bytes: Uint8Array, label: string): string {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const other = new TextDecoder(label);
  const named = new Map<string, TextDecoder>();
  const lines: string[] = [];
  for (let begin = 0; begin < bytes.length; ) {
    const lf = bytes.indexOf(LF, begin);
    const end = lf === -1 ? bytes.length : lf + 1;
    const line = bytes.subarray(begin, end);
    begin = end;
    try {
      lines.push(utf8.decode(line));
    } catch {
      const text = decodeWith(other, line);
      const decoder = decoderOfLine(text, named);
      lines.push(decoder ? decodeWith(decoder, line) : text);
    }
  }
  return lines.join('');
}

/** Of a vCard line in the bytes of its own character set. */
function decoderOfLine(text: string, named: Map<string, TextDecoder>): TextDecoder | null {
  const charset = /^[A-Z0-9.-]{1,40};[^:]{0,200}?CHARSET="?([A-Z0-9_-]{1,30})/i
    .exec(text)?.[1]
    ?.toLowerCase();
  if (charset === undefined || charset === 'utf-8') return null;
  const known = named.get(charset);
  if (known) return known;
  try {
    const decoder = new TextDecoder(charset);
    named.set(charset, decoder);
    return decoder;
  } catch {
    return null;
  }
}

const SINGLE_BYTE = [
  'windows-1252',
  'windows-1251',
  'macintosh',
  'koi8-r',
  'x-mac-cyrillic',
  'ibm866',
  'windows-1250',
];

function isSingleByte(label: string): boolean {
  return SINGLE_BYTE.includes(label);
}

/** The detector's names of encodings with several bytes per character. */
const DETECTED: Record<string, string> = {
  Shift_JIS: 'shift_jis',
  GB18030: 'gb18030',
  Big5: 'big5',
  'EUC-KR': 'euc-kr',
};
const CONFIDENT = 50;

/**
 * Encodings, the likeliest first. The detector knows neither MacRoman nor short texts: the encodings of one byte
 * per character are ranked by how much of a text their characters look like words.
 */
function rankEncodings(bytes: Uint8Array): string[] {
  const found = analyse(bytes).filter(({ confidence }) => confidence >= CONFIDENT);
  const multiByte = found
    .flatMap(({ name }) => DETECTED[name] ?? [])
    .filter((label) => canDecode(bytes, label));
  const scores = new Map(
    SINGLE_BYTE.map((label) => [label, scoreOf(decodeWith(new TextDecoder(label), bytes))]),
  );
  const singleByte = SINGLE_BYTE.toSorted((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0));
  return [...multiByte, ...singleByte];
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

/** Higher for text of common letters in words, lower for signs within words and for mixed scripts. */
function scoreOf(text: string): number {
  let score = 0;
  let count = 0;
  for (const { 0: character, index } of text.matchAll(NOT_ASCII)) {
    count += 1;
    const before = text[index - 1] ?? '';
    const after = text[index + 1] ?? '';
    score += scoreOfCharacter(character, before, after);
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

/** The part of a large file around its first bytes that are not ASCII. */
function densest(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  return bytes.subarray(Math.max(0, first - 256), first + SAMPLE);
}
