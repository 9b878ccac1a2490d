import { afterEach, beforeEach, expect, it } from 'vitest';
import { LINK_RICH_SAMPLES, SPAM_SAMPLES } from '@/test/link-samples';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS } from '../../test/callers';
import { startFamily } from '../accounts/tokens/pairs';
import { env } from '../core/env';
import { CLIENT_ADDRESS_HEADER, markAddress } from '../core/http/client-address';
import { prisma } from '../core/prisma';
import { api } from './app';

useTestDatabase();

const SPAM = SPAM_SAMPLES['a casino'] ?? '';

/** Another one for each test. */
let address = 0;

beforeEach(() => {
  address += 1;
});

afterEach(() => {
  env().LINK_SPAM_SCALE = 1;
});

async function send(
  json: object,
  { method = 'POST', path = '/api/v1/pastes', headers = {} }: Partial<Sent> = {},
): Promise<{ status: number; headers: Headers; json: Record<string, string> }> {
  const answer = await api.request(path, {
    method,
    headers: {
      'content-type': 'application/json',
      [CLIENT_ADDRESS_HEADER]: markAddress(`198.51.100.${address}`),
      ...headers,
    },
    body: JSON.stringify(json),
  });
  return { status: answer.status, headers: answer.headers, json: await answer.json() };
}

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
}

const save = (content: string, visibility = 'public') => send({ content, visibility });

/** How many of these are saved before one is rejected. */
async function countSaved(content: string, visibility: string): Promise<number> {
  for (let count = 0; count < 15; count += 1) {
    if ((await save(content, visibility)).status !== 201) return count;
  }
  return Number.POSITIVE_INFINITY;
}

it('allows few public texts that promote links without an account, and more unlisted ones', async () => {
  expect(await countSaved(SPAM, 'public')).toBe(3);
  expect(await countSaved(SPAM, 'unlisted')).toBe(10);
});

it('multiplies the limit', async () => {
  env().LINK_SPAM_SCALE = 2;
  expect(await countSaved(SPAM, 'public')).toBe(6);
});

it('says which rule it was, and when to try again, and stores nothing', async () => {
  for (let count = 0; count < 3; count += 1) await save(SPAM);
  const before = await prisma().paste.count();
  const { status, json, headers } = await save(SPAM);
  expect([status, json.code]).toEqual([429, 'link_spam_limited']);
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(3_600);
  expect(headers.get('ratelimit-policy')).toContain('"3600s";q=3;w=3600');
  expect(await prisma().paste.count()).toBe(before);
  expect((await save('an ordinary text')).status).toBe(201);
});

it.each(['a log of a crawler', 'bookmarks', 'a sitemap', 'a table', 'code'])(
  'does not count %s',
  async (name) => {
    for (let count = 0; count < 5; count += 1) {
      expect((await save(LINK_RICH_SAMPLES[name] ?? '')).status).toBe(201);
    }
  },
);

it('counts what an edit makes of a paste, and a paste that becomes public', async () => {
  const edit = async (body: object, made: { json: Record<string, string> }) => {
    const { slug = '', edit_key = '' } = made.json;
    const path = `/api/v1/pastes/${slug}`;
    return (await send(body, { method: 'PATCH', path, headers: { 'x-edit-key': edit_key } })).status;
  };
  const harmless = await save('an ordinary text');
  const unlisted = await save(SPAM, 'unlisted');
  for (let count = 0; count < 3; count += 1) await save(SPAM);
  expect(await edit({ content: SPAM }, harmless)).toBe(429);
  expect(await edit({ visibility: 'public' }, unlisted)).toBe(429);
  expect(await edit({ content: 'another' }, harmless)).toBe(200);
  expect(await edit({ title: 'A title' }, unlisted)).toBe(200);
});

it('does not look at texts of members, at those that burn, nor at any when it is off', async () => {
  for (let count = 0; count < 3; count += 1) await save(SPAM);
  const { access_token } = await startFamily(await addUser(), ANONYMOUS);
  const headers = { authorization: `Bearer ${access_token}` };
  expect((await send({ content: SPAM, visibility: 'public' }, { headers })).status).toBe(201);
  expect((await send({ content: SPAM, burn_after: 1 })).status).toBe(201);
  expect((await save(SPAM)).status).toBe(429);
  env().LINK_SPAM_SCALE = 0;
  expect((await save(SPAM)).status).toBe(201);
});
