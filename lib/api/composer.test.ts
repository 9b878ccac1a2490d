import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { prisma } from '../core/db';
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

function form(parts: readonly string[]): Promise<Response> {
  const body = `${parts.map((part) => `--x\r\nContent-Disposition: form-data; ${part}\r\n`).join('')}--x--\r\n`;
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  return Promise.resolve(api.request('/api/shared', { method: 'POST', headers, body }));
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

it('a shared text is carried to the composer; of files it is said that they are lost', async () => {
  const text = await form(['name="title"\r\n\r\nA page', 'name="text"\r\n\r\na & b', 'name="url"\r\n\r\n']);
  expect([text.status, text.headers.get('location')]).toEqual([303, '/?title=A+page&text=a+%26+b']);
  for (const parts of [
    ['name="text"\r\n\r\n'],
    ['name="text"\r\n\r\na', 'name="files"; filename="a.txt"\r\n\r\nb'],
    [`name="text"\r\n\r\n${'a'.repeat(5_000)}`],
  ]) {
    expect((await form(parts)).headers.get('location')).toBe('/?shared=lost');
  }
  const many = Array.from({ length: 40 }, () => 'name="text"\r\n\r\na');
  expect((await form(many)).status).toBe(413);
});
