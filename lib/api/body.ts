import type { z } from '@hono/zod-openapi';
import { AppError, type FieldError } from '../errors';
import { MAX_TEXT_BYTES } from '../pastes/schema';
import type { ApiContext } from './context';

// In JSON a quote or a line feed takes two bytes, so a text within the limit is not refused for those; one
// of control characters (six bytes each) has to come as it is, not as JSON. More would let a body of empty
// objects fill the memory. The rest is room for names, titles and multipart boundaries.
export const MAX_BODY_BYTES = MAX_TEXT_BYTES * 2 + 256 * 1024;
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
  const text = decodeText(await readBytes(c), '');
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new AppError('malformed_json');
  }
  return validate(schema, value);
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
