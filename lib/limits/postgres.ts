import 'server-only';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { pool } from '../db';
import type { Limiter } from './limiter';
import type { LimitRule } from './policies';

/** Counts in the `rate_limits` table; while Postgres does not answer, in this process's memory. */
export function createPostgresLimiter(): Limiter {
  const limiters = new Map<string, RateLimiterPostgres>();

  const limiterFor = ({ points, seconds }: LimitRule) => {
    const id = `${points}/${seconds}`;
    const existing = limiters.get(id);
    if (existing) return existing;
    const shape = { points, duration: seconds, keyPrefix: String(seconds) };
    const created = new RateLimiterPostgres({
      ...shape,
      storeClient: pool(),
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: new RateLimiterMemory(shape),
    });
    limiters.set(id, created);
    return created;
  };

  return {
    async consume(key, rule) {
      const outcome = await limiterFor(rule)
        .consume(key)
        .catch((thrown: unknown) => thrown);
      if (!(outcome instanceof RateLimiterRes)) throw outcome;
      return {
        ...rule,
        allowed: outcome.consumedPoints <= rule.points,
        remaining: Math.max(0, outcome.remainingPoints),
        reset: Math.max(0, Math.ceil(outcome.msBeforeNext / 1000)),
      };
    },
  };
}
