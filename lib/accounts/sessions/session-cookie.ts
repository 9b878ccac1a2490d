import 'server-only';
import { decode } from 'next-auth/jwt';
import { now } from '../../core/clock';
import { env } from '../../core/env';
import { sessionCookieName } from '../../core/http/cookie';
import { type ActiveSession, findSession } from './queries';
import { recordLastSeen } from './service';

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

async function decodeToken(value: string): Promise<string | null> {
  try {
    const claims = await decode({ token: value, secret: authSecrets(), salt: sessionCookieName() });
    return typeof claims?.sid === 'string' ? claims.sid : null;
  } catch {
    return null;
  }
}

/** The encryption secrets of the cookie; cookies from before a rotation stay readable. */
export function authSecrets(): string[] {
  const { AUTH_SECRET, AUTH_SECRET_PREVIOUS } = env();
  return AUTH_SECRET_PREVIOUS === undefined ? [AUTH_SECRET] : [AUTH_SECRET, AUTH_SECRET_PREVIOUS];
}
