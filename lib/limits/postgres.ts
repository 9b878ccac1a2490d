import 'server-only';
import type pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { pool } from '../core/db';
import { env } from '../core/env';
import { count, counterByRule } from './counting';
import { withMemoryFallback } from './fallback-limiter';
import type { Limiter } from './limiter';

/** A hanging Postgres must not use up the time that the request itself has. */
const ANSWER_WITHIN_MS = 1_000;

/** Counts in the `rate_limits` table; while Postgres does not answer, in this process's memory. */
export function createPostgresLimiter(): Limiter {
  const counterFor = counterByRule(
    ({ points, seconds }) =>
      new RateLimiterPostgres({
        points,
        duration: seconds,
        keyPrefix: String(seconds),
        storeClient: { query },
        storeType: 'client',
        tableName: 'rate_limits',
        tableCreated: true,
        clearExpiredByTimeout: false,
      }),
  );
  const stored: Limiter = {
    consume: (key, rule) => count(counterFor(rule), key, rule),
    async forget(key, rule) {
      await counterFor(rule).delete(key);
    },
  };
  return withMemoryFallback(stored, { storeName: 'Postgres', answerWithinMs: ANSWER_WITHIN_MS });
}

/** The library names its statements, which a transaction-mode pooler cannot keep. */
function query({ name, text, values }: pg.QueryConfig): Promise<pg.QueryResult> {
  return pool().query(env().DATABASE_POOLED ? { text, values } : { name, text, values });
}
