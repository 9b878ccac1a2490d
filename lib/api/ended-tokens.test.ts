import { describe, expect, it } from 'vitest';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { NEW_PASSWORD, refresh, send, whoAmI } from '../../test/api-requests';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { requestPasswordReset } from '../accounts/reset-password';
import { startFamily } from '../accounts/tokens/pairs';
import { createPersonalToken } from '../accounts/tokens/personal';
import { SCOPES, type TokenPair } from '../accounts/tokens/schema';
import type { UserRecord } from '../core/caller';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });

holdMail();

const testClock = useTestClock();

describe('signing out', () => {
  const logOut = async (json?: unknown, bearer?: string) => {
    const { status, body } = await send('POST', '/auth/logout', { json, bearer });
    return body === null ? status : [status, body.code];
  };

  it('with a refresh token alone ends its family, and no other', async () => {
    const user = await addUser();
    const [mine, other] = [await startFamily(user, ANONYMOUS), await startFamily(user, ANONYMOUS)];
    const { refresh_token } = mine;
    expect(await logOut({ refresh_token })).toBe(204);
    expect([await whoAmI(mine), await refresh(mine)]).toEqual([401, 401]);
    expect([await whoAmI(other), await refresh(other)]).toEqual([200, 200]);
    // As when the first response was lost.
    expect(await logOut({ refresh_token })).toBe(204);
  });

  it('with a refresh token that was already exchanged ends its family too', async () => {
    const first = await startFamily(await addUser(), ANONYMOUS);
    const { refresh_token } = first;
    const { body } = await send('POST', '/auth/refresh', { json: { refresh_token } });
    expect(await logOut({ refresh_token })).toBe(204);
    expect([await whoAmI(body.token), await refresh(body.token)]).toEqual([401, 401]);
  });

  it('with an access token, with or without a body, ends both families that are named', async () => {
    const user = await addUser();
    const [one, two, three] = [
      await startFamily(user, ANONYMOUS),
      await startFamily(user, ANONYMOUS),
      await startFamily(user, ANONYMOUS),
    ];
    expect(await logOut(undefined, one.access_token)).toBe(204);
    expect([await whoAmI(one), await whoAmI(two), await whoAmI(three)]).toEqual([401, 200, 200]);
    expect(await logOut({ refresh_token: two.refresh_token }, three.access_token)).toBe(204);
    expect([await whoAmI(two), await whoAmI(three)]).toEqual([401, 401]);
  });

  it('with an empty body is as without one, whatever its media type', async () => {
    const { access_token } = await startFamily(await addUser(), ANONYMOUS);
    const headers = { 'content-type': 'application/json' };
    expect((await send('POST', '/auth/logout', { bearer: access_token, headers })).status).toBe(204);
  });

  it('needs one of them', async () => {
    expect(await logOut()).toEqual([401, 'unauthorized']);
    expect(await logOut({})).toEqual([401, 'unauthorized']);
    expect(await logOut({ refresh_token: '' })).toEqual([422, 'validation_failed']);
    expect(await logOut({ refresh_token: 'x'.repeat(513) })).toEqual([422, 'validation_failed']);
    expect(await logOut({ access_token: 'x' })).toEqual([422, 'validation_failed']);
    expect(await logOut({ refresh_token: 'unknown' })).toBe(204);
    expect(await logOut({ refresh_token: 'unknown' }, 'unknown')).toEqual([401, 'unauthorized']);
  });
});

describe('what ends a token at once', () => {
  async function twoClients(): Promise<{ user: UserRecord; mine: TokenPair; other: TokenPair }> {
    const user = await addUser();
    return { user, mine: await startFamily(user, ANONYMOUS), other: await startFamily(user, ANONYMOUS) };
  }

  it('a changed password ends every other session', async () => {
    const { mine, other } = await twoClients();
    const json = { current_password: PASSWORD, new_password: NEW_PASSWORD };
    const wrong = await send('POST', '/auth/change-password', {
      bearer: mine.access_token,
      json: { ...json, current_password: 'not it' },
    });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong_password']);
    expect(await whoAmI(other)).toBe(200);
    const changed = await send('POST', '/auth/change-password', { bearer: mine.access_token, json });
    expect(changed.status).toBe(204);
    expect([await whoAmI(mine), await whoAmI(other), await refresh(other)]).toEqual([200, 401, 401]);
  });

  it('a password reset ends everything, including personal tokens, and notifies the owner', async () => {
    const { user, mine, other } = await twoClients();
    const input = { name: 'x', scopes: SCOPES.filter((scope) => scope !== 'admin'), expires_in: 'never' };
    const { token: bearer } = await createPersonalToken(signedIn(user), input);
    expect((await send('GET', '/users/me', { bearer })).status).toBe(200);
    await requestPasswordReset(user.email);
    const json = { token: await tokenMailedTo(user.email), password: NEW_PASSWORD };
    expect((await send('POST', '/auth/reset-password', { json })).status).toBe(204);
    expect([await whoAmI(mine), await whoAmI(other), await refresh(mine)]).toEqual([401, 401, 401]);
    expect((await send('GET', '/users/me', { bearer })).status).toBe(401);
    expect((await mailsTo(user.email))[0]).toMatchObject({ notice: 'password_reset' });
    expect((await send('POST', '/auth/reset-password', { json })).body.code).toBe('invalid_token');
  });

  it('a ban and a lost role act on the next request', async () => {
    const admin = await addUser({ role: 'admin' });
    const [{ access_token: bearer }, second] = [
      await startFamily(admin, ANONYMOUS),
      await addUser({ role: 'admin' }),
    ];
    const theirs = await startFamily(second, ANONYMOUS);
    const list = () => send('GET', '/admin/users', { bearer: theirs.access_token });
    const change = (json: unknown) => send('PATCH', `/admin/users/${second.id}`, { bearer, json });
    expect((await list()).status).toBe(200);
    expect((await change({ role: 'user' })).status).toBe(200);
    expect((await list()).status).toBe(404);
    expect((await change({ banned: true })).body.banned_at).not.toBeNull();
    expect([(await list()).status, await refresh(theirs)]).toEqual([401, 401]);
    const login = await send('POST', '/auth/login', { json: { email: second.email, password: PASSWORD } });
    expect([login.status, login.body.code]).toEqual([403, 'account_banned']);
    expect((await change({ banned: false })).body.banned_at).toBeNull();
    expect(await whoAmI(theirs)).toBe(401);
  });

  it('a session that was ended from another one, or all others', async () => {
    const { user, mine, other } = await twoClients();
    const bearer = mine.access_token;
    const { items } = (await send('GET', '/users/me/sessions', { bearer })).body;
    const theirs = items.find((one: { current: boolean }) => !one.current);
    expect(items).toHaveLength(2);
    expect((await send('DELETE', `/users/me/sessions/${theirs.id}`, { bearer })).status).toBe(204);
    expect([await whoAmI(mine), await whoAmI(other)]).toEqual([200, 401]);
    expect((await send('DELETE', `/users/me/sessions/${theirs.id}`, { bearer })).status).toBe(404);
    const [third, strangers] = [
      await startFamily(user, ANONYMOUS),
      await startFamily(await addUser(), ANONYMOUS),
    ];
    expect((await send('DELETE', '/users/me/sessions', { bearer })).status).toBe(204);
    expect([await whoAmI(mine), await whoAmI(third), await whoAmI(strangers)]).toEqual([200, 401, 200]);
  });

  it('a quarter of an hour', async () => {
    const { mine } = await twoClients();
    testClock.set(() => new Date(Date.now() + 901_000));
    const late = await send('GET', '/users/me', { bearer: mine.access_token });
    expect([late.status, late.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await refresh(mine)).toBe(200);
  });

  it('the end of the account', async () => {
    const { user, mine, other } = await twoClients();
    const bearer = mine.access_token;
    const gone = await send('DELETE', '/users/me', { bearer, json: { password: PASSWORD } });
    expect(gone.status).toBe(204);
    expect([await whoAmI(mine), await refresh(other)]).toEqual([401, 401]);
    expect((await send('GET', `/users/${user.username}`)).status).toBe(404);
  });
});
