import type * as Fs from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newBlobKey } from './blob-key';
import { createFilesystemStore } from './filesystem';

type Flush = () => void;

/** Flushes of folders, which the test lets go on or fail; those of files are another function of Node. */
const flushes = vi.hoisted((): { held: { go: Flush; fail: Flush }[]; isHeld: boolean } => ({
  held: [],
  isHeld: false,
}));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  const fsync = (descriptor: number, callback: (error: Error | null) => void) => {
    if (!flushes.isHeld) return fs.fsync(descriptor, callback);
    const go = () => fs.fsync(descriptor, callback);
    flushes.held.push({ go, fail: () => callback(new Error('EIO')) });
  };
  return { ...fs, fsync };
});

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-flush-'));
});
afterEach(async () => {
  flushes.isHeld = false;
  await rm(folder, { recursive: true });
});

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(5);
}

it('flushes a folder once for the bodies that were written while it was flushed before', async () => {
  const store = createFilesystemStore(folder);
  const shard = 'ab';
  const keys = Array.from({ length: 10 }, () => shard + newBlobKey().slice(2));
  const [first = '', second = '', ...others] = keys;
  await store.put(first, Buffer.from('first'));
  flushes.isHeld = true;
  const done: string[] = [];
  const put = (key: string) => store.put(key, Buffer.from(key)).then(() => done.push(key));
  const puts = [put(second)];
  await until(() => flushes.held.length === 1);
  puts.push(...others.map(put));
  await until(async () => (await readdir(join(folder, shard))).length === keys.length);
  await pause(100);
  // None of the others may be acknowledged by a flush that began before they were written.
  expect([flushes.held.length, done]).toEqual([1, []]);
  flushes.held.shift()?.go();
  await until(() => flushes.held.length === 1);
  expect(done).toEqual([second]);
  flushes.held.shift()?.go();
  await Promise.all(puts);
  expect([flushes.held.length, done.length]).toEqual([0, others.length + 1]);
});

it('a folder whose flush fails or hangs fails for its own bodies only', async () => {
  const store = createFilesystemStore(folder);
  const keyIn = (shard: string) => shard + newBlobKey().slice(2);
  const put = (shard: string) => store.put(keyIn(shard), Buffer.from('body'));
  for (const shard of ['aa', 'bb', 'cc']) await put(shard);
  flushes.isHeld = true;
  const puts = ['aa', 'bb', 'cc'].map(put);
  const outcome = Promise.allSettled(puts);
  await until(() => flushes.held.length === 3);
  const [fails, goes] = flushes.held.splice(0, 2);
  fails?.fail();
  goes?.go();
  await Promise.any(puts);
  flushes.isHeld = false;
  await put('dd');
  expect(flushes.held.length, 'the third still hangs').toBe(1);
  expect((await outcome).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
});
