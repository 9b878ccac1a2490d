import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawAnswer, sendRawRequest } from '@/e2e/support/raw-request';
import { api } from '@/lib/api/app';
import { admitRequest } from '@/lib/core/http/admit-request';
import { setCommonHeaders } from '@/lib/core/http/security-headers';
import { prisma } from '@/lib/core/prisma';
import { useTestDatabase } from '@/test/test-env';
import { createPlainCreates } from './plain-creates';
import { alignRawHeaders } from './request';

useTestDatabase({ RATE_LIMIT_SCALE: '100' });

/** How many requests the fast way answered, or passed to the API with an error. */
let taken = 0;
const listener = getRequestListener(api.fetch);
const answerApi: RequestListener = (request, response) => {
  alignRawHeaders(request);
  void listener(request, response);
};
const answerPlainCreate = createPlainCreates(answerApi);

const servers: { url: string; close: () => void }[] = [];

async function listen(answer: RequestListener): Promise<void> {
  const server = createServer((request, response) => {
    setCommonHeaders(response);
    admitRequest(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  servers.push({ url, close: () => server.close() });
}

beforeAll(async () => {
  await listen((request, response) => {
    if (answerPlainCreate(request, response)) taken += 1;
    else answerApi(request, response);
  });
  await listen(answerApi);
});

afterAll(() => {
  for (const { close } of servers) close();
});

/** What two responses have in common. */
function comparable({ status, headers, body }: RawAnswer) {
  const slug =
    headers
      .find(([name]) => name === 'location')?.[1]
      .split('/')
      .at(-1) ?? 'none';
  const shown = headers.map(([name, value]) => {
    if (name === 'date' || name === 'x-edit-key') return name;
    if (name === 'server-timing') return `${name}: ${value.replace(/[\d.]+/, 'n')}`;
    if (name === 'ratelimit') return `${name}: ${value.replace(/[rt]=\d+/g, 'n')}`;
    if (name === 'x-request-id') return `${name}: ${value.replace(/^[\da-f-]{36}$/, 'id')}`;
    return `${name}: ${value.replaceAll(slug, 'SLUG')}`;
  });
  const text = body
    .replaceAll(slug, 'SLUG')
    .replace(/"edit_key":"[^"]+"/, '"edit_key"')
    .replace(/"(\w+_at)":"[^"]+"/g, '"$1"');
  return { status, headers: shown.sort(), text };
}

interface Asked {
  target?: string;
  method?: string;
  headers?: string[];
  hosts?: string[];
  body?: string;
  /** Whether the fast way takes it. */
  isTaken: boolean;
}

/** The responses of the front to a request, with the fast way and without it. */
async function ask({ isTaken, ...request }: Asked): Promise<RawAnswer> {
  const before = taken;
  const [fast, slow] = await Promise.all(
    servers.map(({ url }) =>
      sendRawRequest(url, {
        method: 'POST',
        target: '/api/v1/pastes',
        hosts: ['sheaf.example'],
        body: 'text',
        ...request,
      }),
    ),
  );
  if (!fast || !slow) throw new Error('unreachable: there are two servers');
  expect(comparable(fast)).toEqual(comparable(slow));
  expect(taken - before, 'taken by the fast way').toBe(isTaken ? 1 : 0);
  return fast;
}

const PAUSE_MS = 300;

/** Sends a body in two parts, the second one later. */
async function sendSlowly(first: string, second: string) {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': first.length + second.length };
  const sending = request(`${servers[0]?.url}/api/v1/pastes`, { method: 'POST', headers });
  sending.write(first);
  await pause(PAUSE_MS);
  sending.end(second);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  const [, ms = ''] = /dur=([\d.]+)/.exec(String(response.headers['server-timing'])) ?? [];
  const chunks = await response.toArray();
  return { status: response.statusCode, ms: Number(ms), text: Buffer.concat(chunks).toString() };
}

const JSON_TYPE = 'Content-Type: application/json';

async function savedText({ headers }: RawAnswer): Promise<string | undefined> {
  const slug =
    headers
      .find(([name]) => name === 'location')?.[1]
      .split('/')
      .at(-1) ?? '';
  const answer = await api.request(`/${slug}/raw`);
  return answer.status === 200 ? answer.text() : undefined;
}

describe('the fast way of a create is answered as the API answers', () => {
  it.each<[string, string[], string]>([
    ['', [], 'text'],
    ['', ['Content-Type: text/plain'], 'a\r\nb'],
    ['?language=typescript', ['Content-Type: application/x-www-form-urlencoded'], 'const a = 1;\n'],
    ['?', [], 'text'],
    ['?title=Plan&name=a.txt&visibility=public&expires_in=1d', [], 'text'],
    ['?language=', ['Accept: application/json', 'X-Request-Id: one'], '\xd0\x9f\xd1\x80'],
    ['?burn_after=2', ['Cookie: a=b'], 'text'],
    ['', [], `password = "hunter2-${'x'.repeat(9)}7"\n`],
  ])('for a text, with the query %j and headers %j', async (query, headers, body) => {
    const answer = await ask({ target: `/api/v1/pastes${query}`, headers, body, isTaken: true });
    expect(answer.status).toBe(201);
    if (!query.includes('burn')) {
      expect(await savedText(answer)).toBe(Buffer.from(body, 'latin1').toString());
    }
  });

  it.each<[object]>([
    [{ content: 'text' }],
    [{ title: 'Plan', visibility: 'public', files: [{ name: 'a.ts', content: 'let a;' }, { content: 'b' }] }],
    [{ content: 'zero\u200bwidth', language: 'none such' }],
    [{ content: 'never', expires_in: 'never' }],
  ])('for JSON, %j', async (paste) => {
    const answer = await ask({
      target: '/api/v1/pastes?anything=here',
      headers: [JSON_TYPE],
      body: JSON.stringify(paste).replace(/[^\0-\x7f]/g, (one) => Buffer.from(one).toString('latin1')),
      isTaken: true,
    });
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.body).edit_key).toMatch(/./);
  });

  it.each<[number, string, string[], string]>([
    [422, '?title=a&unknown=1', [], 'text'],
    [422, '?slug=some-notes', [], 'text'],
    [422, '?visibility=private', [], 'text'],
    [422, '', [], ''],
    [422, '', [], '\xff\xfe'],
    [422, '', [], 'nul\0'],
    [422, '', [JSON_TYPE], '{"content":"x","other":1}'],
    [400, '', [JSON_TYPE], '{"content":'],
    [422, '', [JSON_TYPE], '[]'],
  ])('with the error %i, with the query %j, headers %j and body %j', async (status, query, headers, body) => {
    const length = body === '' ? ['Content-Length: 0'] : [];
    const target = `/api/v1/pastes${query}`;
    expect((await ask({ target, headers: [...headers, ...length], body, isTaken: true })).status).toBe(
      status,
    );
  });

  it.each<[string, Partial<Asked>]>([
    ['another method', { method: 'PUT' }],
    ['another path', { target: '/api/v1/uploads' }],
    ['an option that is encoded', { target: '/api/v1/pastes?title=a%20b' }],
    ['a repeated option', { target: '/api/v1/pastes?title=a&title=b' }],
    ['an option without a value', { target: '/api/v1/pastes?title' }],
    ['a credential', { headers: ['Authorization: Bearer none'] }],
    ['a key for retries', { headers: ['Idempotency-Key:'] }],
    ['a page of another origin', { headers: ['Origin: https://other.example'] }],
    ['a compressed body', { headers: ['Content-Encoding: gzip'] }],
    ['two types', { headers: ['Content-Type: text/plain', JSON_TYPE] }],
    ['a form', { headers: ['Content-Type: multipart/form-data; boundary=x'] }],
    ['an unusual host', { hosts: ['[::1]:3000'] }],
    ['a large body', { body: 'x'.repeat(1024 * 1024 + 1) }],
  ])('which answers %s itself', async (_name, request) => {
    await ask({ ...request, isTaken: false });
  });

  it('when the body arrives in parts, with the time that it took in all', async () => {
    const created = await sendSlowly('{"content":"in ', 'two parts"}');
    expect(created).toMatchObject({ status: 201, text: expect.stringContaining('"bytes":12') });
    const refused = await sendSlowly('{"content":"in ', 'two parts"');
    expect(refused.status).toBe(400);
    for (const { ms } of [created, refused]) expect(ms).toBeGreaterThanOrEqual(PAUSE_MS - 50);
  });

  it('when the database refuses, and beyond the limit', async () => {
    await prisma().$executeRaw`alter table pastes rename to pastes_away`;
    expect((await ask({ isTaken: true })).status).toBe(500);
    await prisma().$executeRaw`alter table pastes_away rename to pastes`;
    await prisma().$executeRaw`update rate_limits set points = 1000000 where key like '%change-pastes%'`;
    const refused = await ask({ isTaken: true });
    expect(refused.status).toBe(429);
    expect(refused.headers.map(([name]) => name)).toContain('retry-after');
  });
});
