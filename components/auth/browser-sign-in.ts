import 'server-only';
import { cookies } from 'next/headers';
import { AuthError } from 'next-auth';
import type { ActiveSession } from '@/lib/accounts/sessions/queries';
import { readSessionCookie } from '@/lib/accounts/sessions/session-cookie';
import { AppError } from '@/lib/core/errors';
import { sessionCookieName } from '@/lib/core/http/cookie';
import { FailedSignIn, signIn } from './auth-config';
import { rememberDevice } from './device-cookie';
import { forgetRegistration } from './registration-cookie';

/**
 * A name and its password; or the token of a confirm link, which is used up, and the account's password, which the
 * browser that registered the account need not give.
 */
type BrowserCredentials = { login: string; password: string } | { token: string; password?: string };

/**
 * Signs a browser in: from here on it has the cookies of a session of its own.
 * @throws AppError as `checkCredentials`, or as `confirmEmail` with a token
 */
export async function signInBrowser(credentials: BrowserCredentials): Promise<ActiveSession> {
  // Auth.js keeps `redirectTo` in a cookie; its default is the URL of this page, with any token in it.
  const options = { ...credentials, redirect: false, redirectTo: '/' } as const;
  await signIn('credentials', options).catch((error: unknown) => {
    throw unwrap(error);
  });
  // A misconfigured Auth.js reports no error.
  const session = await readSessionCookie((await cookies()).get(sessionCookieName())?.value);
  if (!session) throw new AppError('internal', { detail: 'Auth.js did not create a session' });
  await rememberDevice(session.user.id);
  await forgetRegistration();
  return session;
}

/** Auth.js wraps the errors of callbacks in its own. */
function unwrap(error: unknown): unknown {
  if (error instanceof FailedSignIn) return error.problem;
  return error instanceof AuthError ? (error.cause?.err ?? error) : error;
}
