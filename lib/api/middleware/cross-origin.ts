import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { env } from '../../core/env';
import type { ApiEnv } from '../context';
import { HEADERS } from '../openapi-headers';

const REQUEST_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'X-Edit-Key',
  'X-Request-Id',
];
const PREFLIGHT_SECONDS = 600;

let answerOrigin: MiddlewareHandler<ApiEnv> | undefined;

/** Lets pages of the configured origins call the API; never with cookies, which the API ignores. */
export const crossOrigin: MiddlewareHandler<ApiEnv> = (c, next) => {
  // `cors` would copy the response twice to tell a caller without an origin what only pages of others need.
  if (c.req.header('origin') === undefined && c.req.method !== 'OPTIONS') {
    c.header('Vary', 'Origin');
    return next();
  }
  answerOrigin ??= cors({
    origin: env().CORS_ORIGINS,
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: REQUEST_HEADERS,
    exposeHeaders: Object.keys(HEADERS),
    maxAge: PREFLIGHT_SECONDS,
  });
  return answerOrigin(c, next);
};
