import 'server-only';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { pool } from '../db';
import type { Limiter, LimitState } from './limiter';
import type { LimitRule } from './policies';

/** A hanging Postgres must not use up the time that the request itself has, nor cost it more than once. */
const ANSWER_WITHIN_MS = 1_000;
const TRUST_AGAIN_AFTER_MS = 5_000;

type Counter = RateLimiterPostgres | RateLimiterMemory;

/** Counts in the `rate_limits` table; while Postgres does not answer, in this process's memory. */
export function createPostgresLimiter(): Limiter {
  const counters = new Map<string, { stored: Counter; remembered: Counter }>();
  let distrustedUntil = 0;

  const countersFor = ({ points, seconds }: LimitRule) => {
    const id = `${points}/${seconds}`;
    const existing = counters.get(id);
    if (existing) return existing;
    const shape = { points, duration: seconds, keyPrefix: String(seconds) };
    const stored = new RateLimiterPostgres({
      ...shape,
      storeClient: pool(),
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      inMemoryBlockOnConsumed: points + 1,
    });
    const created = { stored, remembered: new RateLimiterMemory(shape) };
    counters.set(id, created);
    return created;
  };

  return {
    async consume(key, rule) {
      const { stored, remembered } = countersFor(rule);
      if (performance.now() < distrustedUntil) return count(remembered, key, rule);
      try {
        return await within(ANSWER_WITHIN_MS, count(stored, key, rule));
      } catch {
        distrustedUntil = performance.now() + TRUST_AGAIN_AFTER_MS;
        return count(remembered, key, rule);
      }
    },
  };
}

async function count(counter: Counter, key: string, rule: LimitRule): Promise<LimitState> {
  try {
    return toState(await counter.consume(key), { rule, allowed: true });
  } catch (thrown) {
    // A refusal is a result too; one that is remembered from before counts no points.
    if (thrown instanceof RateLimiterRes) return toState(thrown, { rule, allowed: false });
    throw thrown;
  }
}

function toState(
  result: RateLimiterRes,
  { rule, allowed }: { rule: LimitRule; allowed: boolean },
): LimitState {
  return {
    ...rule,
    allowed,
    remaining: Math.max(0, result.remainingPoints),
    reset: Math.max(0, Math.ceil(result.msBeforeNext / 1000)),
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
