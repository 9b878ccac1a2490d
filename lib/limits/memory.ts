import { RateLimiterMemory } from 'rate-limiter-flexible';
import { count, counterByRule } from './counting';
import type { Limiter } from './limiter';

/** Counts in this process only: the fallback while the shared store does not answer. */
export function createMemoryLimiter(): Limiter {
  const counterFor = counterByRule(
    ({ points, seconds }) => new RateLimiterMemory({ points, duration: seconds, keyPrefix: String(seconds) }),
  );
  return {
    consume: (key, rule) => count(counterFor(rule), key, rule),
    async forget(key, rule) {
      await counterFor(rule).delete(key);
    },
  };
}
