import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Credential } from '../../accounts/sessions/queries';
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
  const credential = (await readBearer(c)) ?? (await readSession(c));
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
  if (bearer === undefined) throw new AppError('unauthorized');
  // With what it needs of sessions and tokens: most readers have none.
  const { readToken } = await import('../credentials');
  const credential = await readToken(bearer);
  if (!credential) throw new AppError('unauthorized');
  return credential;
}

async function readSession(c: ApiContext): Promise<Credential | null> {
  const cookie = getCookie(c, sessionCookieName());
  if (cookie === undefined) return null;
  const { readCookie } = await import('../credentials');
  return readCookie(cookie);
}
