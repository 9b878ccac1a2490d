import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from './fixtures';
import { join } from './support/accounts';
import { expectProblem } from './support/checks';

const V1 = '/api/v1';
const MIB = 1024 * 1024;
const WORDS_BYTES = 64 * 1024;

interface Flood {
  status: number;
  code: string;
  sent: number;
}

/** Sends without end, in chunks and with no length, until it is answered. */
function flood(url: string, { type, most }: { type: string; most: number }): Promise<Flood> {
  const chunk = Buffer.alloc(256 * 1024, 0x20);
  return new Promise((resolve, reject) => {
    let sent = 0;
    const sending = request(url, { method: 'POST', headers: { 'content-type': type } });
    const pour = () => {
      while (sent < most && !sending.destroyed) {
        sent += chunk.length;
        if (!sending.write(chunk)) return;
      }
    };
    sending.on('drain', pour);
    sending.on('error', reject);
    sending.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { code } = JSON.parse(Buffer.concat(parts).toString()) as { code: string };
        sending.on('error', () => {});
        sending.destroy();
        resolve({ status: response.statusCode ?? 0, code, sent });
      });
    });
    pour();
  });
}

/** Writes these very bytes to the socket and reads what comes back until it ends. */
function converse(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    const parts: Buffer[] = [];
    socket.on('data', (part) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(parts).toString()));
  });
}

test('stops reading a flood without Content-Length', async ({ api, sheaf }) => {
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
    const answered = await flood(`${sheaf.url}${V1}/pastes`, { type, most: 400 * MIB });
    expect([answered.status, answered.code], type).toEqual([413, 'too_large']);
    expect(answered.sent).toBeLessThan(200 * MIB);
  }
  const words = await flood(`${sheaf.url}${V1}/auth/login`, { type: 'application/json', most: 400 * MIB });
  expect([words.status, words.code]).toEqual([413, 'too_large']);
  expect((await api.get('/api/health')).status).toBe(200);
});

test('rejects a wrong Content-Length', async ({ api, sheaf }) => {
  const { host } = new URL(sheaf.url);
  const head = `POST ${V1}/pastes HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: text/plain\r\n`;
  const huge = await converse(sheaf.url, `${head}Content-Length: 999999999\r\n\r\nshort`);
  expect(huge).toMatch(/^HTTP\/1\.1 413 /);
  const twice = await converse(sheaf.url, `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort`);
  expect(twice).toMatch(/^HTTP\/1\.1 400 /);
  const both = `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\n\r\n`;
  expect(await converse(sheaf.url, both)).toMatch(/^HTTP\/1\.1 400 /);
  const negative = await converse(sheaf.url, `${head}Content-Length: -1\r\n\r\n`);
  expect(negative).toMatch(/^HTTP\/1\.1 400 /);
  expect((await api.get('/api/health')).status).toBe(200);
});

test('large bodies: an announcement alone takes no slot', async ({ api, sheaf }) => {
  const { hostname, port, host } = new URL(sheaf.url);
  const head = `POST ${V1}/pastes HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/plain\r\nContent-Length: ${4 * MIB}\r\n\r\n`;
  const silent = Array.from({ length: 40 }, () => {
    const socket = connect(Number(port), hostname, () => socket.write(head));
    socket.on('error', () => {});
    return socket;
  });
  try {
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    const made = await Promise.all(Array.from({ length: 4 }, () => api.postText('', 'x'.repeat(2 * MIB))));
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  } finally {
    for (const socket of silent) socket.destroy();
  }
});

test('takes a text of exactly the limit, in every form', async ({ api }) => {
  const most = 'x'.repeat(4 * MIB);
  const form = new FormData();
  form.append('file', new File([most], 'a.txt'));
  const escaped = `{"content":"${'\\u0001'.repeat(4 * MIB)}"}`;
  const headers = { 'content-type': 'application/json' };
  for (const send of [
    () => api.post(`${V1}/pastes`, { content: most }),
    () => api.postText('', most),
    () => api.send(`${V1}/pastes`, { method: 'POST', body: form }),
    () => api.send(`${V1}/pastes`, { method: 'POST', body: escaped, headers }),
  ]) {
    const made = await send();
    expect(made.status, made.text.slice(0, 300)).toBe(201);
    const slug = new URL(made.headers.get('location') ?? '').pathname;
    expect((await api.get(`${slug}/raw`)).bytes.length).toBe(4 * MIB);
  }
});

test('accepts fields up to their limit, and not one byte more', async ({ api }) => {
  const sendBytes = (length: number) => {
    const frame = JSON.stringify({ email: 'ada@example.com' });
    const body = `${frame}${' '.repeat(length - frame.length)}`;
    const headers = { 'content-type': 'application/json' };
    return api.send(`${V1}/auth/resend-verification`, { method: 'POST', body, headers });
  };
  expect((await sendBytes(WORDS_BYTES)).status).toBe(202);
  expectProblem(await sendBytes(WORDS_BYTES + 1), 413, 'too_large');
});

const BAD_WORDS: [name: string, body: string, status: number][] = [
  ['JSON cut short', '{"email":', 400],
  ['nothing', '', 400],
  ['JSON nested deeply', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 422],
  ['JSON nested deeply and left open', '['.repeat(60_000), 400],
  ['an array', '[]', 422],
  ['null', 'null', 422],
  ['an operator', '{"email":{"$gt":""},"username":{"$ne":null},"password":{"$regex":".*"}}', 422],
  ['arrays for strings', '{"email":["a@example.com"],"username":["abc"],"password":["x"]}', 422],
  ['numbers for strings', '{"email":1,"username":2,"password":3}', 422],
  ['a prototype', '{"__proto__":{"role":"admin"},"email":"a@example.com"}', 422],
  ['a constructor', '{"constructor":{"prototype":{"role":"admin"}}}', 422],
  ['a lone surrogate', '{"email":"\\ud800","username":"\\udfff","password":"\\ud800"}', 422],
  ['a NUL', '{"email":"a\\u0000@example.com","username":"a\\u0000b","token":"\\u0000"}', 422],
  ['unknown fields', '{"role":"admin","email_verified":true}', 422],
];
const OPEN_ROUTES = [
  'auth/register',
  'auth/login',
  'auth/refresh',
  'auth/verify-email',
  'auth/resend-verification',
  'auth/forgot-password',
  'auth/reset-password',
];
const OWN_ROUTES: [method: string, path: string][] = [
  ['PATCH', 'users/me'],
  ['DELETE', 'users/me'],
  ['POST', 'auth/change-password'],
  ['POST', 'auth/change-email'],
  ['POST', 'users/me/claim'],
  ['POST', 'users/me/tokens'],
];

test('rejects invalid enum values in every place', async ({ api, sheaf }) => {
  const { bearer } = await join(api, sheaf);
  const routes = [...OPEN_ROUTES.map((path): [string, string] => ['POST', path]), ...OWN_ROUTES];
  for (const [method, path] of routes) {
    for (const [name, body, status] of BAD_WORDS) {
      const headers = { ...bearer, 'content-type': 'application/json' };
      const answer = await api.send(`${V1}/${path}`, { method, body, headers });
      expect(answer.status, `${name} to ${method} ${path}: ${answer.text.slice(0, 200)}`).toBe(status);
      expectProblem(answer, status);
    }
    const wrong: Record<string, string>[] = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    ];
    for (const headers of wrong) {
      const answer = await api.send(`${V1}/${path}`, {
        method,
        body: '{}',
        headers: { ...bearer, ...headers },
      });
      expectProblem(answer, 415, 'unsupported_media_type');
    }
  }
  expect((await api.get(`${V1}/users/me`, bearer)).status).toBe(200);
});

test('rejects an invalid query', async ({ api, sheaf }) => {
  const { bearer, username } = await join(api, sheaf);
  const lists = ['pastes', 'users/me/pastes', `users/${username}`];
  const queries = [
    ['limit=0', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=NaN', 'limit'],
    ['limit=1e999', 'limit'],
    ['limit=10&limit=20', 'limit'],
    ['limit[]=10', 'limit[]'],
    ['cursor=garbage', 'cursor'],
    ['cursor=%00', 'cursor'],
    ['cursor=e30', 'cursor'],
    ['cursor=a&cursor=b', 'cursor'],
    ['offset=10', 'offset'],
    // Next removes it from the URL before our code sees it.
    ...(sheaf.name === 'front' ? [['__proto__=x', '__proto__'] as const] : []),
  ] as const;
  for (const list of lists) {
    for (const [search, path] of queries) {
      const problem = expectProblem(
        await api.get(`${V1}/${list}?${search}`, bearer),
        422,
        'validation_failed',
      );
      expect(
        problem.errors?.map((error) => error.path),
        `${list}?${search}`,
      ).toContain(path);
    }
  }
});

test('names the methods that the addresses of accounts take', async ({ api, sheaf }) => {
  const { bearer } = await join(api, sheaf);
  const addresses: [path: string, wrong: string, allowed: string[]][] = [
    ['auth/login', 'GET', ['POST']],
    ['auth/register', 'DELETE', ['POST']],
    ['users/me', 'POST', ['DELETE', 'GET', 'HEAD', 'PATCH']],
    ['users/me/tokens', 'PUT', ['GET', 'HEAD', 'POST']],
    ['users/me/sessions', 'POST', ['DELETE', 'GET', 'HEAD']],
  ];
  for (const [path, method, allowed] of addresses) {
    const answer = await api.send(`${V1}/${path}`, { method, headers: bearer });
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')?.split(', ').sort(), `${method} ${path}`).toEqual(allowed);
  }
});

test('lives through many large bodies at once', async ({ api }) => {
  test.setTimeout(120_000);
  const body = `{"content":"${'\\u0001'.repeat(4 * MIB)}${'x'.repeat(100)}"}`;
  const headers = { 'content-type': 'application/json' };
  const answers = await Promise.all(
    Array.from({ length: 24 }, () => api.send(`${V1}/pastes`, { method: 'POST', body, headers })),
  );
  for (const answer of answers) {
    expect([413, 503], answer.text.slice(0, 200)).toContain(answer.status);
    if (answer.status === 503) expectProblem(answer, 503, 'overloaded');
  }
  expect(answers.map(({ status }) => status)).toContain(413);
  expect((await api.get('/api/health')).status).toBe(200);
  expect((await api.post(`${V1}/pastes`, { content: 'small' })).status).toBe(201);
});
