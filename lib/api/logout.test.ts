import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addSignedInBrowser } from '@/test/test-people';
import { findSession } from '../accounts/sessions/queries';
import { now } from '../core/clock';
import { pool } from '../core/db';
import { api } from './app';

useTestDatabase();

const SITE = 'http://localhost:3000';
const ENDED = 'sheaf_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax';

function logOut(headers: Record<string, string> = {}) {
  return api.request(`${SITE}/logout`, {
    method: 'POST',
    headers: { host: 'localhost:3000', origin: SITE, ...headers },
  });
}

describe('signing out', () => {
  it('ends the session, deletes its cookie and leads to the start', async () => {
    const { token, cookie } = await addSignedInBrowser();
    const other = await addSignedInBrowser();
    const response = await logOut({ cookie });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    expect(response.headers.getSetCookie()).toEqual([ENDED]);
    expect(await findSession(token, now())).toBeNull();
    expect(await findSession(other.token, now())).not.toBeNull();
  });

  it.each(['', 'sheaf_session=', 'sheaf_session=unreadable', 'other=1'])(
    'without a session is no error: %j',
    async (cookie) => {
      const response = await logOut({ cookie });
      expect(response.status).toBe(303);
      expect(response.headers.getSetCookie()).toEqual([ENDED]);
    },
  );

  it('from another site is denied, and keeps the session', async () => {
    const { token, cookie } = await addSignedInBrowser();
    const response = await logOut({ cookie, origin: 'https://elsewhere.example' });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await findSession(token, now())).not.toBeNull();
  });

  it('keeps the cookie and says so in words while the session cannot be ended', async () => {
    const { cookie } = await addSignedInBrowser();
    await pool().query('alter table sessions rename to sessions_away');
    try {
      const response = await logOut({ cookie, 'accept-language': 'ru' });
      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=UTF-8');
      expect(await response.text()).toContain('Попробуйте');
      expect(response.headers.getSetCookie()).toEqual([]);
    } finally {
      await pool().query('alter table sessions_away rename to sessions');
    }
  });
});
