import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addSignedInBrowser } from '@/test/test-people';
import ru from '../core/i18n/messages/ru.json';
import { prisma } from '../core/prisma';
import { api } from './app';

useTestDatabase();

function save(body: object, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  return Promise.resolve(api.request('/api/composer', { ...init, body: JSON.stringify(body) }));
}

function draft(given: object = {}, paste: object = {}) {
  return {
    once: randomUUID(),
    author: 'guest',
    keeps_credentials: false,
    ...given,
    paste: { files: [{ name: '', content: 'a' }], ...paste },
  };
}

it('a save that waited is stored once, and this browser may edit it', async () => {
  const sent = draft();
  const answers = [await save(sent), await save(sent)];
  const hrefs = await Promise.all(answers.map(async (answer) => (await answer.json()) as { href: string }));
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(hrefs[0]?.href).toMatch(/^\/[\w-]+\?saved$/);
  expect(hrefs[1]).toEqual(hrefs[0]);
  const slug = hrefs[0]?.href.slice(1).split('?')[0] ?? '';
  for (const { headers } of answers) {
    const cookies = headers.getSetCookie();
    expect(cookies.find((cookie) => cookie.startsWith('sheaf_edit_keys='))).toMatch(
      new RegExp(`=${slug}(~|%7E)[\\w-]{22};.*HttpOnly`),
    );
    expect(cookies.find((cookie) => cookie.startsWith('sheaf_saved='))).toContain(`Path=/${slug}`);
  }
  expect(await prisma().paste.count({ where: { slug } })).toBe(1);
});

it('refuses what the composer would have to ask or say, and stores nothing', async () => {
  const before = await prisma().paste.count();
  const key = `key: ghp_${'a1B2'.repeat(9)}`;
  const leaky = { files: [{ name: '', content: key }] };
  const refused = [
    [draft({ author: 'member' }), 401],
    [draft({}, leaky), 422],
    [draft({}, { expires_at: '2001-01-01T00:00:00Z' }), 422],
    [draft({}, { visibility: 'private' }), 422],
    [draft({ once: '' }), 422],
    [draft({ more: 1 }), 422],
  ] as const;
  for (const [body, status] of refused) expect((await save(body)).status, JSON.stringify(body)).toBe(status);
  expect((await save(draft(), { origin: 'https://evil.example' })).status).toBe(403);
  expect(await prisma().paste.count()).toBe(before);
  expect((await save(draft({ keeps_credentials: true }, leaky))).status).toBe(201);
});

it('a save is for the author of the page or refused', async () => {
  const [me, other] = [await addSignedInBrowser(), await addSignedInBrowser()];
  const before = await prisma().paste.count();
  const refused = [
    [draft({ author: me.user.id }), {}],
    [draft({ author: me.user.id }), { cookie: other.cookie }],
    [draft(), { cookie: me.cookie }],
  ] as const;
  for (const [body, headers] of refused) expect((await save(body, headers)).status).toBe(401);
  expect(await prisma().paste.count()).toBe(before);
  expect((await save(draft({ author: me.user.id }), { cookie: me.cookie })).status).toBe(201);
  expect(await prisma().paste.count({ where: { ownerId: me.user.id } })).toBe(1);
});

it('a refusal names the fields in the language of the page', async () => {
  const answer = await save(draft({}, { expires_at: '2001-01-01T00:00:00Z' }), { 'accept-language': 'ru' });
  const { code, errors } = (await answer.json()) as { code: string; errors: unknown };
  expect([answer.status, code]).toEqual([422, 'validation_failed']);
  expect(errors).toEqual([{ path: 'expires_at', message: ru.errors.expiry_not_ahead }]);
});

it('what is shared without the worker is not read, and never in an address', async () => {
  const init = { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } };
  const parts = '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nprivate\r\n--x--\r\n';
  for (const body of [parts, 'no form', 'a'.repeat(100_000)]) {
    const answer = await api.request('/api/shared', { ...init, body });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/?shared=lost']);
  }
});
