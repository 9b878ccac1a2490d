import 'server-only';
import { createHash } from 'node:crypto';
import type { Caller } from '../core/caller';
import { env } from '../core/env';
import { AppError } from '../core/errors';
import { limitSubject } from '../core/http/client-address';
import { logLimit } from '../core/security-log';
import { configuredLimiter } from './configured-limiter';
import type { LimitState } from './limiter';
import {
  callerRules,
  LIMIT_POLICIES,
  type LimitName,
  type LimitRule,
  type SubjectLimitName,
} from './policies';

/**
 * Counts one event of this kind for the caller.
 * @param scale multiplies the limit
 * @returns the states of all rules, the tightest first.
 * @throws AppError rate_limited, with the states as `cause`
 */
export async function enforceLimit(
  name: LimitName,
  { user, address }: Pick<Caller, 'user' | 'address'>,
  scale = 1,
): Promise<LimitState[]> {
  const { by, rules } = callerRules(name, { isMember: user !== null });
  const subject = by === 'user' ? `u:${user?.id}` : `a:${limitSubject(address)}`;
  return consumeAll(name, { key: `${name}:${subject}`, rules: rules.map((rule) => times(scale, rule)) });
}

/**
 * Counts one event against something other than the caller: an email, an account, a paste. Pass the subject
 * in normalized form.
 * @returns the states of all rules, the tightest first.
 * @throws AppError rate_limited, with the states as `cause`
 */
export async function enforceSubjectLimit(name: SubjectLimitName, subject: string): Promise<LimitState[]> {
  return consumeAll(name, { key: subjectKey(name, subject), rules: LIMIT_POLICIES[name].subject });
}

/** As `enforceSubjectLimit`, for what is silently left out beyond the limit. */
export async function isWithinLimit(name: SubjectLimitName, subject: string): Promise<boolean> {
  try {
    await enforceSubjectLimit(name, subject);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error;
    return false;
  }
}

/** Resets the count of the subject (after a successful sign-in). Never throws. */
export async function resetSubjectLimit(name: SubjectLimitName, subject: string): Promise<void> {
  const key = subjectKey(name, subject);
  const rules = LIMIT_POLICIES[name].subject;
  await Promise.all(rules.map((rule) => configuredLimiter().forget(key, scaled(rule))));
}

async function consumeAll(
  name: LimitName | SubjectLimitName,
  { key, rules }: { key: string; rules: readonly LimitRule[] },
): Promise<LimitState[]> {
  const states = await configuredLimiter().consume(key, rules.map(scaled));
  const rejected = states.find(({ allowed }) => !allowed);
  if (rejected) {
    logLimit(name, key);
    throw new AppError('rate_limited', { retryAfter: rejected.reset, cause: states });
  }
  return states.sort((a, b) => a.remaining - b.remaining);
}

/** How many events of this kind a member may cause in each of its windows, the fewest. */
export function memberLimit(name: LimitName): number {
  return Math.min(...callerRules(name, { isMember: true }).rules.map((rule) => scaled(rule).points));
}

function scaled(rule: LimitRule): LimitRule {
  return times(env().RATE_LIMIT_SCALE, rule);
}

function times(scale: number, { points, seconds }: LimitRule): LimitRule {
  return { points: Math.max(1, Math.round(points * scale)), seconds };
}

/** Hashed: subjects have any length, and email addresses must not be stored in the table of counters. */
function subjectKey(name: SubjectLimitName, subject: string): string {
  return `${name}:s:${createHash('sha256').update(subject).digest('base64url')}`;
}
