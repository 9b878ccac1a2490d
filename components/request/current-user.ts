import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import type { ActiveSession } from '@/lib/accounts/sessions/queries';
import { readSessionCookie } from '@/lib/accounts/sessions/session-cookie';
import { type Access, decideAccess } from '@/lib/accounts/sign-in/access';
import { AppError } from '@/lib/core/errors';
import { sessionCookieName } from '@/lib/core/http/cookie';

/** The session of the current request, read once. */
export const currentSession = cache(async (): Promise<ActiveSession | null> => {
  return readSessionCookie((await cookies()).get(sessionCookieName())?.value);
});

/**
 * The one guard of pages and actions.
 * @throws AppError unauthorized (not signed in), not_found (insufficient role)
 */
export async function requireSession(access: Exclude<Access, 'anyone'>): Promise<ActiveSession> {
  const session = await currentSession();
  const decision = decideAccess(session?.user.role ?? null, access);
  if (session && decision === 'granted') return session;
  throw new AppError(decision === 'absent' ? 'not_found' : 'unauthorized');
}
