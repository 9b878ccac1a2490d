import { z } from 'zod';
import { AppError, type ErrorCode } from '../core/errors';
import type { Page } from '../core/pagination';
import type { ApiContext } from './context';
import { headersOf } from './openapi-headers';

// The answers that OpenAPI descriptions share. `openapi.ts` adds the headers that every answer has.

/** An error response with these codes. */
export const problemAnswer = (description: string, ...codes: ErrorCode[]) => ({
  description,
  content: {
    'application/problem+json': {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }], properties: { code: { enum: codes } } },
    },
  },
});
export const ok = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { 'application/json': { schema } },
});
/** Bytes that are no text. */
export const octets = (description: string) => ({
  'application/octet-stream': { schema: z.string().meta({ format: 'binary', description }) },
});
export const bytes = {
  description: 'The exact bytes',
  headers: headersOf('ETag', 'X-Robots-Tag?'),
  content: {
    'text/plain': { schema: z.string(), example: "console.log('hello')\n" },
    ...octets('The ciphertext of a secret paste: a file in the binary age v1 format.'),
  },
};
export const unchanged = {
  description: 'Not modified',
  headers: headersOf('ETag'),
};
export const notFound = problemAnswer('Not found, expired, deleted or not accessible', 'not_found');
export const invalid = problemAnswer('Validation failed; `errors` lists the fields', 'validation_failed');
export const unavailable = problemAnswer(
  'The database or the blob store is unavailable, or the server is overloaded',
  'database_unavailable',
  'storage_unavailable',
  'overloaded',
);
export const tooMany = problemAnswer('Too many requests', 'rate_limited');
export const unauthorized = problemAnswer(
  'Missing or invalid credentials; or this instance allows it for members only',
  'unauthorized',
  'members_only',
);
export const forbidden = problemAnswer(
  'Insufficient scope; or turned off on this instance, or beyond its quota',
  'insufficient_scope',
  'create_disabled',
  'feed_disabled',
  'invitation_required',
  'registration_closed',
  'quota_exceeded',
);
export const empty = (description: string) => ({ description });

/** The responses that every route of the versioned API can give. */
export const anyRoute = { 401: unauthorized, 403: forbidden, 429: tooMany, 503: unavailable };
/** The additional responses of routes that accept JSON. */
export const anyJson = {
  400: problemAnswer(
    'Malformed JSON, or a body that does not match its headers',
    'malformed_json',
    'malformed_body',
  ),
  413: problemAnswer('Too large', 'too_large'),
  415: problemAnswer('Not JSON, or compressed', 'unsupported_media_type'),
  422: invalid,
};
/** The additional responses of routes that store texts. */
export const anyText = {
  ...anyJson,
  413: problemAnswer('More than 4 MiB of text', 'too_large'),
  429: problemAnswer(
    'Too many requests; or, without an account, too many texts that promote links',
    'rate_limited',
    'link_spam_limited',
  ),
  507: problemAnswer('Too little space is left, or the instance is full', 'storage_full', 'instance_full'),
};
export const json = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
});

export const slugParams = z.object({ slug: z.string() });
export const idParams = z.object({ id: z.uuid() });
/** The number of a file or a revision, from 1. */
export const positionParam = z.string().meta({ type: 'integer', minimum: 1 });
export const ifNoneMatchHeader = z.object({
  'if-none-match': z
    .string()
    .optional()
    .meta({ description: 'ETags of cached versions; 304 if one is current.' }),
});
export const ifMatchHeader = z.object({
  'if-match': z
    .string()
    .optional()
    .meta({ description: 'The expected ETag; 412 if the current one differs.', example: '"1.1"' }),
});
export const editKeyHeader = z.object({
  'x-edit-key': z
    .string()
    .optional()
    .meta({ description: 'The edit key of a paste created without an account.' }),
});

export function slugOf(c: ApiContext): string {
  return c.req.param('slug') ?? '';
}

/** The `{id}` of the path. @throws AppError not_found if it is not a UUID */
export function idOf(c: ApiContext): string {
  const params = idParams.safeParse(c.req.param());
  if (!params.success) throw new AppError('not_found');
  return params.data.id.toLowerCase();
}

export function sendPage(c: ApiContext, page: Page<unknown>): Response {
  return c.json({ items: page.items, next_cursor: page.nextCursor });
}

const STREAM_ABOVE = 4_000_000;
const STREAM_CHUNK = 64 * 1024;

/** JSON, streamed where it is large: serverless hosts reject larger answers than 4.5 MB otherwise. */
export function sendJson(c: ApiContext, value: unknown): Response {
  const encoded = new TextEncoder().encode(JSON.stringify(value));
  c.header('Content-Type', 'application/json');
  c.header('Content-Length', String(encoded.length));
  if (encoded.length <= STREAM_ABOVE) return c.body(encoded);
  let offset = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(encoded.subarray(offset, offset + STREAM_CHUNK));
      offset += STREAM_CHUNK;
      if (offset >= encoded.length) controller.close();
    },
  });
  return c.body(stream);
}
