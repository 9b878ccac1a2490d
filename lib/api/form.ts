import { AppError } from '../core/errors';
import { FORM_LIMITS, FormMeter, readBoundary } from '../core/http/form-meter';
import { readBytes } from './body';
import type { ApiContext } from './context';
import { type FormPart, malformedForm, readPart } from './form-part';

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
  if (boundary === null) throw malformedForm('Content-Type names no boundary, or several.');
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
  if (!meter.isForm) throw malformedForm('The multipart body does not contain the boundary.');
  if (!meter.isClosed) throw malformedForm('The multipart body ends within a part.');
  return meter.ranges.map((range) => readPart(Buffer.from(body.buffer, body.byteOffset, body.length), range));
}
