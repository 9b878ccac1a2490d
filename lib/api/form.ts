import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Busboy } from '@fastify/busboy';
import { AppError } from '../core/errors';
import { FORM_LIMITS, FormMeter, readBoundary } from '../core/http/form-meter';
import { readBytes } from './body';
import type { ApiContext } from './context';

const PIECE_BYTES = 8 * 1024;
const PARSE_WITHIN_MS = 10_000;

/** One part of a form. Its bytes are as they were sent, whether it is a file or a text. */
export interface FormPart {
  name: string;
  /** Absent for a text. */
  fileName: string | undefined;
  content: Uint8Array;
}

/** Room for the headers and boundaries of `parts` parts around their contents, in bytes. */
export function formOverhead(parts: number): number {
  return (parts + 1) * FORM_LIMITS.partHeaderBytes;
}

/**
 * The parts of a `multipart/form-data` body, in their order. Parts and header bytes are counted while the
 * body arrives.
 * @throws AppError too_large (bytes, parts or headers), malformed_body, validation_failed (a name that is
 * not UTF-8), unsupported_media_type (compressed)
 */
export async function readForm(
  c: ApiContext,
  { maxBytes, maxParts }: { maxBytes: number; maxParts: number },
): Promise<FormPart[]> {
  const boundary = readBoundary(c.req.header('content-type') ?? '');
  if (boundary === null) throw unreadable('Content-Type names no boundary, or several.');
  const limits = {
    parts: maxParts,
    partHeaderBytes: FORM_LIMITS.partHeaderBytes,
    headerBytes: formOverhead(maxParts),
  };
  const meter = new FormMeter(boundary, limits);
  const body = await readBytes(c, {
    max: maxBytes,
    watch: (chunk) => {
      if (meter.add(chunk)) return;
      throw new AppError('too_large', {
        detail: `A form can have at most ${maxParts} parts, each with at most ${FORM_LIMITS.partHeaderBytes / 1024} KiB of headers.`,
      });
    },
  });
  if (!meter.isForm) throw unreadable('The multipart body does not contain the boundary.');
  if (meter.parts === 0) return [];
  const parts = await split(body, boundary);
  // The parser leaves out a part whose headers it cannot read.
  if (parts.length !== meter.parts) throw unreadable('A part has no readable Content-Disposition.');
  return parts;
}

async function split(body: Uint8Array<ArrayBuffer>, boundary: string): Promise<FormPart[]> {
  const parts: Promise<FormPart>[] = [];
  const parser = new Busboy({
    headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
    limits: { headerSize: FORM_LIMITS.partHeaderBytes },
    preservePath: true,
    // A text would be decoded, and what is not UTF-8 replaced.
    isPartAFile: () => true,
  });
  parser.on('file', (name, stream, fileName: string | undefined, encoding) => {
    const part = buffer(stream).then((content) => ({ ...readNames(name, fileName, encoding), content }));
    part.catch(() => {});
    parts.push(part);
  });
  try {
    await pipeline(inPieces(body), parser, { signal: AbortSignal.timeout(PARSE_WITHIN_MS) });
  } catch {
    throw unreadable('The multipart body cannot be read, or ends within a part.');
  }
  return Promise.all(parts);
}

/** Given more at once, the parser does not finish a part that it leaves out. */
async function* inPieces(body: Uint8Array<ArrayBuffer>): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) {
    await nextTurn();
    yield Buffer.from(body.buffer, body.byteOffset + at, Math.min(PIECE_BYTES, body.length - at));
  }
}

function readNames(
  name: string | undefined,
  fileName: string | undefined,
  encoding: string,
): Pick<FormPart, 'name' | 'fileName'> {
  if (!name) throw unreadable('A part has no name.');
  if (!['7bit', '8bit', 'binary'].includes(encoding)) {
    throw unreadable('A part has a Content-Transfer-Encoding, which forms may not use.');
  }
  return { name: decodeName(name), fileName: fileName === undefined ? undefined : decodeName(fileName) };
}

/** Browsers and curl escape these three characters, and no others, in names. */
const ESCAPED: Readonly<Record<string, string>> = { '%22': '"', '%0D': '\r', '%0A': '\n' };

function decodeName(name: string): string {
  // The parser decodes names with replacement characters.
  if (name.includes('\ufffd')) {
    throw new AppError('validation_failed', { fields: [{ path: 'files', message: 'not_utf8' }] });
  }
  return name.replace(/%(?:22|0D|0A)/gi, (triplet) => ESCAPED[triplet.toUpperCase()] ?? triplet);
}

function unreadable(detail: string): AppError {
  return new AppError('malformed_body', { detail });
}
