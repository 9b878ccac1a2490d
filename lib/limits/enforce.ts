import 'server-only';
import { limitSubject } from '../entry';
import { env } from '../env';
import { AppError } from '../errors';
import type { Limiter, LimitState } from './limiter';
import { LIMIT_POLICIES, type LimitName } from './policies';
import { createPostgresLimiter } from './postgres';

let limiter: Limiter | undefined;

export interface LimitedCaller {
  userId: string | null;
  /** The client's address as the entry settled it. */
  address: string;
}

/**
 * Counts one event of this kind for the caller.
 * @returns the states of all rules, the tightest first.
 * @throws AppError rate_limited, with the states as `cause`
 */
export async function enforceLimit(name: LimitName, caller: LimitedCaller): Promise<LimitState[]> {
  limiter ??= createPostgresLimiter();
  const policy = LIMIT_POLICIES[name];
  const [rules, subject] =
    caller.userId === null
      ? [policy.anonymous, `a:${limitSubject(caller.address)}`]
      : [policy.member, `u:${caller.userId}`];
  const states: LimitState[] = [];
  for (const rule of rules) {
    const points = Math.max(1, Math.round(rule.points * env().RATE_LIMIT_SCALE));
    const state = await limiter.consume(`${name}:${subject}`, { points, seconds: rule.seconds });
    states.push(state);
    if (!state.allowed) throw new AppError('rate_limited', { retryAfter: state.reset, cause: states });
  }
  return states.sort((a, b) => a.remaining - b.remaining);
}
