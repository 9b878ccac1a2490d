import { MAX_CELL_LENGTH } from './import-limits';

/** A property of a vCard as it stands in the file. */
export interface Property {
  name: string;
  /** In upper case: `TYPE=HOME`, or `HOME` alone in version 2.1. */
  params: string[];
  /** Null if it cannot be decoded in its character set. */
  value: string | null;
}

export interface Line {
  number: number;
  text: string;
}

/** Length of a name with its parameters, in UTF-16 units; later parameters are ignored. */
const MAX_HEAD_LENGTH = 4_096;
const LINES_AT_ONCE = 256;
/** An escape of three characters is a byte, and a character has at most four bytes. */
const MAX_ENCODED_LENGTH = 12 * MAX_CELL_LENGTH;

/**
 * Joins folded lines and soft line breaks of quoted-printable values. Null marks a point where the caller may
 * pause.
 */
export function* unfoldLines(text: string): Generator<Line | null> {
  let open: { number: number; pieces: string[]; isSoft: boolean } | null = null;
  let number = 0;
  for (const raw of splitLines(text)) {
    number += 1;
    if (number % LINES_AT_ONCE === 0) yield null;
    if (open?.isSoft) {
      open.isSoft = raw.endsWith('=');
      open.pieces.push(open.isSoft ? raw.slice(0, -1) : raw);
    } else if (open && /^[ \t]/.test(raw)) {
      open.pieces.push(raw.slice(1));
    } else {
      if (open) yield { number: open.number, text: open.pieces.join('') };
      const isSoft = raw.endsWith('=') && isQuotedPrintable(raw);
      open = { number, pieces: [isSoft ? raw.slice(0, -1) : raw], isSoft };
    }
  }
  if (open) yield { number: open.number, text: open.pieces.join('') };
}

function isQuotedPrintable(line: string): boolean {
  return /;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(line.slice(0, MAX_HEAD_LENGTH).split(':', 1)[0] ?? '');
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

/** @param decoders a cache by character set, because a `TextDecoder` is costly to create */
export function readProperty(line: string, decoders: Map<string, TextDecoder | null>): Property | null {
  const colon = endOfHead(line);
  if (colon < 0) return null;
  const [path = '', ...params] = line.slice(0, Math.min(colon, MAX_HEAD_LENGTH)).toUpperCase().split(';');
  const name = path.slice(path.lastIndexOf('.') + 1).trim();
  return { name, params, value: decodeValue(line.slice(colon + 1), { params, decoders }) };
}

/** Index of the first colon outside of quotes; of the first colon if a quote is unclosed. */
function endOfHead(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === ':' && !isQuoted) return at;
  }
  return line.indexOf(':');
}

function decodeValue(
  value: string,
  { params, decoders }: { params: readonly string[]; decoders: Map<string, TextDecoder | null> },
): string | null {
  if (!params.some((param) => /^(?:ENCODING=)?(?:QUOTED-PRINTABLE|Q)$/.test(param.trim()))) return value;
  const named = params.find((param) => param.startsWith('CHARSET='))?.slice('CHARSET='.length) ?? 'UTF-8';
  const charset = named.replaceAll('"', '').trim();
  const known = decoders.get(charset);
  const decoder = known === undefined ? decoderOf(charset) : known;
  if (known === undefined) decoders.set(charset, decoder);
  // A cut value may end within a character, which leaves state in the decoder.
  const isCut = value.length > MAX_ENCODED_LENGTH;
  if (isCut) decoders.delete(charset);
  try {
    const bytes = decodeQuotedPrintable(value.slice(0, MAX_ENCODED_LENGTH));
    return decoder?.decode(bytes, { stream: isCut }) ?? null;
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
    const [high, low] = code === EQUALS_SIGN ? [hexOf(bytes[at + 1]), hexOf(bytes[at + 2])] : [-1, -1];
    const isEscape = high >= 0 && low >= 0;
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
