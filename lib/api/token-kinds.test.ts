import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { NEW_PASSWORD, send } from '../../test/api-requests';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { requestPasswordReset } from '../accounts/reset-password';
import { startSession } from '../accounts/sessions/service';
import { signDeviceToken } from '../accounts/sign-in/device';
import { startFamily } from '../accounts/tokens/pairs';
import { createPersonalToken } from '../accounts/tokens/personal';
import { SCOPES } from '../accounts/tokens/schema';
import { env } from '../core/env';
import { sessionCookieName } from '../core/http/cookie';
import { prisma } from '../core/prisma';
import { api } from './app';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });

holdMail();

describe('tokens of one kind in the place of another', () => {
  it('are rejected', async () => {
    const user = await addUser();
    const pair = await startFamily(user, ANONYMOUS);
    const browser = await startSession(user, { kind: 'browser', caller: ANONYMOUS, isKnownDevice: true });
    const cookie = await encode({
      token: { sub: user.id, sid: browser.token },
      secret: env().AUTH_SECRET,
      salt: sessionCookieName(),
    });
    const session = await prisma().session.findFirstOrThrow({ where: { kind: 'api', userId: user.id } });
    const input = { name: 'x', scopes: SCOPES.filter((scope) => scope !== 'admin'), expires_in: 'never' };
    const personal = (await createPersonalToken(signedIn(user), input)).token ?? '';
    const unverified = await addUser({ emailVerified: null });
    await send('POST', '/auth/resend-verification', { json: { email: unverified.email } });
    const forVerification = await tokenMailedTo(unverified.email);
    await requestPasswordReset(user.email);
    const forReset = await tokenMailedTo(user.email);
    const tokens: Record<string, string> = {
      access: pair.access_token,
      refresh: pair.refresh_token,
      cookie,
      'session in the database': session.sessionToken,
      'browser session in the database': browser.token,
      personal,
      device: await signDeviceToken(user.id),
      verify: forVerification,
      reset: forReset,
      id: user.id,
    };
    const places: Record<string, { fits: string[]; status: number; try(token: string): Promise<number> }> = {
      bearer: {
        fits: ['access', 'personal'],
        status: 401,
        try: async (bearer) => (await send('GET', '/users/me', { bearer })).status,
      },
      refresh: {
        fits: ['refresh'],
        status: 401,
        try: async (refresh_token) =>
          (await send('POST', '/auth/refresh', { json: { refresh_token } })).status,
      },
      verify: {
        fits: ['verify'],
        status: 400,
        try: async (token) =>
          (await send('POST', '/auth/verify-email', { json: { token, password: PASSWORD } })).status,
      },
      reset: {
        fits: ['reset'],
        status: 400,
        try: async (token) =>
          (await send('POST', '/auth/reset-password', { json: { token, password: NEW_PASSWORD } })).status,
      },
    };
    for (const [place, { fits, status, try: attempt }] of Object.entries(places)) {
      for (const [kind, token] of Object.entries(tokens)) {
        if (fits.includes(kind)) continue;
        // The cookie is longer than a token may be, which is said before anything is looked up.
        const expected = token.length > 512 && place !== 'bearer' ? 422 : status;
        expect([place, kind, await attempt(token)]).toEqual([place, kind, expected]);
      }
    }
    for (const [place, { fits, try: attempt }] of Object.entries(places)) {
      for (const kind of fits) {
        const status = await attempt(tokens[kind] ?? '');
        expect([place, kind, status < 300]).toEqual([place, kind, true]);
      }
    }
  });

  it('a cookie does not open the API, and an invalid credential is rejected, not ignored', async () => {
    const user = await addUser();
    const { token } = await startSession(user, { kind: 'browser', caller: ANONYMOUS, isKnownDevice: true });
    const secret = env().AUTH_SECRET;
    const value = await encode({ token: { sub: user.id, sid: token }, secret, salt: sessionCookieName() });
    const headers = { cookie: `${sessionCookieName()}=${value}` };
    expect((await send('GET', '/users/me', { headers })).status).toBe(401);
    const exported = await api.request('/settings/export', { headers });
    expect([exported.status, exported.headers.get('content-type')]).toEqual([200, 'application/zip']);
    for (const authorization of ['Basic YTpi', 'Bearer', 'Bearer a b', 'bearer x', 'x'.repeat(10_000), '']) {
      expect((await send('GET', '/pastes', { headers: { authorization } })).status).toBe(401);
    }
  });
});

describe('personal tokens', () => {
  it('allow only what their scopes allow', async () => {
    const user = await addUser({ role: 'admin' });
    const { access_token } = await startFamily(user, ANONYMOUS);
    const reads: [path: string, scope: string][] = [
      ['/users/me', 'account'],
      ['/users/me/sessions', 'account'],
      ['/users/me/pastes', 'pastes:read'],
      ['/pastes', 'pastes:read'],
      [`/users/${user.username}`, 'pastes:read'],
      ['/users/me/tokens', 'session'],
      ['/admin/users', 'admin'],
    ];
    for (const scope of SCOPES) {
      const json = { name: scope, scopes: [scope] };
      const { body } = await send('POST', '/users/me/tokens', { bearer: access_token, json });
      const statuses = await Promise.all(
        reads.map(async ([path]) => (await send('GET', path, { bearer: body.token })).status),
      );
      expect([scope, statuses]).toEqual([scope, reads.map(([, needed]) => (needed === scope ? 200 : 403))]);
      const created = await send('POST', '/pastes', { bearer: body.token, json: { content: 'x' } });
      expect([scope, created.status]).toEqual([scope, scope === 'pastes:write' ? 201 : 403]);
      if (created.status === 201) expect(created.body.owner).toBe(user.username);
    }
    const { items } = (await send('GET', '/users/me/tokens', { bearer: access_token })).body;
    expect(items).toHaveLength(SCOPES.length);
    for (const item of items) expect(item).not.toHaveProperty('token');
  });
});
