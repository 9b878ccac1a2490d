import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { findSession } from '../../accounts/sessions/queries';
import { recordLastSeen } from '../../accounts/sessions/service';
import { readSessionCookie } from '../../accounts/sessions/session-cookie';
import { readAccessToken } from '../../accounts/tokens/access';
import { findPersonalToken, isPersonalToken } from '../../accounts/tokens/personal';
import { now } from '../../core/clock';
import { AppError } from '../../core/errors';
import { sessionCookieName } from '../../core/http/cookie';
import { readConfirmedShares, sharesCookieName } from '../../sharing/confirmed-shares';
import type { ApiCaller, ApiContext, ApiEnv } from '../context';

/** Settles who calls by `Authorization: Bearer`; a credential that is not in force is refused, not ignored. */
export const authenticate: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const caller = await callerByBearer(c);
  if (caller) c.set('caller', caller);
  await next();
};

/** As `authenticate`, and by the session cookie of a browser: for what a page links to. */
export const authenticateBrowser: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const caller = (await callerByBearer(c)) ?? (await callerByCookie(c));
  if (caller) c.set('caller', caller);
  c.set('shareIds', await readConfirmedShares(getCookie(c, sharesCookieName())));
  await next();
};

async function callerByBearer(c: ApiContext): Promise<ApiCaller | null> {
  const header = c.req.header('authorization');
  if (header === undefined) return null;
  const credential = /^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1];
  const caller = credential === undefined ? null : await callerByCredential(credential);
  if (!caller) throw new AppError('unauthorized');
  return caller;
}

async function callerByCredential(credential: string): Promise<ApiCaller | null> {
  if (isPersonalToken(credential)) {
    const found = await findPersonalToken(credential);
    return found && { ...found, session: null };
  }
  const token = await readAccessToken(credential);
  const session = token === null ? null : await findSession(token, now());
  if (token === null || session?.kind !== 'api') return null;
  recordLastSeen(session);
  return { user: session.user, session: { id: session.id, token }, scopes: null };
}

async function callerByCookie(c: ApiContext): Promise<ApiCaller | null> {
  const session = await readSessionCookie(getCookie(c, sessionCookieName()));
  return session && { user: session.user, session: null, scopes: null };
}
