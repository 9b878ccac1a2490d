import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { bySession, type Credential, findSession } from '../../accounts/sessions/queries';
import { recordLastSeen } from '../../accounts/sessions/service';
import { readSessionCookie } from '../../accounts/sessions/session-cookie';
import { readAccessToken } from '../../accounts/tokens/access';
import { findPersonalToken, isPersonalToken } from '../../accounts/tokens/personal';
import { now } from '../../core/clock';
import { AppError } from '../../core/errors';
import { sessionCookieName } from '../../core/http/cookie';
import { hashEditKey } from '../../pastes/edit-key';
import { readConfirmedShares, sharesCookieName } from '../../sharing/confirmed-shares';
import { type ApiContext, type ApiEnv, callerOf } from '../context';
import { heldEditKey } from '../edit-key-cookie';

/** Authenticates by `Authorization: Bearer`. @throws AppError unauthorized if the credential is not valid */
export const authenticate: MiddlewareHandler<ApiEnv> = async (c, next) => {
  c.set('caller', { ...callerOf(c), ...(await readBearer(c)) });
  await next();
};

/** As `authenticate`, and by the cookies of a browser: for what a page links to. */
export const authenticateBrowser: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const credential = (await readBearer(c)) ?? (await readCookie(c));
  const shareIds = await readConfirmedShares(getCookie(c, sharesCookieName()));
  const editKeyHash = callerOf(c).editKeyHash ?? keptEditKey(c);
  c.set('caller', { ...callerOf(c), ...credential, shareIds, editKeyHash });
  await next();
};

/** Of the edit key that the browser keeps for the paste in the path; null if it keeps none. */
function keptEditKey(c: ApiContext): Uint8Array<ArrayBuffer> | null {
  const key = heldEditKey(c, c.req.param('slug') ?? '');
  return key === null ? null : hashEditKey(key);
}

async function readBearer(c: ApiContext): Promise<Credential | null> {
  const header = c.req.header('authorization');
  if (header === undefined) return null;
  const bearer = /^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1];
  const credential = bearer === undefined ? null : await readToken(bearer);
  if (!credential) throw new AppError('unauthorized');
  return credential;
}

async function readToken(bearer: string): Promise<Credential | null> {
  if (isPersonalToken(bearer)) {
    const found = await findPersonalToken(bearer);
    if (!found) return null;
    const { user, scopes } = found;
    const role = user.role === 'admin' && !scopes.includes('admin') ? 'user' : user.role;
    return { user, role, scopes, sessionId: null };
  }
  const token = await readAccessToken(bearer);
  const session = token === null ? null : await findSession(token, now());
  if (session?.kind !== 'api') return null;
  recordLastSeen(session);
  return bySession(session);
}

async function readCookie(c: ApiContext): Promise<Credential | null> {
  const session = await readSessionCookie(getCookie(c, sessionCookieName()));
  return session && bySession(session);
}
