import { once } from 'node:events';
import { Agent, request as httpRequest, type RequestOptions } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findForm, postFound } from '../e2e/support/plain-form';
import { HOSTILE_IMPORTS } from './hostile-imports';
import { PASSWORD } from './sign-up';

const MIB = 1024 * 1024;

export interface Target {
  url: string;
  /** Of a signed-in member. */
  bearer: string;
  cookie: string;
}

export interface Flood {
  name: string;
  /** Whether the process that renders pages does the work, so that its answers have the same limit. */
  isOfPages?: boolean;
  /** @returns what was answered, in a few words */
  send: (target: Target) => Promise<string>;
}

const agent = new Agent({ keepAlive: false });

/** Sends a body in chunks as fast as it is taken. @returns the status, or how the connection ended */
function post(
  url: string,
  body: Buffer | readonly Buffer[],
  headers: Record<string, string | number>,
  method = 'POST',
): Promise<string> {
  const chunks = Buffer.isBuffer(body) ? [body] : body;
  const options: RequestOptions = { method, headers, agent };
  return new Promise((resolve) => {
    const sending = httpRequest(url, options, (response) => {
      response.resume();
      response.on('end', () => {
        resolve(String(response.statusCode));
        sending.destroy();
      });
    });
    sending.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    const closed = new Promise((done) => sending.once('close', done));
    void (async () => {
      for (const chunk of chunks) {
        for (let at = 0; at < chunk.length && !sending.destroyed; at += 65_536) {
          if (sending.write(chunk.subarray(at, at + 65_536))) continue;
          await Promise.race([once(sending, 'drain').catch(() => {}), closed]);
        }
      }
      sending.end();
    })();
  });
}

/** @returns the status of a request whose target is sent as it is written */
function getPath(url: string, path: string, headers: Record<string, string> = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const sending = httpRequest({ hostname, port, path, headers, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(String(response.statusCode)));
    });
    sending.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sending.end();
  });
}

// Some parsers take no shorter one.
const BOUNDARY = 'b'.repeat(27);
const MULTIPART = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };

function parts(count: number, header = 'Content-Disposition: form-data; name="file"; filename="a"'): Buffer {
  return Buffer.from(`${`--${BOUNDARY}\r\n${header}\r\n\r\nx\r\n`.repeat(count)}--${BOUNDARY}--\r\n`);
}

/** A part whose header has `lines` lines. */
function longHeader(lines: number): Buffer {
  return Buffer.from(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"\r\n${'a: b\r\n'.repeat(lines)}\r\nx\r\n--${BOUNDARY}--\r\n`,
  );
}

/** Uploads a file on the import page, and imports it from its preview. */
async function importFile(
  { url, cookie }: Target,
  { name, text }: { name: string; text: string | Buffer },
): Promise<string> {
  const pageOf = async (page: string) => (await fetch(page, { headers: { cookie } })).text();
  const body = new FormData();
  for (const [field, value] of findForm(await pageOf(`${url}/contacts/import`), ['file']).fields) {
    body.append(field, value);
  }
  body.append('file', new Blob([typeof text === 'string' ? text : new Uint8Array(text)]), name);
  const headers = { cookie, origin: new URL(url).origin };
  const uploaded = await fetch(`${url}/contacts/import`, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
  });
  const location = uploaded.headers.get('location');
  if (location === null) return String(uploaded.status);
  const preview = new URL(location, url).href;
  const form = findForm(await pageOf(preview), ['press']);
  const imported = await postFound(preview, form, { fields: { press: 'import' }, headers: { cookie } });
  return String(imported.status);
}

/** Texts that cost a highlighter the most, 50,000 characters of each. */
const HOSTILE_TEXTS = [
  ['stars as JavaScript', 'javascript', '*'.repeat(50_000)],
  ['opening tags as XML', 'xml', '<'.repeat(50_000)],
  ['brackets as TypeScript', 'typescript', '(['.repeat(25_000)],
  ['quotes as Markdown', 'markdown', '>'.repeat(50_000)],
  ['empty lines as Python', 'python', `x${'\n'.repeat(50_000)}`],
] as const;

export const FLOODS: readonly Flood[] = [
  { name: 'nothing, for comparison', send: () => sleep(2_000, '-') },
  ...['/api/v1/pastes', '/documents', '/'].flatMap((path): Flood[] => [
    {
      name: `350,000 multipart parts to ${path}`,
      send: ({ url }) => post(url + path, parts(350_000), MULTIPART),
    },
    {
      name: `160,000 multipart parts to ${path}`,
      send: ({ url }) => post(url + path, parts(160_000), MULTIPART),
    },
    {
      name: `a part header of 3 million lines to ${path}`,
      send: ({ url }) => post(url + path, longHeader(3_000_000), MULTIPART),
    },
    {
      name: `a million delimiters to ${path}`,
      send: ({ url }) =>
        post(url + path, Buffer.from(`${`--${BOUNDARY}\r\n`.repeat(1_000_000)}--${BOUNDARY}--`), MULTIPART),
    },
  ]),
  {
    name: 'an avatar of 100,000 parts',
    send: ({ url, bearer }) =>
      post(`${url}/api/v1/users/me/avatar`, parts(50_000), { ...MULTIPART, Authorization: bearer }, 'PUT'),
  },
  ...['', '$ACTION_REF_1', '1_$ACTION_ID_x'].map(
    (name): Flood => ({
      name: `a page form of 60,000 file parts, ${name === '' ? 'no action' : name}`,
      send: ({ url }) =>
        post(
          `${url}/`,
          [parts(1, `Content-Disposition: form-data; name="${name}"`).subarray(0, -7), parts(60_000)],
          {
            ...MULTIPART,
            origin: new URL(url).origin,
          },
        ),
    }),
  ),
  {
    name: 'a fetched action of 60,000 parts',
    send: ({ url }) =>
      post(`${url}/`, parts(60_000), {
        ...MULTIPART,
        'Next-Action': '40'.repeat(21),
        origin: new URL(url).origin,
      }),
  },
  {
    name: 'a page form of 6 MB in single-byte chunks',
    send: ({ url }) => {
      const body = parts(900).subarray(0, 60_000);
      const chunks = Array.from(body, (_, at) => body.subarray(at, at + 1));
      return post(`${url}/`, chunks, { ...MULTIPART, origin: new URL(url).origin });
    },
  },
  {
    name: 'a page form of 2 million urlencoded pairs',
    send: ({ url }) =>
      post(`${url}/`, Buffer.from('a=b&'.repeat(1_400_000)), {
        'Content-Type': 'application/x-www-form-urlencoded',
        origin: new URL(url).origin,
      }),
  },
  {
    name: 'a fetched action of 5 MB of nested JSON',
    send: ({ url }) =>
      post(`${url}/`, Buffer.from('['.repeat(5 * MIB)), {
        'Content-Type': 'text/plain;charset=UTF-8',
        'Next-Action': '40'.repeat(21),
        origin: new URL(url).origin,
      }),
  },
  {
    name: '20 MB of JSON objects',
    send: ({ url }) =>
      post(`${url}/api/v1/pastes`, Buffer.from(`{"files":[${'{},'.repeat(6_000_000)}{}]}`), {
        'Content-Type': 'application/json',
      }),
  },
  {
    name: '24 MB of escapes in JSON',
    send: ({ url }) =>
      post(`${url}/api/v1/pastes`, Buffer.from(`{"content":"${'\\u0001'.repeat(4 * MIB)}"}`), {
        'Content-Type': 'application/json',
      }),
  },
  {
    name: 'GET /raw/ with 15,800 dots and a line break',
    send: ({ url }) => getPath(url, `/raw/${'.'.repeat(15_800)}%0a`),
  },
  ...['/documents/', '/', '/u/', '/api/v1/pastes/'].map(
    (path): Flood => ({
      name: `GET ${path} with 15,800 dots and a line break`,
      send: ({ url }) => getPath(url, `${path}${'.'.repeat(15_800)}%0a`),
    }),
  ),
  {
    name: 'GET with 15 KB of query parameters',
    send: async ({ url }) =>
      `${await getPath(url, `/api/v1/pastes?${'a&'.repeat(7_500)}`)} ${await getPath(url, `/?${'a&'.repeat(7_500)}`)}`,
  },
  ...[
    'Accept',
    'Accept-Language',
    'If-None-Match',
    'Cookie',
    'User-Agent',
    'Forwarded',
    'X-Forwarded-For',
  ].map(
    (name): Flood => ({
      name: `15 KB of separators as ${name}`,
      send: async ({ url }) => {
        const headers = { [name]: ', ; ='.repeat(3_000) };
        return `${await getPath(url, '/api/v1/pastes', headers)} ${await getPath(url, '/', headers)}`;
      },
    }),
  ),
  ...HOSTILE_IMPORTS.map(
    ([name, extension, make]): Flood => ({
      name,
      isOfPages: true,
      send: (target) => importFile(target, { name: `a.${extension}`, text: make() }),
    }),
  ),
  ...HOSTILE_TEXTS.map(
    ([name, language, content]): Flood => ({
      name: `a page of ${name}`,
      send: async ({ url }) => {
        const created = await fetch(`${url}/api/v1/pastes`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ content, language }),
        });
        return getPath(url, new URL(created.headers.get('location') ?? '', url).pathname);
      },
    }),
  ),
  {
    name: '20 sign-ins at once, 20 times: warms up what follows',
    send: async (target) => {
      const answers: string[] = [];
      for (let round = 0; round < 20; round += 1) answers.push(...(await signInAtOnce(target, 20)));
      return count(answers);
    },
  },
  { name: '300 sign-ins at once', send: async (target) => count(await signInAtOnce(target, 300)) },
  { name: '40 silent connections that announce 20 MB', send: announceAndWait },
];

function signInAtOnce({ url }: Target, times: number): Promise<string[]> {
  const body = (n: number) => Buffer.from(JSON.stringify({ username: `unknown-${n}`, password: PASSWORD }));
  const headers = { 'Content-Type': 'application/json' };
  return Promise.all(
    Array.from({ length: times }, (_, n) => post(`${url}/api/v1/auth/login`, body(n), headers)),
  );
}

/** Others can still create a large paste while nothing of what was announced arrives. */
async function announceAndWait({ url }: Target): Promise<string> {
  const { hostname, port, host } = new URL(url);
  const head = `POST /api/v1/pastes HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/plain\r\nContent-Length: ${4 * MIB}\r\n\r\n`;
  const sockets: Socket[] = [];
  for (let n = 0; n < 40; n += 1) {
    const socket = connect(Number(port), hostname, () => socket.write(head));
    socket.on('error', () => {});
    sockets.push(socket);
  }
  await sleep(500);
  const started = performance.now();
  const status = await post(`${url}/api/v1/pastes`, Buffer.alloc(2 * MIB, 'x'), {
    'Content-Type': 'text/plain',
  });
  for (const socket of sockets) socket.destroy();
  return `${status} for another client after ${(performance.now() - started).toFixed(0)} ms`;
}

function count(answers: readonly string[]): string {
  const counted = new Map<string, number>();
  for (const answer of answers) counted.set(answer, (counted.get(answer) ?? 0) + 1);
  return [...counted].map(([answer, times]) => `${times} × ${answer}`).join(', ');
}
