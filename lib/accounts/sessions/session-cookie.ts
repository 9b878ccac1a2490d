import 'server-only';
import { LRUCache } from 'lru-cache';
import { now } from '../../core/clock';
import { env } from '../../core/env';
import { sessionCookieName } from '../../core/http/cookie';
import { perProcess } from '../../core/per-process';
import { recordLastSeen } from './last-seen';
import { type ActiveSession, findSession } from './queries';

const MAX_DECODED = 1_000;

/** The active session that the session cookie names, or null. One query. */
export async function readSessionCookie(value: string | null | undefined): Promise<ActiveSession | null> {
  if (!value) return null;
  const token = await decodeToken(value);
  if (token === null) return null;
  const session = await findSession(token, now());
  if (session?.kind !== 'browser') return null;
  recordLastSeen(session);
  return session;
}

interface DecodedCookie {
  token: string;
  /** In seconds since 1970. */
  expires: number;
}

/** To decrypt a cookie takes a millisecond. Its session is asked for each time, and decides. */
const decoded = perProcess(
  'session-cookies',
  () => new LRUCache<string, DecodedCookie>({ max: MAX_DECODED }),
);

async function decodeToken(value: string): Promise<string | null> {
  const known = decoded.get().get(value);
  if (known) return known.expires > now().getTime() / 1_000 ? known.token : null;
  try {
    const { decode } = await import('next-auth/jwt');
    const claims = await decode({ token: value, secret: authSecrets(), salt: sessionCookieName() });
    if (typeof claims?.sid !== 'string' || typeof claims.exp !== 'number') return null;
    decoded.get().set(value, { token: claims.sid, expires: claims.exp });
    return claims.sid;
  } catch {
    return null;
  }
}

/** The encryption secrets of the cookie; cookies from before a rotation stay readable. */
export function authSecrets(): string[] {
  const { AUTH_SECRET, AUTH_SECRET_PREVIOUS } = env();
  return AUTH_SECRET_PREVIOUS === undefined ? [AUTH_SECRET] : [AUTH_SECRET, AUTH_SECRET_PREVIOUS];
}
