import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../context';

const SHAPE = /^[\w=-]{1,64}$/;

/** Gives every request its id, and sends it back. */
export const identify: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const id = requestIdOf(c.req.header('x-request-id'));
  c.set('requestId', id);
  c.header('X-Request-Id', id);
  await next();
};

/** The id that the client gave its request, or a new one. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && SHAPE.test(given) ? given : randomUUID();
}
