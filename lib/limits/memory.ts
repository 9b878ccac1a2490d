import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { consumeInTurn, counterByRule } from './counting';
import type { Limiter, LimitState } from './limiter';
import type { LimitRule } from './policies';

/** Counts in this process only: the fallback while the shared store does not answer. */
export function createMemoryLimiter(): Limiter {
  const counterFor = counterByRule(
    ({ points, seconds }) => new RateLimiterMemory({ points, duration: seconds, keyPrefix: String(seconds) }),
  );
  return {
    consume: (key, rules) => consumeInTurn(rules, (rule) => count(counterFor(rule), key, rule)),
    async forget(key, rule) {
      await counterFor(rule).delete(key);
    },
  };
}

async function count(
  counter: Pick<RateLimiterAbstract, 'consume'>,
  key: string,
  rule: LimitRule,
): Promise<LimitState> {
  try {
    return toState(await counter.consume(key), { rule, allowed: true });
  } catch (thrown) {
    // A reached limit is a result too.
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
