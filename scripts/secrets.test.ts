import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { draftSecrets, loadSecrets } from './secrets';
import { acquireStartLock } from './start-lock';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-data-'));
});

afterEach(() => rm(folder, { recursive: true }));

it('creates secrets once, readable by the owner only', async () => {
  const first = await loadSecrets(folder);
  expect(first.AUTH_SECRET.length).toBeGreaterThanOrEqual(32);
  expect(first.CRON_SECRET).not.toBe(first.AUTH_SECRET);
  expect(await loadSecrets(folder)).toEqual(first);
  expect(await readdir(folder)).toEqual(['secrets.json']);
  expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

it('replaces the file only when a draft is kept', async () => {
  const first = await loadSecrets(folder);
  const other = { AUTH_SECRET: 'a'.repeat(32), CRON_SECRET: 'c'.repeat(32) };
  await (await draftSecrets(folder, other)).discard();
  const draft = await draftSecrets(folder, other);
  expect(await loadSecrets(folder)).toEqual(first);
  await draft.keep();
  expect(await loadSecrets(folder)).toEqual(other);
  expect(await readdir(folder)).toEqual(['secrets.json']);
});

it.each(['', '{"AUTH_SECRET":"short"}'])('does not replace a damaged file: %j', async (text) => {
  await writeFile(join(folder, 'secrets.json'), text);
  await expect(loadSecrets(folder)).rejects.toThrow(/secrets\.json is damaged/);
});

it('takes over the lock of a process that has ended or is another program', async () => {
  for (const pid of [process.pid, process.ppid, 2 ** 22 + 1]) {
    await writeFile(join(folder, 'start.pid'), `${pid}\n`);
    const release = await acquireStartLock(folder);
    await release();
  }
  expect(await readdir(folder)).toEqual([]);
});
