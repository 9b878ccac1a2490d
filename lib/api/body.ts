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
// Everything but a text is a few words.
const MAX_WORDS_BYTES = 64 * 1024;
const RECEIVE_WITHIN_MS = 60_000;

/**
 * The bytes received, of which no more than `max` are read.
 * @throws AppError unsupported_media_type (compressed), too_large, malformed_body
 */
export async function readBytes(
  c: ApiContext,
  { max = MAX_BODY_BYTES } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = c.req.header('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    throw new AppError('unsupported_media_type', { detail: 'Compressed request bodies are not accepted.' });
  }
  const announced = c.req.header('content-length');
  if (announced !== undefined && Number(announced) > max) throw tooLarge(max);
  const bytes = await receive(c, max);
  if (announced !== undefined && Number(announced) !== bytes.length) {
    throw new AppError('malformed_body', { detail: 'The body is not as long as Content-Length says.' });
  }
  return bytes;
}

/** Counts what comes in, whatever was announced, and waits for no more once there is too much. */
async function receive(c: ApiContext, max: number): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = c.req.raw;
  if (!body) return new Uint8Array();
  const slow = new AppError('malformed_body', { detail: 'The body did not arrive in time.' });
  const deadline = AbortSignal.timeout(RECEIVE_WITHIN_MS);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  const cancel = () => void reader.cancel(slow).catch(() => {});
  deadline.addEventListener('abort', cancel);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > max) throw tooLarge(max);
      chunks.push(next.value);
    }
  } finally {
    deadline.removeEventListener('abort', cancel);
  }
  if (deadline.aborted) throw slow;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function tooLarge(max: number): AppError {
  if (max === MAX_BODY_BYTES) return new AppError('too_large');
  return new AppError('too_large', { detail: `The body may be ${max / 1024} KiB at most.` });
}

/** @throws AppError validation_failed when the bytes are no UTF-8 */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AppError('validation_failed', { fields: [{ path, message: 'not_utf8' }] });
  }
}

/** @throws AppError unsupported_media_type, too_large, malformed_json, malformed_body, validation_failed */
export async function parseJson<S extends z.ZodType>(
  c: ApiContext,
  schema: S,
  { max = MAX_WORDS_BYTES } = {},
): Promise<z.output<S>> {
  if (mediaType(c) !== 'application/json') throw new AppError('unsupported_media_type');
  const bytes = await readBytes(c, { max });
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
