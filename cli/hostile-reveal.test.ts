import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { sealPaste } from '@/lib/encryption/seal';
import {
  type Answering,
  breaksOff,
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

const DAY_MS = 86_400_000;
const hostile = useHostileServer();
const { sheaf, get } = hostile;

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
  const current = await mkdtemp(join(hostile.folder, 'current-'));
  const temporary = await mkdtemp(join(hostile.folder, 'temporary-'));
  await mkdir(join(current, 'target'));
  const given = Object.entries(files).map(([name, content]) => ({
    name,
    language: null,
    content: Buffer.from(content),
  }));
  const intention = { expiresAt: null, burnAfter: 1 };
  const { payload, linkKey } = await sealPaste({ title: '', files: given }, { intention });
  hostile.answerWith = serves({
    '': json({ ...SECRET, burn_after: 1, reads: 0 }),
    '/reveal': (request, response) => {
      beforeAnswer?.(current);
      octets(payload)(request, response);
    },
  });
  const command = ['get', `${hostile.host}/${SLUG}#${linkKey}`, '--yes', ...args];
  const ended = await sheaf(command, { cwd: current, env: { TMPDIR: temporary, ...env }, output });
  const [, named] = /All files of the paste are in the folder (\S+)\.\n$/.exec(ended.err) ?? [];
  const kept: Record<string, Buffer> = {};
  if (named !== undefined) {
    const place = resolve(current, named);
    for (const name of await readdir(place)) kept[name] = await readFile(join(place, name));
  }
  const isRevealed = hostile.received.some((request) => request.includes('/reveal'));
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
  hostile.answerWith = serves({
    '': json({ ...SECRET, burn_after: 1, reads: 0 }),
    '/reveal': (request, response) => {
      answering(request, response);
      answering = octets(payload);
    },
  });
  expect(await get(hash, ['--yes'])).toMatchObject({ code: 0, out: 'secret', err: '' });
  const keys = hostile.received.flatMap((request) => /idempotency-key\n(\S+)/i.exec(request)?.[1] ?? []);
  expect(keys).toEqual([keys[0], keys[0]]);
});

it('does not repeat a reveal that is refused', async () => {
  const paste = { ...PLAIN, burn_after: 1, reads: 0 };
  hostile.answerWith = serves({ '': json(paste), '/reveal': sends('', { status: 404 }) });
  expect(await get('', ['--yes'])).toMatchObject({ code: 1 });
  expect(hostile.received).toHaveLength(2);
});

it('says where the server keeps a paste for longer than its author meant', async () => {
  const { payload, hash } = await sealed('secret', {
    expiresAt: new Date(Date.now() + DAY_MS),
    burnAfter: 1,
  });
  const paste = { ...SECRET, expires_at: null, burn_after: 5 };
  hostile.answerWith = serves({ '': json(paste), '/reveal': octets(payload) });
  const { code, out, err } = await get(hash, ['--yes']);
  expect([code, out]).toEqual([0, 'secret']);
  expect(err).toMatch(/longer than[\s\S]*more often/);
});
