import 'server-only';
import { decode } from 'next-auth/jwt';
import { now } from '../../core/clock';
import { env } from '../../core/env';
import { sessionCookieName } from '../../core/http/cookie';
import { type ActiveSession, findSession } from './queries';
import { recordLastSeen } from './service';

/** The session that the value of the session cookie names; null unless it is in force. One query. */
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

/** What the cookie is encrypted with; a cookie from before a rotation is still read. */
export function authSecrets(): string[] {
  const { AUTH_SECRET, AUTH_SECRET_PREVIOUS } = env();
  return AUTH_SECRET_PREVIOUS === undefined ? [AUTH_SECRET] : [AUTH_SECRET, AUTH_SECRET_PREVIOUS];
}
