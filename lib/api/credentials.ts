import { recordLastSeen } from '../accounts/sessions/last-seen';
import { bySession, type Credential, findSession } from '../accounts/sessions/queries';
import { readSessionCookie } from '../accounts/sessions/session-cookie';
import { readAccessToken } from '../accounts/tokens/access';
import { findPersonalToken, isPersonalToken } from '../accounts/tokens/personal';
import { now } from '../core/clock';

/** The session or personal token of `Authorization: Bearer`; null if it is not valid. */
export async function readToken(bearer: string): Promise<Credential | null> {
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

/** The session that a browser's cookie names; null if it is not valid. */
export async function readCookie(value: string): Promise<Credential | null> {
  const session = await readSessionCookie(value);
  return session && bySession(session);
}
