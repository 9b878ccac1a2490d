import { getCookie, setCookie } from 'hono/cookie';
import { endSession } from '../../accounts/sessions/service';
import { readSessionCookie } from '../../accounts/sessions/session-cookie';
import { cookieOptions, sessionCookieName } from '../../core/http/cookie';
import type { ApiApp, ApiContext } from '../context';
import { pageForm } from '../middleware/page-form';

/** The form of the pages that signs out; it works without JavaScript. */
export function addLogoutRoute(app: ApiApp): void {
  app.post('/logout', pageForm, signOut);
}

/** The cookie is deleted after its session: a session that cannot be ended must stay visible. */
async function signOut(c: ApiContext): Promise<Response> {
  const session = await readSessionCookie(getCookie(c, sessionCookieName()));
  if (session) await endSession({ id: session.id });
  setCookie(c, sessionCookieName(), '', { ...cookieOptions(), maxAge: 0 });
  return c.redirect('/', 303);
}
