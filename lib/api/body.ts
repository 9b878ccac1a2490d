import type { z } from '@hono/zod-openapi';
import { AppError, type FieldError } from '../errors';
import { MAX_TEXT_BYTES } from '../pastes/schema';
import type { ApiContext } from './context';

// A control character takes six bytes in JSON (\u001b); a text within the limit is never refused for its
// escapes. The rest is room for names, titles and multipart boundaries.
export const MAX_BODY_BYTES = MAX_TEXT_BYTES * 6 + 256 * 1024;
// A paste is a few strings. A large body of millions of empty objects or unknown fields would take seconds
// and hundreds of megabytes to be told so, and is not even parsed.
const COUNT_PARTS_ABOVE = 1024 * 1024;
const MAX_PARTS = 10_000;
const MAX_FAULTS_TOLD = 20;

/** The bytes received. @throws AppError unsupported_media_type (compressed), too_large */
export async function readBytes(c: ApiContext): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = c.req.header('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    throw new AppError('unsupported_media_type', { detail: 'Compressed request bodies are not accepted.' });
  }
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const announced = c.req.header('content-length');
  if (announced !== undefined && Number(announced) !== bytes.length) {
    throw new AppError('malformed_body', { detail: 'The body is not as long as Content-Length says.' });
  }
  return bytes;
}

/** @throws AppError validation_failed when the bytes are no UTF-8 */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AppError('validation_failed', { fields: [{ path, message: 'not_utf8' }] });
  }
}

/** @throws AppError unsupported_media_type, too_large, malformed_json, validation_failed */
export async function parseJson<S extends z.ZodType>(c: ApiContext, schema: S): Promise<z.output<S>> {
  if (mediaType(c) !== 'application/json') throw new AppError('unsupported_media_type');
  const bytes = await readBytes(c);
  if (bytes.length > COUNT_PARTS_ABOVE && hasManyParts(bytes)) {
    throw new AppError('validation_failed', { detail: 'This JSON has more parts than a paste can have.' });
  }
  const text = decodeText(bytes, '');
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new AppError('malformed_json');
  }
  return validate(schema, value);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PART_MARKS: ReadonlySet<number> = new Set([...'{[,:'].map((mark) => mark.charCodeAt(0)));

/** Whether JSON has more than `MAX_PARTS` objects, arrays and members, without parsing it. */
function hasManyParts(bytes: Uint8Array): boolean {
  let parts = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (PART_MARKS.has(byte)) {
      parts += 1;
      if (parts > MAX_PARTS) return true;
    }
  }
  return false;
}

/** The query, each parameter at most once. @throws AppError validation_failed */
export function parseQuery<S extends z.ZodType>(c: ApiContext, schema: S): z.output<S> {
  const queries = c.req.queries();
  const repeated = Object.keys(queries).filter((name) => (queries[name]?.length ?? 0) > 1);
  if (repeated.length > 0) {
    throw new AppError('validation_failed', {
      fields: repeated.map((path) => ({ path, message: 'parameter_repeated' })),
    });
  }
  return validate(schema, c.req.query());
}

/** @throws AppError validation_failed, with every fault */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('validation_failed', {
    fields: parsed.error.issues.slice(0, MAX_FAULTS_TOLD).flatMap(toFieldErrors).slice(0, MAX_FAULTS_TOLD),
  });
}

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MAX_FAULTS_TOLD).map((key) => ({
      path: [...issue.path, key].map(String).join('.'),
      message: 'field_unknown',
    }));
  }
  return [{ path: issue.path.map(String).join('.'), message: issue.message }];
}

/** The media type without parameters, lower-case; empty when none was sent. */
export function mediaType(c: ApiContext): string {
  return (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
