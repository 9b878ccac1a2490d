import 'server-only';
import { env } from '../core/env';
import type { Limiter } from './limiter';
import { createPostgresLimiter } from './postgres';
import { createUpstashLimiter } from './upstash';

// On globalThis, because Next bundles this module more than once into one process, and what is counted in
// memory must be counted once.
const globals = globalThis as typeof globalThis & { sheafLimiter?: Limiter };

/** The limiter of this process: in Upstash where that is configured, else in Postgres. */
export function configuredLimiter(): Limiter {
  globals.sheafLimiter ??= chooseLimiter();
  return globals.sheafLimiter;
}

function chooseLimiter(): Limiter {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env();
  if (url === undefined || token === undefined) return createPostgresLimiter();
  return createUpstashLimiter({ url, token });
}
