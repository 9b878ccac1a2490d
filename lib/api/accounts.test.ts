import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { requestPasswordReset } from '../accounts/reset-password';
import { startSession } from '../accounts/sessions/service';
import { signDeviceToken } from '../accounts/sign-in/device';
import { startFamily } from '../accounts/tokens/pairs';
import { createPersonalToken } from '../accounts/tokens/personal';
import { SCOPES, type TokenPair } from '../accounts/tokens/schema';
import type { UserRecord } from '../core/caller';
import { prisma } from '../core/db';
import { env } from '../core/env';
import { sessionCookieName } from '../core/http/cookie';
import { api } from './app';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

const testClock = useTestClock();

const V1 = '/api/v1';
const NEW_PASSWORD = 'another long walk';

interface Sending {
  bearer?: string | undefined;
  json?: unknown;
  headers?: Record<string, string>;
}

async function send(method: string, path: string, { bearer, json, headers = {} }: Sending = {}) {
  const sent = new Headers(headers);
  if (bearer !== undefined) sent.set('authorization', `Bearer ${bearer}`);
  if (json !== undefined) sent.set('content-type', 'application/json');
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const response = await api.request(V1 + path, { method, headers: sent, ...body });
  const text = await response.text();
  const isJson = /json$/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}

const whoAmI = async ({ access_token }: TokenPair) =>
  (await send('GET', '/users/me', { bearer: access_token })).status;
const refresh = async ({ refresh_token }: TokenPair) =>
  (await send('POST', '/auth/refresh', { json: { refresh_token } })).status;

describe('an account, from its beginning to its end', () => {
  it('registers, confirms, signs in, signs out', async () => {
    const input = { email: 'Ada@Example.com', username: 'Ada', password: PASSWORD };
    const headers = { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.5' };
    const registered = await send('POST', '/auth/register', { json: input, headers });
    expect(registered.body).toMatchObject({
      user: { email: 'ada@example.com', username: 'ada', email_verified: false, role: 'user' },
      token: null,
    });
    const { locale } = await prisma().user.findUniqueOrThrow({ where: { username: 'ada' } });
    expect(locale).toBe('ru');
    expect(await send('GET', '/users/ada')).toMatchObject({ status: 404 });
    const login = (json: unknown) => send('POST', '/auth/login', { json });
    const early = await login({ username: 'ada', password: PASSWORD });
    expect([early.status, early.body.code]).toEqual([403, 'email_not_verified']);

    const token = await tokenMailedTo('ada@example.com');
    const verified = await send('POST', '/auth/verify-email', { json: { token, password: PASSWORD } });
    expect(verified.body).toMatchObject({
      user: { email_verified: true },
      token: { token_type: 'bearer', expires_in: 900 },
    });
    expect(await whoAmI(verified.body.token)).toBe(200);
    const again = await send('POST', '/auth/verify-email', { json: { token, password: PASSWORD } });
    expect([again.status, again.body.code]).toEqual([400, 'invalid_token']);

    const signedIn = await login({ email: 'ADA@example.com', password: PASSWORD });
    expect(signedIn.status).toBe(200);
    expect((await send('GET', '/users/ada')).body).toMatchObject({ username: 'ada', pastes: { items: [] } });
    expect((await send('GET', '/users/ada')).body).not.toHaveProperty('email');

    const bearer = signedIn.body.token.access_token;
    expect((await send('POST', '/auth/logout', { bearer })).status).toBe(204);
    expect(await whoAmI(signedIn.body.token)).toBe(401);
    expect(await refresh(signedIn.body.token)).toBe(401);
    expect(await whoAmI(verified.body.token)).toBe(200);
  });

  it('reports taken values, and gives one error for an unknown account and a wrong password', async () => {
    const user = await addUser();
    const register = (json: Record<string, string>) =>
      send('POST', '/auth/register', {
        json: { username: 'some-user', email: 'some@example.com', password: PASSWORD, ...json },
      });
    const byEmail = await register({ email: user.email.toUpperCase() });
    expect([byEmail.status, byEmail.body.code]).toEqual([409, 'email_taken']);
    const byName = await register({ username: user.username.toUpperCase() });
    expect([byName.status, byName.body.code]).toEqual([409, 'username_taken']);
    const attempts = [
      { email: user.email, password: 'not it' },
      { email: 'unknown@example.com', password: PASSWORD },
      { username: 'unknown', password: PASSWORD },
    ];
    const answers = await Promise.all(attempts.map((json) => send('POST', '/auth/login', { json })));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('answers alike whether or not there is an account', async () => {
    const user = await addUser();
    for (const path of ['/auth/forgot-password', '/auth/resend-verification']) {
      const answers = await Promise.all(
        [user.email, 'unknown@example.com'].map((email) => send('POST', path, { json: { email } })),
      );
      expect(answers.map(({ status, text }) => [status, text])).toEqual([
        [202, ''],
        [202, ''],
      ]);
    }
  });
});

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

describe('the pastes of the caller', () => {
  it('show of a burning one only that it is there', async () => {
    const { access_token: bearer } = await startFamily(await addUser(), ANONYMOUS);
    const json = { title: 'A title', files: [{ name: 'a.txt', content: 'x' }], visibility: 'private' };
    const { slug } = (await send('POST', '/pastes', { bearer, json })).body;
    const list = async () => (await send('GET', '/users/me/pastes', { bearer })).body.items;
    expect(await list()).toMatchObject([{ slug, title: 'A title', files: [{ name: 'a.txt' }] }]);
    await prisma().paste.update({ where: { slug }, data: { burnAfter: 1 } });
    expect(await list()).toMatchObject([{ slug, title: '', files: [], burn_after: 1 }]);
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

describe('input that means harm', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const raw = (json: string) => ({ raw: json });
  const BODIES: unknown[] = [
    null,
    [],
    'x',
    7,
    {},
    { email: { $ne: null }, username: { $gt: '' }, password: { $regex: '.*' }, token: { $ne: '' } },
    { email: ['a@example.com'], username: ['ada'], password: [PASSWORD], token: ['x'] },
    { email: 'a@example.com', username: 'ada', password: PASSWORD, role: 'admin' },
    { email: 'a@example.com\r\nBcc: b@example.com', username: 'a\0b', password: 7, token: false },
    raw('{"__proto__": {"role": "admin"}, "email": "a@example.com"}'),
    raw('{"constructor": {"prototype": {"role": "admin"}}}'),
    raw(`{"email": ${deep}}`),
    raw(deep),
    raw('{"email": "a@example.com"'),
    raw(
      '{"token": "\\ud800", "password": "\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800"}',
    ),
    raw(`{"password": "${'x'.repeat(1_000_000)}"}`),
  ];
  const ROUTES: [method: string, path: string][] = [
    ['POST', '/auth/register'],
    ['POST', '/auth/verify-email'],
    ['POST', '/auth/resend-verification'],
    ['POST', '/auth/login'],
    ['POST', '/auth/refresh'],
    ['POST', '/auth/forgot-password'],
    ['POST', '/auth/reset-password'],
    ['POST', '/auth/change-password'],
    ['POST', '/auth/change-email'],
    ['PATCH', '/users/me'],
    ['DELETE', '/users/me'],
    ['POST', '/users/me/tokens'],
    ['POST', '/users/me/claim'],
    ['PATCH', '/admin/users/0190a0a0-0000-7000-8000-000000000000'],
    ['POST', '/pastes/unknownPaste/hide'],
  ];

  for (const [method, path] of ROUTES) {
    it(`is rejected by ${method} ${path}`, async () => {
      const admin = await addUser({ role: 'admin' });
      const { access_token } = await startFamily(admin, ANONYMOUS);
      const before = await prisma().user.count();
      for (const body of BODIES) {
        const text =
          typeof body === 'object' && body !== null && 'raw' in body
            ? String(body.raw)
            : JSON.stringify(body);
        const response = await api.request(V1 + path, {
          method,
          headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
          body: text,
        });
        expect([text.slice(0, 80), response.status]).toEqual([
          text.slice(0, 80),
          expect.toSatisfy((status: number) => [400, 413, 422].includes(status)),
        ]);
        expect(await response.text()).not.toMatch(/prisma|postgres| at .*\.ts:/i);
      }
      expect(await prisma().user.count()).toBe(before);
      const compressed = { 'content-encoding': 'gzip', authorization: `Bearer ${access_token}` };
      const asText = await send(method, path, {
        headers: { ...compressed, 'content-type': 'application/json' },
        json: {},
      });
      expect(asText.status).toBe(415);
    });
  }

  it('in a path or a query is 404 or 422, never 500', async () => {
    const { access_token: bearer } = await startFamily(await addUser({ role: 'admin' }), ANONYMOUS);
    const odd = [
      'x',
      '%00',
      "'%20or%201=1",
      '..%2f..',
      '%F0%9F%93%9C',
      '1e9',
      'null',
      '__proto__',
      'a'.repeat(5_000),
    ];
    for (const text of odd) {
      const answers = await Promise.all([
        send('DELETE', `/users/me/sessions/${text}`, { bearer }),
        send('DELETE', `/users/me/tokens/${text}`, { bearer }),
        send('GET', `/admin/users/${text}`, { bearer }),
        send('PATCH', `/admin/users/${text}`, { bearer, json: { role: 'user' } }),
        send('GET', `/users/${text}`, { bearer }),
        send('POST', `/pastes/${text}/hide`, { bearer, json: { reason: 'x' } }),
      ]);
      expect([text, ...answers.map(({ status }) => status)]).toEqual([text, 404, 404, 404, 404, 404, 404]);
    }
    const queries = [
      'limit=0',
      'limit=101',
      'limit=x',
      'cursor=%00',
      'cursor=x',
      'colour=red',
      'limit=1&limit=2',
    ];
    for (const query of queries) {
      const paths = ['/users/me/pastes', '/admin/users', `/users/${(await addUser()).username}`];
      const answers = await Promise.all(paths.map((path) => send('GET', `${path}?${query}`, { bearer })));
      expect([query, ...answers.map(({ status }) => status)]).toEqual([query, 422, 422, 422]);
    }
  });
});

describe('the avatar', () => {
  it('accepts only pictures', async () => {
    const { access_token } = await startFamily(await addUser(), ANONYMOUS);
    const put = async (body: BodyInit, type?: string) => {
      const headers = { authorization: `Bearer ${access_token}`, ...(type ? { 'content-type': type } : {}) };
      const response = await api.request(`${V1}/users/me/avatar`, { method: 'PUT', headers, body });
      return { status: response.status, body: await response.json() };
    };
    const form = new FormData();
    form.append('file', new File([PNG], 'me.png', { type: 'image/png' }));
    for (const [body, type] of [
      [PNG, 'image/png'],
      [PNG, 'image/x-anything'],
      [PNG, 'application/octet-stream'],
      [form],
    ] as const) {
      const answer = await put(body, type);
      expect(answer.status).toBe(200);
      expect(answer.body.profile_image_url).not.toMatch(/drawn$/);
    }
    expect((await put('{}', 'application/json')).status).toBe(415);
    expect((await put('<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml')).status).toBe(415);
    expect((await put(new Uint8Array(), 'image/png')).status).toBe(415);
    expect((await put(PNG.subarray(0, 40), 'image/png')).status).toBe(422);
    expect((await put(new Uint8Array(4 * 1024 * 1024 + 1), 'image/png')).status).toBe(413);
    expect((await put(new FormData())).status).toBe(422);
    expect((await put('no form', 'multipart/form-data; boundary=x')).status).toBe(400);
    const removed = await send('DELETE', '/users/me/avatar', { bearer: access_token });
    expect(removed.body.profile_image_url).toMatch(/drawn$/);
  });
});

/** One white pixel. */
const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
);
