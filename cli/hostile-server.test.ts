import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import vectors from '@/docs/secret-pastes/vectors.json' with { type: 'json' };
import { sealPaste } from '@/lib/encryption/seal';
import { buildClient } from '../scripts/build-client';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

const SLUG = '7hPq3nXv9KdR';
const DAY_MS = 86_400_000;
const PLAIN = {
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
const SECRET = { ...PLAIN, files: [], encryption: { format: 'age-v1', lock_url: null } };

let folder: string;
let server: Server;
let host: string;
let answerWith: Answering;
/** The first line, the headers and the body of all that was sent. */
let received: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-client-'));
  await buildClient(join(folder, 'sheaf.mjs'));
  server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    const { method, url, rawHeaders } = request;
    received.push([method, url, ...rawHeaders, body.toString('latin1')].join('\n'));
    answerWith(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  received = [];
  server.closeAllConnections();
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** The output may be a file; null closes it without reading. */
async function sheaf(
  args: string[],
  { stdin = 'text', env = {}, cwd = folder, output = '' as string | null } = {},
) {
  const file = output ? await open(output, 'w') : null;
  const child = spawn(process.execPath, [join(folder, 'sheaf.mjs'), ...args], {
    cwd,
    env: { NODE_ENV: 'production', XDG_CONFIG_HOME: folder, XDG_STATE_HOME: join(folder, 'state'), ...env },
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

const create = (args: string[] = []) => sheaf(['--host', host, ...args]);
const get = (hash = '', args: string[] = []) => sheaf(['get', `${host}/${SLUG}${hash}`, ...args]);

function sends(
  body: string | Uint8Array,
  { status = 200, type = 'application/json', headers = {} } = {},
): Answering {
  return (_request, response) => response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

/** The answers by how their path ends; the paste itself by an empty string. */
function serves(answers: Record<string, Answering>): Answering {
  return (request, response) => {
    const [, end = ''] = /^\/api\/v1\/pastes\/\w+(.*)$/.exec(request.url ?? '') ?? [];
    (answers[end] ?? sends('', { status: 404 }))(request, response);
  };
}

const json = (value: unknown) => sends(JSON.stringify(value));
const octets = (bytes: Uint8Array) => sends(bytes, { type: 'application/octet-stream' });

async function sealed(
  text = 'secret',
  { expiresAt = null as Date | null, burnAfter = null as number | null } = {},
) {
  const files = [{ name: 'a.txt', language: null, content: Buffer.from(text) }];
  const { payload, linkKey } = await sealPaste({ title: '', files }, { intention: { expiresAt, burnAfter } });
  return { payload, hash: `#${linkKey}` };
}

it.each<[string, Answering, number, RegExp]>([
  ['a page', sends('<!doctype html>', { type: 'text/html' }), 1, /did not answer as Sheaf does/],
  ['a page with an error', sends('<h1>', { type: 'text/html', status: 502 }), 1, /status 502 and no reason/],
  ['no JSON', sends('{"slug":'), 1, /did not answer as Sheaf does/],
  ['other JSON', json([null]), 1, /did not answer as Sheaf does/],
  ['null', json(null), 1, /did not answer as Sheaf does/],
  ['a link that is none', json({ ...PLAIN, url: 'x' }), 1, /did not answer as Sheaf does/],
  ['a slug that is a path', json({ ...PLAIN, slug: '../../x' }), 1, /did not answer as Sheaf does/],
  ['too much', json({ ...PLAIN, more: 'x'.repeat(600_000) }), 1, /more than a paste can have/],
  ['no end', endlessly, 1, /more than a paste can have/],
  ['a broken connection', (request) => request.socket.destroy(), 3, /cannot be reached/],
  ['a broken answer', breaksOff, 3, /cannot be reached/],
  ['a wait', sends('', { status: 429, headers: { 'retry-after': '17' } }), 1, /try again in 17 seconds/],
  [
    'a text that may not be saved now',
    sends(JSON.stringify({ code: 'link_spam_limited', detail: 'It promotes links.' }), { status: 429 }),
    1,
    /It promotes links\./,
  ],
  ['an odd wait', sends('', { status: 429, headers: { 'retry-after': 'soon' } }), 1, /try again later/],
  ['a redirect', sends('', { status: 308, headers: { location: 'http://127.0.0.2/' } }), 1, /redirects to/],
])('ends with a sentence when the server sends %s', async (_what, answering, code, sentence) => {
  answerWith = answering;
  const ended = await create();
  expect(ended).toMatchObject({ code, out: '' });
  expect(ended.err).toMatch(sentence);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expect(received).toHaveLength(1);
});

it.each<[string, Answering]>([
  ['nothing', () => {}],
  ['a part', (_request, response) => response.writeHead(200).write('{')],
])('does not wait for ever for a server that sends %s', async (_what, answering) => {
  answerWith = answering;
  const { code, err } = await create(['--timeout', '1']);
  expect([code, err]).toEqual([3, `${host} did not answer within 1 seconds.\n`]);
});

function endlessly(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = ' '.repeat(64 * 1024);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
    response.once('drain', more);
  };
  more();
}

function breaksOff(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
  response.write('{}', () => response.destroy());
}

it('shows the reason of a refusal as one harmless line', async () => {
  const errors = [{ path: 'slug', message: 'taken\u009b' }, null];
  const detail = '\u001b]0;owned\u0007Not\nso.';
  answerWith = sends(JSON.stringify({ detail, errors }), { status: 422, type: 'application/problem+json' });
  const { code, err } = await create();
  expect(code).toBe(1);
  expect(err).toBe('\ufffd]0;owned\ufffdNot\ufffdso. slug: taken\ufffd undefined\n');
});

it('cannot reach a port where nothing listens', async () => {
  const { code, err } = await sheaf(['--host', 'http://127.0.0.1:9']);
  expect([code, err.split('\n').length]).toEqual([3, 2]);
});

it('keeps the token from other hosts and from redirects', async () => {
  answerWith = json({ ...PLAIN, edit_key: undefined });
  const env = { SHEAF_HOST: 'https://sheaf.example', SHEAF_TOKEN: 'sheaf_token' };
  await sheaf(['--host', host], { env });
  await sheaf(['get', `${host}/${SLUG}`], { env });
  await sheaf(['delete', `${host}/${SLUG}`], { env });
  expect(received.join()).not.toContain('sheaf_token');
  await sheaf([], { env: { ...env, SHEAF_HOST: host } });
  expect(received.at(-1)).toContain('Bearer sheaf_token');
});

it('never sends a key or a password', async () => {
  await writeFile(join(folder, 'password'), 'correct horse\n');
  answerWith = json(PLAIN);
  const { out } = await create(['--secret', '--password-file', 'password', '--burn', '1']);
  const key = new URL(out).hash.slice(1);
  expect(key).toMatch(/^AGE-SECRET-KEY-1/);
  expect(out).toBe(`${host}/${SLUG}#${key}\n`);
  answerWith = serves({
    '': json({ ...SECRET, burn_after: 1, encryption: { format: 'age-v1', lock_url: `${host}/elsewhere` } }),
    '/lock': octets(received[0] ? partOf(received[0], 'lock') : new Uint8Array()),
    '/reveal': octets(received[0] ? partOf(received[0], 'payload') : new Uint8Array()),
  });
  expect(await get(`#${key}`, ['--yes', '--password-file', 'password'])).toMatchObject({
    code: 0,
    out: 'text',
  });
  expect(received.map((request) => request.split('\n').slice(0, 2).join(' '))).toEqual([
    'POST /api/v1/pastes',
    `GET /api/v1/pastes/${SLUG}`,
    `GET /api/v1/pastes/${SLUG}/lock`,
    `POST /api/v1/pastes/${SLUG}/reveal`,
  ]);
  expect(received.join()).not.toMatch(/AGE-SECRET-KEY|correct horse/i);
});

/** A part of the form in a recorded request. */
function partOf(request: string, name: string): Uint8Array {
  const [, after = ''] = request.split(`name="${name}"`);
  const [, body = ''] = /\r\n\r\n([\s\S]*?)\r\n--/.exec(after) ?? [];
  return Buffer.from(body, 'latin1');
}

it('takes no plain text for a secret paste', async () => {
  const { hash } = await sealed();
  answerWith = serves({ '': json(PLAIN), '/files/1/raw': sends('forged', { type: 'text/plain' }) });
  const ended = await get(hash);
  expect(ended).toMatchObject({ code: 4, out: '' });
  expect(ended.err).toContain('the server says that the paste is not secret');
});

interface Forged {
  raw?: (payload: Uint8Array<ArrayBuffer>) => Uint8Array;
  says?: object;
  code: number;
  sentence: RegExp;
}

it.each<[string, Forged]>([
  ['what was sent', { code: 0, sentence: /^$/ }],
  ['another last byte', { raw: flipLast, code: 4, sentence: /damaged/ }],
  ['a part', { raw: (payload) => payload.subarray(0, 3_000), code: 4, sentence: /damaged/ }],
  ['nothing', { raw: () => new Uint8Array(), code: 4, sentence: /damaged/ }],
  ['too much', { raw: () => new Uint8Array(5_000_000), code: 1, sentence: /more than a paste can have/ }],
  ['another revision', { says: { revision: 2 }, code: 4, sentence: /another revision/ }],
  ['another format', { says: { encryption: { format: 'age-v2' } }, code: 4, sentence: /does not know/ }],
  ['other details', { says: { files: 'none' }, code: 1, sentence: /did not answer as Sheaf does/ }],
])('opens a secret paste only if the server sends what was sent: %s', async (_what, forged) => {
  const { raw = (payload) => payload, says = {}, code, sentence } = forged;
  const { payload, hash } = await sealed();
  answerWith = serves({ '': json({ ...SECRET, ...says }), '/raw': octets(raw(payload)) });
  const ended = await get(hash);
  expect([ended.code, ended.out]).toEqual([code, code === 0 ? 'secret' : '']);
  expect(ended.err).toMatch(sentence);
});

it('opens no secret paste with the key of another, or of endless length', async () => {
  const { hash } = await sealed();
  answerWith = serves({ '': json(SECRET), '/raw': octets((await sealed()).payload) });
  expect(await get(hash)).toMatchObject({ code: 4, out: '', err: expect.stringContaining('does not open') });
  answerWith = serves({ '': json(SECRET), '/raw': endlessly });
  expect(await get(hash)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('more than') });
});

function flipLast(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  return Uint8Array.from(bytes, (byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));
}

it('notices that a paste changes while it is read', async () => {
  answerWith = serves({ '': json(PLAIN), '/files/1/raw': sends('other') });
  expect(await get()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('was changed while') });
});

interface Revealing {
  args?: string[];
  files?: Record<string, string | Uint8Array>;
  env?: object;
  /** What happens in the current folder between the reveal and its answer. */
  beforeAnswer?: (current: string) => void;
  output?: string | null;
}

/** The client in a folder of its own, with a burning paste: what it prints, and what it left in new folders. */
async function reveal(revealing: Revealing) {
  const { args = [], files = { 'a.txt': 'secret' }, env = {}, beforeAnswer, output = '' } = revealing;
  const current = await mkdtemp(join(folder, 'current-'));
  const temporary = await mkdtemp(join(folder, 'temporary-'));
  await mkdir(join(current, 'target'));
  const given = Object.entries(files).map(([name, content]) => ({
    name,
    language: null,
    content: Buffer.from(content),
  }));
  const intention = { expiresAt: null, burnAfter: 1 };
  const { payload, linkKey } = await sealPaste({ title: '', files: given }, { intention });
  answerWith = serves({
    '': json({ ...SECRET, burn_after: 1, reads: 0 }),
    '/reveal': (request, response) => {
      beforeAnswer?.(current);
      octets(payload)(request, response);
    },
  });
  const command = ['get', `${host}/${SLUG}#${linkKey}`, '--yes', ...args];
  const ended = await sheaf(command, { cwd: current, env: { TMPDIR: temporary, ...env }, output });
  const [, named] = /All files of the paste are in the folder (\S+)\.\n$/.exec(ended.err) ?? [];
  const kept: Record<string, Buffer> = {};
  if (named !== undefined) {
    const place = resolve(current, named);
    for (const name of await readdir(place)) kept[name] = await readFile(join(place, name));
  }
  const isRevealed = received.some((request) => request.includes('/reveal'));
  return { ...ended, named, kept, isRevealed, temporary };
}

it.each<[string, string[], RegExp]>([
  ['a folder that is missing', ['-o', 'missing/x'], /missing\/x: no such file or directory/],
  ['a folder that is a file', ['-o', '/dev/null/x'], /\/dev\/null\/x: not a directory/],
  ['a file in a folder of the system', ['-o', '/proc/x'], /\/proc\/x: (?:no such file|permission denied)/],
  ['a folder of the system', ['--dir', '/proc/1'], /\/proc\/1: (?:no such file|permission denied)/],
  ['a file that is a folder', ['--force', '-o', 'target'], /target: it is a folder/],
])('reveals nothing for %s, which cannot be written', async (_what, args, reason) => {
  const ended = await reveal({ args });
  expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^Cannot write .*\.\n$/) });
  expect([ended.err, ended.isRevealed]).toEqual([expect.stringMatching(reason), false]);
});

const AS_TERMINAL = { NODE_OPTIONS: '--import=data:text/javascript,process.stdout.isTTY%3Dtrue' };
const BINARY = Uint8Array.of(0xff, 0, 0xfe);

it('keeps all files of a burning paste of which it prints the first', async () => {
  const ended = await reveal({ files: { 'a.txt': 'one', 'b.bin': BINARY } });
  expect(ended).toMatchObject({ code: 0, out: 'one', named: expect.stringMatching(`^sheaf-${SLUG}-`) });
  expect(ended.kept).toEqual({ 'a.txt': Buffer.from('one'), 'b.bin': Buffer.from(BINARY) });
});

it.each([
  ['what is not text', BINARY, ''],
  ['control characters', '\u001b[2Jsecret', '\u241b[2Jsecret'],
])('keeps a burning paste with %s, which a terminal does not get', async (_what, content, out) => {
  const ended = await reveal({ files: { a: content }, env: AS_TERMINAL });
  expect(ended).toMatchObject({ code: 0, out });
  expect(ended.kept).toEqual({ a: Buffer.from(content) });
});

it('keeps a burning paste that cannot be written any more', async () => {
  const beforeAnswer = (current: string) => rmSync(join(current, 'target'), { recursive: true });
  const ended = await reveal({ args: ['-o', 'target/x'], beforeAnswer });
  expect(ended).toMatchObject({ code: 2, err: expect.stringMatching(/^Cannot write target\/x: no such/) });
  expect(ended.kept).toEqual({ 'a.txt': Buffer.from('secret') });
});

it.each([
  ['is full', '/dev/full', /^Cannot write to standard output: no space/],
  ['has ended', null, /^The output has ended\. /],
])('keeps a burning paste if the output %s', async (_what, output, reason) => {
  const ended = await reveal({ files: { 'a.txt': 'x'.repeat(1_000_000) }, output });
  expect([ended.code, ended.err]).toEqual([2, expect.stringMatching(reason)]);
  expect(ended.kept['a.txt']).toHaveLength(1_000_000);
});

it('keeps a burning paste in the temporary folder if the current one is gone', async () => {
  const beforeAnswer = (current: string) => rmSync(current, { recursive: true });
  const ended = await reveal({ args: ['-o', 'x'], beforeAnswer });
  expect(ended).toMatchObject({ code: 2, named: expect.stringContaining(ended.temporary) });
  expect(ended.kept).toEqual({ 'a.txt': Buffer.from('secret') });
});

it('keeps no copy of a burning paste that was printed or written', async () => {
  expect(await reveal({})).toMatchObject({ code: 0, out: 'secret', err: '' });
  expect(await reveal({ env: AS_TERMINAL })).toMatchObject({ code: 0, out: 'secret', err: '' });
  expect(await reveal({ args: ['-o', 'x'] })).toMatchObject({ code: 0, out: '', err: '' });
});

it.each<[string, Answering]>([
  ['is lost', (request) => request.socket.destroy()],
  ['breaks off', breaksOff],
  ['is the error of a proxy', sends('<h1>', { type: 'text/html', status: 502 })],
])('asks again under the same key if the answer to a reveal %s', async (_what, first) => {
  const { payload, hash } = await sealed();
  let answering = first;
  answerWith = serves({
    '': json({ ...SECRET, burn_after: 1, reads: 0 }),
    '/reveal': (request, response) => {
      answering(request, response);
      answering = octets(payload);
    },
  });
  expect(await get(hash, ['--yes'])).toMatchObject({ code: 0, out: 'secret', err: '' });
  const keys = received.flatMap((request) => /idempotency-key\n(\S+)/i.exec(request)?.[1] ?? []);
  expect(keys).toEqual([keys[0], keys[0]]);
});

it('does not repeat a reveal that is refused', async () => {
  const paste = { ...PLAIN, burn_after: 1, reads: 0 };
  answerWith = serves({ '': json(paste), '/reveal': sends('', { status: 404 }) });
  expect(await get('', ['--yes'])).toMatchObject({ code: 1 });
  expect(received).toHaveLength(2);
});

it('says where the server keeps a paste for longer than its author meant', async () => {
  const { payload, hash } = await sealed('secret', {
    expiresAt: new Date(Date.now() + DAY_MS),
    burnAfter: 1,
  });
  const paste = { ...SECRET, expires_at: null, burn_after: 5 };
  answerWith = serves({ '': json(paste), '/reveal': octets(payload) });
  const { code, out, err } = await get(hash, ['--yes']);
  expect([code, out]).toEqual([0, 'secret']);
  expect(err).toMatch(/longer than[\s\S]*more often/);
});

it('asks for no key that the link lacks or garbles', async () => {
  answerWith = serves({ '': json(SECRET) });
  expect(await get()).toMatchObject({ code: 4, err: expect.stringContaining('the link has no key') });
  expect(await get('#AGE-SECRET-KEY-1QQQ')).toMatchObject({
    code: 4,
    err: expect.stringContaining('mistake'),
  });
});

it('refuses a lock that would take hours, or that is too long', async () => {
  const vector = vectors.find(({ name }) => name === 'a lock with the scrypt factor 40');
  const paste = { ...SECRET, encryption: { format: 'age-v1', lock_url: `${host}/x` } };
  await writeFile(join(folder, 'password'), vector?.password ?? '');
  answerWith = serves({ '': json(paste), '/lock': octets(Buffer.from(vector?.lock ?? '', 'base64')) });
  expect(await get(`#${vector?.link_key}`, ['--password-file', 'password'])).toEqual({
    code: 4,
    out: '',
    err: 'The password of this paste takes more work than is reasonable.\n',
  });
  answerWith = serves({ '': json(paste), '/lock': octets(new Uint8Array(5_000)) });
  const ended = await get((await sealed()).hash, ['--password-file', 'password']);
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('more than a paste can have') });
});

it('prints the edit key where it cannot be kept', async () => {
  answerWith = json({ ...PLAIN, edit_key: 'the-edit-key' });
  await writeFile(join(folder, 'taken'), '');
  const { code, err } = await sheaf(['--host', host], { env: { XDG_STATE_HOME: join(folder, 'taken') } });
  expect([code, err]).toEqual([0, expect.stringContaining('The edit key is the-edit-key\n')]);
});

it.each([
  ['{"host": 1}', /must be strings/],
  ['[]', /Name the host/],
  ['{', /cannot be used/],
  ['{"host": "ftp://x"}', /not the address of a host/],
])('says what is wrong with the configuration file %s', async (text, sentence) => {
  const config = await mkdtemp(join(folder, 'config-'));
  await mkdir(join(config, 'sheaf'));
  await writeFile(join(config, 'sheaf/config.json'), text);
  const { code, err } = await sheaf([], { env: { NODE_ENV: 'production', XDG_CONFIG_HOME: config } });
  expect([code, err]).toEqual([2, expect.stringMatching(sentence)]);
});
