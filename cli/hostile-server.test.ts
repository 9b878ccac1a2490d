import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import vectors from '@/docs/secret-pastes/vectors.json' with { type: 'json' };
import {
  type Answering,
  breaksOff,
  endlessly,
  json,
  octets,
  PLAIN,
  SECRET,
  SLUG,
  sealed,
  sends,
  serves,
  useHostileServer,
} from '../test/hostile-server';

const hostile = useHostileServer();
const { sheaf, create, get } = hostile;

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
  hostile.answerWith = answering;
  const ended = await create();
  expect(ended).toMatchObject({ code, out: '' });
  expect(ended.err).toMatch(sentence);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expect(hostile.received).toHaveLength(1);
});

it.each<[string, Answering]>([
  ['nothing', () => {}],
  ['a part', (_request, response) => response.writeHead(200).write('{')],
])('does not wait for ever for a server that sends %s', async (_what, answering) => {
  hostile.answerWith = answering;
  const { code, err } = await create(['--timeout', '1']);
  expect([code, err]).toEqual([3, `${hostile.host} did not answer within 1 seconds.\n`]);
});

it('shows the reason of a refusal as one harmless line', async () => {
  const errors = [{ path: 'slug', message: 'taken\u009b' }, null];
  const detail = '\u001b]0;owned\u0007Not\nso.';
  hostile.answerWith = sends(JSON.stringify({ detail, errors }), {
    status: 422,
    type: 'application/problem+json',
  });
  const { code, err } = await create();
  expect(code).toBe(1);
  expect(err).toBe('\ufffd]0;owned\ufffdNot\ufffdso. slug: taken\ufffd undefined\n');
});

it('cannot reach a port where nothing listens', async () => {
  const { code, err } = await sheaf(['--host', 'http://127.0.0.1:9']);
  expect([code, err.split('\n').length]).toEqual([3, 2]);
});

it('keeps the token from other hosts and from redirects', async () => {
  hostile.answerWith = json({ ...PLAIN, edit_key: undefined });
  const env = { SHEAF_HOST: 'https://sheaf.example', SHEAF_TOKEN: 'sheaf_token' };
  await sheaf(['--host', hostile.host], { env });
  await sheaf(['get', `${hostile.host}/${SLUG}`], { env });
  await sheaf(['delete', `${hostile.host}/${SLUG}`], { env });
  expect(hostile.received.join()).not.toContain('sheaf_token');
  await sheaf([], { env: { ...env, SHEAF_HOST: hostile.host } });
  expect(hostile.received.at(-1)).toContain('Bearer sheaf_token');
});

it('never sends a key or a password', async () => {
  await writeFile(join(hostile.folder, 'password'), 'correct horse\n');
  hostile.answerWith = json(PLAIN);
  const { out } = await create(['--secret', '--password-file', 'password', '--burn', '1']);
  const key = new URL(out).hash.slice(1);
  expect(key).toMatch(/^AGE-SECRET-KEY-1/);
  expect(out).toBe(`${hostile.host}/${SLUG}#${key}\n`);
  hostile.answerWith = serves({
    '': json({
      ...SECRET,
      burn_after: 1,
      encryption: { format: 'age-v1', lock_url: `${hostile.host}/elsewhere` },
    }),
    '/lock': octets(hostile.received[0] ? partOf(hostile.received[0], 'lock') : new Uint8Array()),
    '/reveal': octets(hostile.received[0] ? partOf(hostile.received[0], 'payload') : new Uint8Array()),
  });
  expect(await get(`#${key}`, ['--yes', '--password-file', 'password'])).toMatchObject({
    code: 0,
    out: 'text',
  });
  expect(hostile.received.map((request) => request.split('\n').slice(0, 2).join(' '))).toEqual([
    'POST /api/v1/pastes',
    `GET /api/v1/pastes/${SLUG}`,
    `GET /api/v1/pastes/${SLUG}/lock`,
    `POST /api/v1/pastes/${SLUG}/reveal`,
  ]);
  expect(hostile.received.join()).not.toMatch(/AGE-SECRET-KEY|correct horse/i);
});

/** A part of the form in a recorded request. */
function partOf(request: string, name: string): Uint8Array {
  const [, after = ''] = request.split(`name="${name}"`);
  const [, body = ''] = /\r\n\r\n([\s\S]*?)\r\n--/.exec(after) ?? [];
  return Buffer.from(body, 'latin1');
}

it('takes no plain text for a secret paste', async () => {
  const { hash } = await sealed();
  hostile.answerWith = serves({ '': json(PLAIN), '/files/1/raw': sends('forged', { type: 'text/plain' }) });
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
  hostile.answerWith = serves({ '': json({ ...SECRET, ...says }), '/raw': octets(raw(payload)) });
  const ended = await get(hash);
  expect([ended.code, ended.out]).toEqual([code, code === 0 ? 'secret' : '']);
  expect(ended.err).toMatch(sentence);
});

it('opens no secret paste with the key of another, or of endless length', async () => {
  const { hash } = await sealed();
  hostile.answerWith = serves({ '': json(SECRET), '/raw': octets((await sealed()).payload) });
  expect(await get(hash)).toMatchObject({ code: 4, out: '', err: expect.stringContaining('does not open') });
  hostile.answerWith = serves({ '': json(SECRET), '/raw': endlessly });
  expect(await get(hash)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('more than') });
});

function flipLast(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  return Uint8Array.from(bytes, (byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));
}

it('notices that a paste changes while it is read', async () => {
  hostile.answerWith = serves({ '': json(PLAIN), '/files/1/raw': sends('other') });
  expect(await get()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('was changed while') });
});

it('asks for no key that the link lacks or garbles', async () => {
  hostile.answerWith = serves({ '': json(SECRET) });
  expect(await get()).toMatchObject({ code: 4, err: expect.stringContaining('the link has no key') });
  expect(await get('#AGE-SECRET-KEY-1QQQ')).toMatchObject({
    code: 4,
    err: expect.stringContaining('mistake'),
  });
});

it('refuses a lock that would take hours, or that is too long', async () => {
  const vector = vectors.find(({ name }) => name === 'a lock with the scrypt factor 40');
  const paste = { ...SECRET, encryption: { format: 'age-v1', lock_url: `${hostile.host}/x` } };
  await writeFile(join(hostile.folder, 'password'), vector?.password ?? '');
  hostile.answerWith = serves({
    '': json(paste),
    '/lock': octets(Buffer.from(vector?.lock ?? '', 'base64')),
  });
  expect(await get(`#${vector?.link_key}`, ['--password-file', 'password'])).toEqual({
    code: 4,
    out: '',
    err: 'The password of this paste takes more work than is reasonable.\n',
  });
  hostile.answerWith = serves({ '': json(paste), '/lock': octets(new Uint8Array(5_000)) });
  const ended = await get((await sealed()).hash, ['--password-file', 'password']);
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('more than a paste can have') });
});

it('prints the edit key where it cannot be kept', async () => {
  hostile.answerWith = json({ ...PLAIN, edit_key: 'the-edit-key' });
  await writeFile(join(hostile.folder, 'taken'), '');
  const { code, err } = await sheaf(['--host', hostile.host], {
    env: { XDG_STATE_HOME: join(hostile.folder, 'taken') },
  });
  expect([code, err]).toEqual([0, expect.stringContaining('The edit key is the-edit-key\n')]);
});

it.each([
  ['{"host": 1}', /must be strings/],
  ['[]', /Name the host/],
  ['{', /cannot be used/],
  ['{"host": "ftp://x"}', /not the address of a host/],
])('says what is wrong with the configuration file %s', async (text, sentence) => {
  const config = await mkdtemp(join(hostile.folder, 'config-'));
  await mkdir(join(config, 'sheaf'));
  await writeFile(join(config, 'sheaf/config.json'), text);
  const { code, err } = await sheaf([], { env: { NODE_ENV: 'production', XDG_CONFIG_HOME: config } });
  expect([code, err]).toEqual([2, expect.stringMatching(sentence)]);
});
