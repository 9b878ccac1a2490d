import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { refresh, send, V1, whoAmI } from '../../test/api-requests';
import { ANONYMOUS } from '../../test/callers';
import { startFamily } from '../accounts/tokens/pairs';
import { prisma } from '../core/prisma';
import { api } from './app';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });

holdMail();

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
