import 'server-only';
import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis';
import { consumeInTurn, counterByRule } from './counting';
import { withMemoryFallback } from './fallback-limiter';
import type { Limiter } from './limiter';
import type { LimitRule } from './policies';

const ANSWER_WITHIN_MS = 300;
/** Ends the requests of a store that hangs. Longer, because it also counts time in which this process was busy. */
const ABORT_AFTER_MS = 3_000;

interface Account {
  url: string;
  token: string;
}

function connect({ url, token }: Account): Redis {
  return new Redis({
    url,
    token,
    retry: false,
    enableTelemetry: false,
    // As a function: with a signal itself, the client returns a response for an aborted request.
    signal: () => AbortSignal.timeout(ABORT_AFTER_MS),
  });
}

/** Resolves when the store answers, and accepts the token. */
export async function pingUpstash(account: Account): Promise<void> {
  await connect(account).ping();
}

/** Counts in Upstash Redis; while it does not answer, in this process's memory. */
export function createUpstashLimiter(account: Account): Limiter {
  const redis = connect(account);
  const counterFor = counterByRule(
    ({ points, seconds }) =>
      new Ratelimit({
        redis,
        limiter: Ratelimit.fixedWindow(points, `${seconds} s`),
        prefix: prefixFor({ points, seconds }),
        timeout: ABORT_AFTER_MS,
        ephemeralCache: false,
        analytics: false,
        enableTelemetry: false,
      }),
  );
  const stored: Limiter = {
    consume: (key, rules) =>
      consumeInTurn(rules, async (rule) => {
        const { success, remaining, reset, reason } = await counterFor(rule).limit(key);
        if (reason === 'timeout') throw new Error('Upstash did not answer in time');
        const seconds = Math.max(0, Math.ceil((reset - Date.now()) / 1_000));
        return { ...rule, allowed: success, remaining, reset: seconds };
      }),
    // The library's own reset looks through every key of the store.
    async forget(key, rule) {
      const window = Math.floor(Date.now() / (rule.seconds * 1_000));
      await redis.del(`${prefixFor(rule)}:${key}:${window}`);
    },
  };
  return withMemoryFallback(stored, { storeName: 'Upstash', answerWithinMs: ANSWER_WITHIN_MS });
}

function prefixFor({ seconds }: LimitRule): string {
  return `sheaf:${seconds}`;
}
