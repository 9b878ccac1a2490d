import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { type ActiveSession, bySession } from '@/lib/accounts/sessions/queries';
import { readSessionCookie } from '@/lib/accounts/sessions/session-cookie';
import { type Access, decideAccess } from '@/lib/accounts/sign-in/access';
import { anonymousCaller, type Caller, type Member } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';
import { sessionCookieName } from '@/lib/core/http/cookie';
import { readConfirmedShares, sharesCookieName } from '@/lib/sharing/confirmed-shares';
import { readSettings } from './current-settings';

/** The session of the current request, read once; with it the settings of the instance, by which callers are judged. */
export const currentSession = cache(async (): Promise<ActiveSession | null> => {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const [session] = await Promise.all([readSessionCookie(cookie), readSettings()]);
  return session;
});

/** Who makes the current request, without any edit key; see `withEditKey`. */
export async function currentCaller(): Promise<Caller> {
  const session = await currentSession();
  const shareIds = await readConfirmedShares((await cookies()).get(sharesCookieName())?.value);
  return { ...anonymousCaller(await headers()), shareIds, ...(session && bySession(session)) };
}

/**
 * The one guard of pages and actions.
 * @throws AppError unauthorized (not signed in), not_found (insufficient role)
 */
export function requireMember(caller: Caller, access: Exclude<Access, 'anyone'>): Member {
  const { user } = caller;
  const decision = decideAccess(user?.role ?? null, access);
  if (user && decision === 'granted') return { ...caller, user };
  throw new AppError(decision === 'absent' ? 'not_found' : 'unauthorized');
}
