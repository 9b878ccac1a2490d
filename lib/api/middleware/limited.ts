import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../core/errors';
import { enforceLimit } from '../../limits/enforce';
import type { LimitState } from '../../limits/limiter';
import type { LimitName } from '../../limits/policies';
import { type ApiContext, type ApiEnv, callerOf } from '../context';
import { failedTryOf } from '../failed-tries';

/** Counts the request against the limit, unless the front has, and sets the limit headers. */
export function limited(name: LimitName): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const failed = failedTryOf(c);
    try {
      setLimitHeaders(c, failed ? failed.counted : await enforceLimit(name, callerOf(c)));
      if (failed) throw failed.error;
    } catch (error) {
      if (error instanceof AppError && Array.isArray(error.cause)) setLimitHeaders(c, error.cause);
      throw error;
    }
    await limitHeaders(c, next);
  };
}

/** For handlers that also count by themselves: sets the limit headers of their 429. */
export const limitHeaders: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  if (c.error instanceof AppError && Array.isArray(c.error.cause)) setLimitHeaders(c, c.error.cause);
};

function setLimitHeaders(c: ApiContext, states: readonly LimitState[]): void {
  for (const [name, value] of Object.entries(limitHeadersOf(states))) c.header(name, value);
}

/** The headers that tell the caller of the limits, the tightest of which comes first. */
export function limitHeadersOf(states: readonly LimitState[]): Record<string, string> {
  const [tightest] = states;
  if (!tightest) return {};
  return {
    RateLimit: `"${tightest.seconds}s";r=${tightest.remaining};t=${tightest.reset}`,
    'RateLimit-Policy': states
      .map((state) => `"${state.seconds}s";q=${state.points};w=${state.seconds}`)
      .join(', '),
  };
}
