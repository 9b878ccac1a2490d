import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitState } from './limiter';
import type { LimitRule } from './policies';

/** Counts one event with the counter of `rule`. Throws the errors of the counter's store. */
export async function count(
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

/** One counter for each rule, created on first use. */
export function counterByRule<T>(create: (rule: LimitRule) => T): (rule: LimitRule) => T {
  const counters = new Map<string, T>();
  return (rule) => {
    const id = `${rule.points}/${rule.seconds}`;
    const counter = counters.get(id) ?? create(rule);
    counters.set(id, counter);
    return counter;
  };
}
