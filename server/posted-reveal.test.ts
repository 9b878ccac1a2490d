import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFreePort } from '@/server/postgres/free-port';
import { useTestDatabase } from '@/test/test-env';
import { createPageProxy } from './pages';

useTestDatabase({ NEXT_PORT: '1', FRONT_TOKEN: 'x'.repeat(32) });

const ACTION = `$ACTION_ID_${'a'.repeat(42)}`;
const NONCE = 'n'.repeat(22);
const REVEAL = { [ACTION]: '', nonce: NONCE };
const PATH = '/aB3dE6gH9jKm';

let server: Server;
let url = '';

beforeAll(async () => {
  process.env.NEXT_PORT = String(await findFreePort());
  server = createServer(createPageProxy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

async function post(
  fields: Record<string, string>,
  { path = PATH, headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<string> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await fetch(url + path, { method: 'POST', body, headers: { origin: url, ...headers } });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('referrer-policy')).toBe('same-origin');
  return answer.text();
}

it('offers to post a reveal again while Next does not answer', async () => {
  const page = await post(REVEAL);
  expect(page).toContain('<form method="post" enctype="multipart/form-data">');
  expect(page).toContain(`<input type="hidden" name="${ACTION}">`);
  expect(page).toContain(`<input type="hidden" name="nonce" value="${NONCE}">`);
  expect(page).not.toContain('<a ');
  expect(await post(REVEAL, { headers: { 'accept-language': 'ru' } })).toContain(
    'Попробовать ещё раз</button>',
  );
});

it.each([
  ['another form', { ...REVEAL, more: 'x' }, {}],
  ['another action', { '$ACTION_ID_"><script>': '', nonce: NONCE }, {}],
  ['markup', { ...REVEAL, nonce: '"><script>alert(1)</script>' }, {}],
  ['another site', REVEAL, { headers: { origin: 'https://elsewhere.example' } }],
  ['a browser that hides its origin', REVEAL, { headers: { origin: 'null' } }],
  ['another page', REVEAL, { path: '/a/b' }],
  ['a long form', { ...REVEAL, nonce: 'n'.repeat(5_000) }, {}],
])('offers a link for %s', async (_, fields, options) => {
  const page = await post(fields, options);
  expect(page).toContain('<a href="">Try again</a>');
  expect(page).not.toContain('<form');
  expect(page).not.toContain('<script>');
});
