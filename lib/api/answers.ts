import { z } from '@hono/zod-openapi';
import type { ApiContext } from './context';
import { problemSchema } from './problem';

// The answers that OpenAPI descriptions share.
export const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});
export const ok = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { 'application/json': { schema } },
});
export const bytes = { description: 'The exact bytes', content: { 'text/plain': { schema: z.string() } } };
export const notFound = problemAnswer('Absent, expired, deleted or not yours: one and the same');
export const invalid = problemAnswer('What is wrong, field by field');
export const unavailable = problemAnswer('Database or storage does not answer');
export const tooMany = problemAnswer('Past the limit');
export const unauthorized = problemAnswer('No credential');

export const slugParams = z.object({ slug: z.string() });
export const editKeyHeader = z.object({
  'x-edit-key': z.string().optional().meta({ description: 'What an anonymous author was given.' }),
});

export function slugOf(c: ApiContext): string {
  return c.req.param('slug') ?? '';
}

const STREAM_ABOVE = 4_000_000;
const STREAM_CHUNK = 64 * 1024;

/** JSON, streamed where it is large: serverless hosts refuse an answer over 4.5 MB otherwise. */
export function sendJson(c: ApiContext, value: unknown): Response {
  const encoded = new TextEncoder().encode(JSON.stringify(value));
  c.header('Content-Type', 'application/json');
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
