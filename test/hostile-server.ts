import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { sealPaste } from '@/lib/encryption/seal';
import { buildClient } from '../scripts/build-client';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;
export const SLUG = '7hPq3nXv9KdR';

export const PLAIN = {
  slug: SLUG,
  url: `https://sheaf.example/${SLUG}`,
  title: '',
  revision: 1,
  expires_at: null,
  burn_after: null,
  reads: null,
  files: [{ name: 'a.txt', language: 'text', sha256: 'x' }],
  encryption: null,
};

export const SECRET = { ...PLAIN, files: [], encryption: { format: 'age-v1', lock_url: null } };

/** The built client in a folder of its own, and a server that answers as a test wants. */
export function useHostileServer() {
  const hostile = {
    folder: '',
    host: '',
    /** The first line, the headers and the body of all that was sent. */
    received: [] as string[],
    answerWith: ((_request, response) => response.end()) as Answering,
  };
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    const { method, url, rawHeaders } = request;
    hostile.received.push([method, url, ...rawHeaders, body.toString('latin1')].join('\n'));
    hostile.answerWith(request, response);
  });

  beforeAll(async () => {
    hostile.folder = await mkdtemp(join(tmpdir(), 'sheaf-client-'));
    await buildClient(join(hostile.folder, 'sheaf.mjs'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    hostile.host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    hostile.received = [];
    server.closeAllConnections();
  });

  afterAll(async () => {
    server.close();
    await rm(hostile.folder, { recursive: true });
  });

  /** The output may be a file; null closes it without reading. */
  async function sheaf(
    args: string[],
    { stdin = 'text', env = {}, cwd = hostile.folder, output = '' as string | null } = {},
  ) {
    const file = output ? await open(output, 'w') : null;
    const child = spawn(process.execPath, [join(hostile.folder, 'sheaf.mjs'), ...args], {
      cwd,
      env: {
        NODE_ENV: 'production',
        XDG_CONFIG_HOME: hostile.folder,
        XDG_STATE_HOME: join(hostile.folder, 'state'),
        ...env,
      },
      timeout: 20_000,
      stdio: ['pipe', file?.fd ?? 'pipe', 'pipe'],
    });
    if (output === null) child.stdout?.destroy();
    child.stdin?.on('error', () => {});
    child.stdin?.end(stdin);
    const read = async (stream: Readable | null) => (stream && !stream.destroyed ? buffer(stream) : '');
    const [out, err] = await Promise.all([read(child.stdout), read(child.stderr)]);
    if (child.exitCode === null) await once(child, 'exit');
    await file?.close();
    return { code: child.exitCode, out: out.toString(), err: err.toString() };
  }

  return Object.assign(hostile, {
    sheaf,
    create: (args: string[] = []) => sheaf(['--host', hostile.host, ...args]),
    get: (hash = '', args: string[] = []) => sheaf(['get', `${hostile.host}/${SLUG}${hash}`, ...args]),
  });
}

export function sends(
  body: string | Uint8Array,
  { status = 200, type = 'application/json', headers = {} } = {},
): Answering {
  return (_request, response) => response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

/** The answers by how their path ends; the paste itself by an empty string. */
export function serves(answers: Record<string, Answering>): Answering {
  return (request, response) => {
    const [, end = ''] = /^\/api\/v1\/pastes\/\w+(.*)$/.exec(request.url ?? '') ?? [];
    (answers[end] ?? sends('', { status: 404 }))(request, response);
  };
}

export const json = (value: unknown) => sends(JSON.stringify(value));
export const octets = (bytes: Uint8Array) => sends(bytes, { type: 'application/octet-stream' });

export async function sealed(
  text = 'secret',
  { expiresAt = null as Date | null, burnAfter = null as number | null } = {},
) {
  const files = [{ name: 'a.txt', language: null, content: Buffer.from(text) }];
  const { payload, linkKey } = await sealPaste({ title: '', files }, { intention: { expiresAt, burnAfter } });
  return { payload, hash: `#${linkKey}` };
}

export function endlessly(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = ' '.repeat(64 * 1024);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
    response.once('drain', more);
  };
  more();
}

export function breaksOff(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
  response.write('{}', () => response.destroy());
}
