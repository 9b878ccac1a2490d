import { isUtf8 } from 'node:buffer';
import { type SlicedTask, Stride } from '../core/time-slicing';
import { BYTES_AT_ONCE, decodeInSteps } from './decode-bytes';
import { IMPORT_ENCODINGS } from './import-reading';
import { isSingleByte, rankEncodingsOfFile } from './rank-encodings';

export interface DecodedFile {
  text: string;
  label: string;
  certain: boolean;
  alternatives: readonly string[];
}

const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const TAB = 0x09;

/**
 * Decodes a file as UTF-8 or, if it is not, as its BOM or its content says.
 * @param given a label of `IMPORT_ENCODINGS`, which is not checked against the content
 */
export function* decodeFile(bytes: Uint8Array, given?: string): SlicedTask<DecodedFile> {
  const chosen = IMPORT_ENCODINGS.find((label) => label === given);
  if (chosen) {
    const text = yield* decodeInSteps(new TextDecoder(chosen), bytes);
    return { text, label: chosen, certain: true, alternatives: othersThan(chosen, []) };
  }
  const unicode = utf16Label(bytes);
  if (unicode) return yield* decodedAs(bytes, unicode, { certain: true, ranked: [] });
  const utf8 = isUtf8(bytes) ? bytes : yield* mendFolds(bytes);
  if (isUtf8(utf8)) {
    const text = yield* decodeInSteps(new TextDecoder(), utf8);
    return { text, label: 'utf-8', certain: true, alternatives: othersThan('utf-8', []) };
  }
  const ranked = yield* rankEncodingsOfFile(bytes);
  return yield* decodedAs(bytes, ranked[0] ?? 'windows-1252', { certain: false, ranked });
}

function* decodedAs(
  bytes: Uint8Array,
  label: string,
  { certain, ranked }: { certain: boolean; ranked: readonly string[] },
): SlicedTask<DecodedFile> {
  const text = yield* isSingleByte(label)
    ? decodeMixed(bytes, label)
    : decodeInSteps(new TextDecoder(label), bytes);
  return { text, label, certain, alternatives: othersThan(label, ranked) };
}

function othersThan(label: string, ranked: readonly string[]): string[] {
  return [...new Set([...ranked, ...IMPORT_ENCODINGS])].filter((other) => other !== label);
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
function* mendFolds(bytes: Uint8Array): SlicedTask<Uint8Array> {
  const stride = new Stride();
  const mended = Uint8Array.from(bytes);
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if (stride.isOver(0)) yield;
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

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** A file of several programs may have lines in UTF-8 and others. */
function* decodeMixed(bytes: Uint8Array, label: string): SlicedTask<string> {
  const decoders: LineDecoders = { other: new TextDecoder(label), named: new Map() };
  let text = '';
  for (let begin = 0; begin < bytes.length; ) {
    const end = endOfLines(bytes, begin);
    const lines = bytes.subarray(begin, end);
    text += yield* isUtf8(lines) ? decodeInSteps(UTF8, lines) : decodeLines(lines, decoders);
    begin = end;
    yield;
  }
  return text;
}

/** The end of as many whole lines as are decoded at once, or of the one that is longer. */
function endOfLines(bytes: Uint8Array, begin: number): number {
  if (bytes.length - begin <= BYTES_AT_ONCE) return bytes.length;
  const last = bytes.lastIndexOf(LF, begin + BYTES_AT_ONCE - 1);
  const lf = last < begin ? bytes.indexOf(LF, begin) : last;
  return lf === -1 ? bytes.length : lf + 1;
}

interface LineDecoders {
  other: TextDecoder;
  /** By character set; null for one that is unknown. */
  named: Map<string, TextDecoder | null>;
}

/** Decodes successive lines together if they are of one kind: a decoder is slow to start. */
function* decodeLines(bytes: Uint8Array, decoders: LineDecoders): SlicedTask<string> {
  const stride = new Stride();
  const pieces: string[] = [];
  let decoder = UTF8;
  let begin = 0;
  for (let at = 0; at < bytes.length; ) {
    const lf = bytes.indexOf(LF, at);
    const end = lf === -1 ? bytes.length : lf + 1;
    const line = bytes.subarray(at, end);
    const next = isUtf8(line) ? UTF8 : (decoderOfLine(line, decoders.named) ?? decoders.other);
    // The state of other decoders may last beyond a line.
    const isMore = next === decoder && (next === UTF8 || next === decoders.other);
    if (!isMore && begin < at) {
      pieces.push(yield* decodeInSteps(decoder, bytes.subarray(begin, at)));
      begin = at;
    }
    decoder = next;
    at = end;
    if (stride.isOver(0)) yield;
  }
  pieces.push(yield* decodeInSteps(decoder, bytes.subarray(begin)));
  return pieces.join('');
}

/** All that is looked at to find the character set of a line. */
const MAX_HEAD_BYTES = 300;

/** Of a vCard line in the bytes of its own character set. */
function decoderOfLine(line: Uint8Array, named: Map<string, TextDecoder | null>): TextDecoder | null {
  const head = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, MAX_HEAD_BYTES));
  const charset = /^[A-Z0-9.-]{1,40};[^:]{0,200}?CHARSET="?([A-Z0-9_-]{1,30})/i
    .exec(head.toString('latin1'))?.[1]
    ?.toLowerCase();
  if (charset === undefined || charset === 'utf-8') return null;
  const known = named.get(charset);
  if (known !== undefined) return known;
  const decoder = decoderOf(charset);
  named.set(charset, decoder);
  return decoder;
}

function decoderOf(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset);
  } catch {
    return null;
  }
}
