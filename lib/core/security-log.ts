import 'server-only';
import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from './caller';
import type { AppError, ErrorCode } from './errors';
import { limitSubject } from './http/client-address';
import { keysFor } from './keys';
import { logger } from './logger';

export type SecurityEventName = 'sign_in_failed' | 'access_denied' | 'limit_reached' | 'share_mail_withheld';

/** Codes of 401 and 403 for a failed sign-in. */
const SIGN_IN_CODES: ReadonlySet<ErrorCode> = new Set([
  'invalid_credentials',
  'wrong_password',
  'email_not_verified',
  'account_banned',
]);
const REPEAT_LIMIT_MS = 60_000;
const MAX_REMEMBERED = 10_000;
const HASH_LENGTH = 16;

const limitsLogged = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: REPEAT_LIMIT_MS });

/**
 * Replaces an address, or another value that must not be logged, so that its events can still be found:
 * the beginning of an HMAC under a key from AUTH_SECRET, in base64url.
 */
export function loggedHash(text: string): string {
  const [{ bytes }] = keysFor('log');
  return createHmac('sha256', bytes).update(text).digest('base64url').slice(0, HASH_LENGTH);
}

/** Who was denied access: logged are the id of the user and a hash of the address. */
export interface Denied extends Pick<Caller, 'user' | 'address'> {
  /** For the API: method and pattern of the path. Paths themselves contain links. */
  route?: string;
}

/** Logs a failed sign-in, and every other 401 or 403 response. */
export function logDenial({ code, status }: Pick<AppError, 'code' | 'status'>, denied: Denied): void {
  if (status !== 401 && status !== 403) return;
  logSecurityEvent(SIGN_IN_CODES.has(code) ? 'sign_in_failed' : 'access_denied', { code, ...whoOf(denied) });
}

/** Logs a request for something above the caller's role, which is answered with 404. */
export function logAbove(denied: Denied): void {
  logSecurityEvent('access_denied', { code: 'not_found', reason: 'above_role', ...whoOf(denied) });
}

/** Logs that a limit was reached; once a minute for each subject, to limit the size of the log. */
export function logLimit(limit: string, subject: string): void {
  if (limitsLogged.has(subject)) return;
  limitsLogged.set(subject, true);
  logSecurityEvent('limit_reached', { limit, subject: loggedHash(subject) });
}

export function logSecurityEvent(event: SecurityEventName, facts: Record<string, unknown>): void {
  logger().info({ event, ...facts }, event);
}

function whoOf({ address, user, route }: Denied): Record<string, unknown> {
  return {
    address: loggedHash(limitSubject(address)),
    user: user?.id ?? null,
    ...(route === undefined ? {} : { route }),
  };
}
