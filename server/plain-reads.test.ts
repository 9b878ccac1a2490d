import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawAnswer, sendRawRequest } from '@/e2e/support/raw-request';
import { newSecret } from '@/e2e/support/secret';
import { api } from '@/lib/api/app';
import { admitRequest } from '@/lib/core/http/admit-request';
import { setCommonHeaders } from '@/lib/core/http/security-headers';
import { prisma } from '@/lib/core/prisma';
import { createPaste, createSecretPaste } from '@/lib/pastes/create';
import { createSecretPasteSchema } from '@/lib/pastes/secret-schema';
import { newSlug } from '@/lib/pastes/slug';
import { blobStore } from '@/lib/storage/blob-store';
import { ANONYMOUS, signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { createPlainReads } from './plain-reads';
import { alignRawHeaders } from './request';

useTestDatabase();

/** How many requests the fast way answered, or passed to the API with an error. */
let taken = 0;
const answerApi = getRequestListener(api.fetch);
const answerPlainRead = createPlainReads((request, response) => {
  alignRawHeaders(request);
  void answerApi(request, response);
});

const servers: { url: string; close: () => void }[] = [];

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    setCommonHeaders(response);
    admitRequest(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  servers.push({ url, close: () => server.close() });
  return url;
}

const PASTES = {
  unlisted: {},
  public: { visibility: 'public' },
  private: { visibility: 'private' },
  hidden: { hiddenAt: new Date() },
  expired: { expiresAt: new Date(Date.now() - 1) },
  deleted: { deletedAt: new Date() },
  burning: { burnAfter: 3 },
  damaged: {},
} as const;

type Kind = keyof typeof PASTES;
const slugs = {} as Record<Kind | 'chosen' | 'absent', string>;
let etag = '';

beforeAll(async () => {
  const owner = signedIn(await addUser());
  const files = [
    { name: 'a.txt', content: 'first\r\n\0' },
    { content: '' },
    { name: 'c', content: 'Привет' },
  ];
  for (const [kind, data] of Object.entries(PASTES)) {
    const { paste } = await createPaste({ files }, owner);
    await prisma().paste.update({ where: { id: paste.id }, data });
    slugs[kind as Kind] = paste.slug;
    if (kind === 'damaged') await blobStore().delete(paste.files.map(({ key }) => key));
    etag = `"${paste.files[0]?.sha256}"`;
  }
  slugs.chosen = (await createPaste({ slug: 'some-notes', files }, owner)).paste.slug;
  slugs.absent = newSlug();
  await listen((request, response) => {
    if (answerPlainRead(request, response)) taken += 1;
    else {
      alignRawHeaders(request);
      void answerApi(request, response);
    }
  });
  await listen((request, response) => {
    alignRawHeaders(request);
    void answerApi(request, response);
  });
});

afterAll(() => {
  for (const { close } of servers) close();
});

/** What no two responses have in common. */
function comparable({ status, headers, body }: RawAnswer) {
  const shown = headers.map(([name, value]) => {
    if (name === 'date') return name;
    if (name === 'server-timing') return `${name}: ${value.replace(/[\d.]+/, 'n')}`;
    // Each of the two is counted.
    if (name === 'ratelimit') return `${name}: ${value.replace(/[rt]=\d+/g, 'n')}`;
    if (name === 'x-request-id') return `${name}: ${value.replace(/^[\da-f-]{36}$/, 'id')}`;
    return `${name}: ${value}`;
  });
  return { status, headers: shown.sort(), body };
}

interface Asked {
  path: string;
  method?: string;
  headers?: string[];
  hosts?: string[];
  version?: '1.0' | '1.1';
  body?: string;
  /** Whether the fast way takes it. */
  isTaken: boolean;
}

/** The responses of the front to a request, with the fast way and without it. */
async function ask({ path, isTaken, ...request }: Asked): Promise<RawAnswer> {
  const before = taken;
  const [fast, slow] = await Promise.all(
    servers.map(({ url }) => sendRawRequest(url, { target: path, hosts: ['sheaf.example'], ...request })),
  );
  if (!fast || !slow) throw new Error('unreachable: there are two servers');
  expect(comparable(fast)).toEqual(comparable(slow));
  expect(taken - before, 'taken by the fast way').toBe(isTaken ? 1 : 0);
  return fast;
}

describe('the fast way of a raw read is answered as the API answers', () => {
  it.each<[Kind | 'chosen' | 'absent', number]>([
    ['unlisted', 200],
    ['public', 200],
    ['chosen', 200],
    ['private', 404],
    ['hidden', 404],
    ['expired', 404],
    ['deleted', 404],
    ['absent', 404],
    ['burning', 403],
    ['damaged', 503],
  ])('for a paste that is %s', async (kind, status) => {
    const paths = ['raw', 'raw/1', 'raw/2', 'raw/3'].map((end) => `/${slugs[kind]}/${end}`);
    for (const path of [...paths, `/raw/${slugs[kind]}`, `/raw/${slugs[kind]}.ts`]) {
      for (const method of ['GET', 'HEAD']) {
        expect((await ask({ path, method, isTaken: true })).status, `${method} ${path}`).toBe(status);
      }
    }
    for (const end of ['raw/0', 'raw/4', 'raw/99', 'raw/01']) {
      const expected = status === 200 || status === 503 ? 404 : status;
      expect((await ask({ path: `/${slugs[kind]}/${end}`, isTaken: true })).status).toBe(expected);
    }
    const held = { path: `/${slugs[kind]}/raw`, headers: [`If-None-Match: ${etag}`], isTaken: true };
    expect((await ask(held)).status).toBe(status === 200 || status === 503 ? 304 : status);
  });

  it('for a secret paste', async () => {
    const { payload, proofHash } = await newSecret();
    const input = { encryption: 'age-v1', payload, proof_hash: proofHash };
    const { paste } = await createSecretPaste(createSecretPasteSchema.parse(input), ANONYMOUS);
    for (const path of [`/${paste.slug}/raw`, `/${paste.slug}/raw/1`, `/raw/${paste.slug}`]) {
      const { status, headers, body } = await ask({ path, isTaken: true });
      expect([status, new Map(headers).get('content-type')]).toEqual([200, 'application/octet-stream']);
      expect(Buffer.from(body, 'latin1')).toEqual(Buffer.from(payload));
    }
    expect((await ask({ path: `/${paste.slug}/raw/2`, isTaken: true })).status).toBe(404);
  });

  it.each([
    ['"other"', 200],
    ['*', 304],
    ['ETAG', 304],
    ['W/ETAG', 304],
    ['"other", ETAG', 304],
    ['etag', 200],
    ['', 200],
    ['\xe9', 200],
  ])('with If-None-Match: %s', async (value, status) => {
    const headers = [`If-None-Match: ${value.replace('ETAG', etag)}`];
    for (const method of ['GET', 'HEAD']) {
      const path = `/${slugs.unlisted}/raw`;
      expect((await ask({ path, method, headers, isTaken: true })).status).toBe(status);
    }
  });

  it.each([
    [['If-None-Match: "other"', 'If-None-Match: *'], 304],
    [['Range: bytes=0-1'], 200],
    [['If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT'], 200],
    [['If-Match: "other"'], 200],
    [['Accept: text/html', 'Accept-Encoding: br', 'Accept-Language: ru'], 200],
    [['X-Request-Id: trace-1'], 200],
    [['X-Request-Id: a b'], 200],
    [['X-Request-Id:'], 200],
    [[`X-Request-Id: ${'x'.repeat(65)}`], 200],
    [['X-Request-Id: one', 'X-Request-Id: two'], 200],
    [['Cookie: theme=dark', 'Cookie: locale=ru'], 200],
    [['Origin: https://other.example'], 200],
    [['RSC: 1', 'Next-Action: x', 'Sec-Fetch-Mode: navigate', 'Purpose: prefetch'], 200],
    [['X-Forwarded-For: 203.0.113.7', 'X-Sheaf-Client: forged'], 200],
    [['User-Agent: curl/8', '__proto__: x', 'constructor: y'], 200],
  ])('with %j', async (headers, status) => {
    expect((await ask({ path: `/${slugs.unlisted}/raw`, headers, isTaken: true })).status).toBe(status);
    expect((await ask({ path: `/${slugs.absent}/raw`, headers, isTaken: true })).status).toBe(404);
  });

  it('in HTTP/1.0', async () => {
    for (const path of [`/${slugs.unlisted}/raw`, `/${slugs.absent}/raw`]) {
      await ask({ path, version: '1.0', isTaken: true });
      await ask({ path, version: '1.0', hosts: [], isTaken: true });
    }
  });

  it('for a whole URL, and a slug in another case', async () => {
    const whole = await ask({ path: `http://sheaf.example/${slugs.unlisted}/raw`, isTaken: true });
    expect(whole.status).toBe(200);
    expect((await ask({ path: '/Some-NOTES/raw', isTaken: true })).status).toBe(200);
    const other = slugs.unlisted.toLowerCase();
    expect((await ask({ path: `/${other}/raw`, isTaken: true })).status).toBe(404);
  });
});

describe('the fast way of a read of metadata is answered as the API answers', () => {
  it.each<[Kind | 'chosen' | 'absent', number]>([
    ['unlisted', 200],
    ['public', 200],
    ['chosen', 200],
    ['private', 404],
    ['hidden', 404],
    ['expired', 404],
    ['deleted', 404],
    ['absent', 404],
    ['burning', 200],
    ['damaged', 200],
  ])('for a paste that is %s', async (kind, status) => {
    const path = `/api/v1/pastes/${slugs[kind]}`;
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask({ path, method, isTaken: true });
      expect(answer.status, method).toBe(status);
      const tag = new Map(answer.headers).get('etag');
      const held = await ask({ path, method, headers: [`If-None-Match: ${tag ?? '"1.1"'}`], isTaken: true });
      expect(held.status, `${method} again`).toBe(status === 200 ? 304 : status);
    }
  });

  it('shows no title of a paste that burns', async () => {
    const { body } = await ask({ path: `/api/v1/pastes/${slugs.burning}`, isTaken: true });
    expect(JSON.parse(body)).toMatchObject({ slug: slugs.burning, title: '', files: [], burn_after: 3 });
  });

  it('and counted once, whether it succeeds or not', async () => {
    const left = async (slug: string) => {
      const [url = ''] = servers.map((server) => server.url);
      const response = await fetch(`${url}/api/v1/pastes/${slug}`);
      await response.arrayBuffer();
      return Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
    };
    const before = await left(slugs.unlisted);
    expect(before).toBeGreaterThan(0);
    expect(await left(slugs.absent)).toBe(before - 1);
    expect(await left(slugs.unlisted)).toBe(before - 2);
  });
});

describe('the API answers', () => {
  it('a read of metadata with a query, a credential, or for a page of another origin', async () => {
    const path = `/api/v1/pastes/${slugs.unlisted}`;
    await ask({ path: `${path}?content=1`, isTaken: false });
    await ask({ path: `${path}?`, isTaken: false });
    await ask({ path: `${path}/`, isTaken: false });
    await ask({ path, method: 'DELETE', isTaken: false });
    for (const header of ['Authorization: Bearer x', 'X-Edit-Key: x', 'Origin: https://other.example']) {
      await ask({ path, headers: [header], isTaken: false });
    }
  });

  it.each([
    ['Authorization: Bearer x', 401],
    ['Authorization: Basic eDp5', 401],
    ['Cookie: a=b; sheaf_session=x', 200],
    ['Cookie: sheaf_shares=x', 200],
    ['X-Edit-Key: x', 200],
    ['Content-Length: 0', 200],
    ['Content-Length: 99999999', 413],
    ['Transfer-Encoding: chunked', 200],
  ])('a read with %s', async (header, status) => {
    const path = `/${slugs.unlisted}/raw`;
    expect((await ask({ path, headers: [header], isTaken: false })).status).toBe(status);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND'])('%s', async (method) => {
    await ask({ path: `/${slugs.unlisted}/raw`, method, isTaken: false });
  });

  it.each([
    '/SLUG/raw?line=1',
    '/SLUG/raw?',
    '/SLUG/raw/',
    '/SLUG/raw/1/',
    '/SLUG/raw/100',
    '/SLUG/raw/x',
    '/SLUG/raw/%31',
    '/SLUG/%72aw',
    '/SLUG%20/raw',
    '//SLUG/raw/../raw',
    '/./SLUG/raw',
    '/SLUG/raw#1',
    '/ab/raw',
    `/${'a'.repeat(65)}/raw`,
    '/a_b/raw',
    '/raw/SLUG.tar.gz',
    '/raw/SLUG%2Ets',
    '/raw/',
    '/SLUG/download',
    '/api/v1/pastes/SLUG/raw',
  ])('%s', async (path) => {
    await ask({ path: path.replace('SLUG', slugs.unlisted), isTaken: false });
  });

  it.each(['0X7F.1', '0x7f.1:80', '[::1]:3000', 'Sheaf.Example'])('a read at the host %s', async (host) => {
    await ask({ path: `/${slugs.unlisted}/raw`, hosts: [host], isTaken: false });
  });
});
