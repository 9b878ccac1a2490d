import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { AppError } from '../errors';
import type { ActiveSession } from '../sessions/queries';
import { type Access, decideAccess } from './access';
import { sessionCookieName } from './cookie';
import { readSessionCookie } from './session-cookie';

/** The session of whoever asks for this page or posts this form; read once per request. */
export const currentSession = cache(async (): Promise<ActiveSession | null> => {
  return readSessionCookie((await cookies()).get(sessionCookieName())?.value);
});

/**
 * The one guard of pages and actions.
 * @throws AppError unauthorized (nobody is signed in), not_found (this is above their role)
 */
export async function requireSession(access: Exclude<Access, 'anyone'>): Promise<ActiveSession> {
  const session = await currentSession();
  const decision = decideAccess(session?.user.role ?? null, access);
  if (session && decision === 'granted') return session;
  throw new AppError(decision === 'absent' ? 'not_found' : 'unauthorized');
}
