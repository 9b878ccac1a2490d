import { type SlicedTask, Stride } from '../core/time-slicing';
import { decodeWith } from './decode-bytes';
import { MAX_CELL_LENGTH } from './import-limits';
import { guessEncoding } from './rank-encodings';

/** A property of a vCard as it stands in the file. */
export interface Property {
  /** `ITEM1` of `item1.URL`; empty for most properties. */
  group: string;
  name: string;
  /** In upper case: `TYPE=HOME`, or `HOME` alone in version 2.1. */
  params: string[];
  value: string;
  /** Whether its character set is unknown or wrong, so that the value is a guess. */
  isGuessed: boolean;
}

export interface Line {
  number: number;
  text: string;
}

/** Length of a name with its parameters, in UTF-16 units; later parameters are ignored. */
const MAX_HEAD_LENGTH = 4_096;
/** Where a colon is taken for the end of a head in spite of quotes. */
const MAX_QUOTED_HEAD = 64 * 1024;
const PIECES_AT_ONCE = 1_000;
/** A character has at most four bytes. */
const MAX_BYTES = 4 * MAX_CELL_LENGTH;
/** An escape of three characters is a byte. */
const MAX_ENCODED_LENGTH = 3 * MAX_BYTES;
/** Of a structured value: more than any standard property has. The last one is all that is left. */
const MAX_PARTS = 1_000;

interface OpenLine {
  number: number;
  pieces: string[];
  isSoft: boolean;
  isBase64: boolean;
}

/**
 * Joins folded lines and soft line breaks of quoted-printable values. Null marks a point where the caller may
 * pause.
 */
export function* unfoldLines(text: string): Generator<Line | null> {
  let open: OpenLine | null = null;
  let number = 0;
  // Version 2.1 folds at a blank, which is part of the text; later versions insert it.
  let isOldFold = false;
  const stride = new Stride();
  for (const physical of splitLines(text)) {
    number += 1;
    if (stride.isOver(Math.min(physical.length, MAX_HEAD_LENGTH))) yield null;
    for (const raw of splitGlued(physical)) {
      if (VERSION.test(raw)) isOldFold = VERSION_2.test(raw);
      if (open?.isSoft && !END.test(raw)) {
        open.isSoft = raw.endsWith('=');
        open.pieces.push(open.isSoft ? raw.slice(0, -1) : raw);
      } else if (open && /^[ \t]/.test(raw)) {
        open.pieces.push(isOldFold && !open.isBase64 ? raw : raw.slice(1));
      } else {
        if (open) yield { number: open.number, text: yield* joinPieces(open) };
        const isSoft = raw.endsWith('=') && isQuotedPrintable(raw);
        open = { number, pieces: [isSoft ? raw.slice(0, -1) : raw], isSoft, isBase64: isBase64(raw) };
      }
    }
  }
  if (open) yield { number: open.number, text: yield* joinPieces(open) };
}

const VERSION = /^VERSION:/i;
const VERSION_2 = /^VERSION:\s{0,1000}2/i;
const END = /^END:VCARD\s{0,1000}$/i;
/** Cards that are run together, as Nextcloud writes them. */
const GLUED = /^END:VCARD[ \t;,]{0,1000}(?=BEGIN:VCARD)/i;

function splitGlued(line: string): string[] {
  const bare = line.startsWith('\uFEFF') ? line.slice(1) : line;
  const glued = GLUED.exec(bare);
  return glued ? ['END:VCARD', bare.slice(glued[0].length)] : [bare];
}

/** Some programs fold quoted-printable values like others, with a blank that is not part of the text. */
function* joinPieces({ pieces }: OpenLine): Generator<null, string> {
  const [first = ''] = pieces;
  if (pieces.length === 1) return first;
  let isFoldedTwice = isQuotedPrintable(first);
  for (let at = 1; isFoldedTwice && at < pieces.length; at += 1) {
    isFoldedTwice = pieces[at]?.startsWith(' =') ?? false;
    if (at % PIECES_AT_ONCE === 0) yield null;
  }
  let text = first;
  for (let at = 1; at < pieces.length; at += PIECES_AT_ONCE) {
    const some = pieces.slice(at, at + PIECES_AT_ONCE);
    text += (isFoldedTwice ? some.map((piece) => piece.slice(1)) : some).join('');
    yield null;
  }
  return text;
}

function isQuotedPrintable(line: string): boolean {
  return /;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(headOf(line));
}

function isBase64(line: string): boolean {
  return /;(?:ENCODING=)?(?:BASE64|B)(?:;|$)/i.test(headOf(line));
}

function headOf(line: string): string {
  return line.slice(0, MAX_HEAD_LENGTH).split(':', 1)[0] ?? '';
}

/** Like `split(/\r\n|\n|\r/)`, as a generator. */
function* splitLines(text: string): Generator<string> {
  let begin = 0;
  let lf = text.indexOf('\n');
  let cr = text.indexOf('\r');
  while (lf !== -1 || cr !== -1) {
    const end = cr === -1 || (lf !== -1 && lf < cr) ? lf : cr;
    yield text.slice(begin, end);
    begin = end === cr && lf === end + 1 ? end + 2 : end + 1;
    if (lf !== -1 && lf < begin) lf = text.indexOf('\n', begin);
    if (cr !== -1 && cr < begin) cr = text.indexOf('\r', begin);
  }
  yield text.slice(begin);
}

/** What the values of a file need to be decoded. */
export interface ValueDecoders {
  /** By character set, because a `TextDecoder` is costly to create. */
  known: Map<string, TextDecoder | null>;
  /** For a value without a character set that is not UTF-8; detected by its bytes if undefined. */
  fallback?: string | undefined;
}

/** Null for a line that is not a property. Values are cut to `MAX_CELL_LENGTH`. */
export function* readProperty(line: string, decoders: ValueDecoders): SlicedTask<Property | null> {
  const colon = endOfHead(line);
  if (colon < 0) return null;
  const [path = '', ...params] = line.slice(0, Math.min(colon, MAX_HEAD_LENGTH)).toUpperCase().split(';');
  const dot = path.lastIndexOf('.');
  const group = path.slice(0, Math.max(0, dot)).trim();
  const name = path.slice(dot + 1).trim();
  const { value, isGuessed } = yield* decodeValue(line.slice(colon + 1), { params, decoders });
  return { group, name, params, value: value.slice(0, MAX_CELL_LENGTH), isGuessed };
}

/** Index of the first colon outside of quotes; of the first colon if a quote is unclosed. -1 if there is none. */
function endOfHead(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < Math.min(line.length, MAX_QUOTED_HEAD); at += 1) {
    const character = line[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === ':' && !isQuoted) return at;
  }
  return line.indexOf(':');
}

const QUOTED_PRINTABLE = /^(?:ENCODING=)?(?:QUOTED-PRINTABLE|Q)$/;
const BASE64 = /^(?:ENCODING=)?(?:BASE64|B)$/;

function* decodeValue(
  value: string,
  { params, decoders }: { params: readonly string[]; decoders: ValueDecoders },
): SlicedTask<Pick<Property, 'value' | 'isGuessed'>> {
  const isOf = (encoding: RegExp) => params.some((param) => encoding.test(param.trim()));
  const encoded = value.slice(0, MAX_ENCODED_LENGTH);
  let whole: Uint8Array;
  if (isOf(QUOTED_PRINTABLE)) whole = decodeQuotedPrintable(encoded);
  else if (isOf(BASE64)) whole = Buffer.from(encoded, 'base64');
  else return { value, isGuessed: false };
  yield;
  const bytes = whole.subarray(0, MAX_BYTES);
  // A cut value may end within a character.
  const isCut = encoded.length < value.length || bytes.length < whole.length;
  const named = params.find((param) => param.startsWith('CHARSET='))?.slice('CHARSET='.length);
  const charset = named?.replaceAll('"', '').trim() ?? 'UTF-8';
  const text = decodeAs(bytes, { charset: ALIASES[charset] ?? charset, isCut, decoders });
  if (text !== null) return { value: text, isGuessed: false };
  const guess = decoders.fallback ?? (yield* guessEncoding(bytes));
  return { value: decodeWith(new TextDecoder(guess), bytes), isGuessed: true };
}

/** Names of character sets that the standard does not know. */
const ALIASES: Record<string, string> = { ANSI: 'windows-1252', MACROMAN: 'macintosh', CP866: 'ibm866' };

function decodeAs(
  bytes: Uint8Array,
  { charset, isCut, decoders }: { charset: string; isCut: boolean; decoders: ValueDecoders },
): string | null {
  const known = decoders.known.get(charset);
  const decoder = known === undefined ? decoderOf(charset) : known;
  // Decoding a cut value leaves state in the decoder.
  if (isCut) decoders.known.delete(charset);
  else if (known === undefined) decoders.known.set(charset, decoder);
  try {
    return decoder && decodeWith(decoder, bytes, { stream: isCut });
  } catch {
    return null;
  }
}

function decoderOf(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return null;
  }
}

const EQUALS_SIGN = 0x3d;

function decodeQuotedPrintable(value: string): Uint8Array {
  const bytes = Buffer.from(value, 'utf8');
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes[at] ?? 0;
    const high = code === EQUALS_SIGN ? hexOf(bytes[at + 1]) : -1;
    const low = high < 0 ? -1 : hexOf(bytes[at + 2]);
    const isEscape = low >= 0;
    bytes[length] = isEscape ? high * 16 + low : code;
    length += 1;
    if (isEscape) at += 2;
  }
  return bytes.subarray(0, length);
}

/** The value of a hexadecimal digit; -1 for other characters. */
function hexOf(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/**
 * The parts of a structured value, in a list with blanks for commas. In version 2.1, only the semicolon is
 * escaped.
 */
export function splitParts(value: string, { isList = false } = {}): string[] {
  const found = [''];
  for (const [part] of value.matchAll(/\\[\s\S]|[^;\\]+|[;\\]/g)) {
    if (part === ';' && found.length < MAX_PARTS) found.push('');
    else found[found.length - 1] += isList ? part.replace(/,(?!\s|$)/g, ' ') : part;
  }
  return found.map(unescapeText);
}

export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\s\S])/g, (_, character: string) =>
    character === 'n' || character === 'N' ? '\n' : character,
  );
}
