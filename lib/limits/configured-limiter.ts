import 'server-only';
import { env } from '../core/env';
import { perProcess } from '../core/per-process';
import type { Limiter } from './limiter';
import { openLater } from './open-later';
import { createPostgresLimiter } from './postgres';

const limiter = perProcess('limiter', chooseLimiter);

/** The limiter of this process: in Upstash where that is configured, else in Postgres. */
export function configuredLimiter(): Limiter {
  return limiter.get();
}

function chooseLimiter(): Limiter {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env();
  if (url === undefined || token === undefined) return createPostgresLimiter();
  return openLater(async () => (await import('./upstash')).createUpstashLimiter({ url, token }));
}
