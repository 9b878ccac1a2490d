import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import '../test/test-env';
import { chooseFile } from './backup-target';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-target-'));
});

afterEach(() => rm(folder, { recursive: true }));

const choose = (path?: string, isEncrypted = false) => chooseFile(path, { dataFolder: folder, isEncrypted });

it.each(['backup.tar', 'backup.tar.age'])('names the file %s as it is', async (name) => {
  expect(await choose(join(folder, name))).toBe(join(folder, name));
  expect(await readdir(folder)).toEqual([]);
});

it.each(['new', 'new/deep', 'daily.backups'])('creates the folder %s for this user only', async (name) => {
  for (const isEncrypted of [false, true]) {
    const file = await choose(join(folder, name), isEncrypted);
    expect(dirname(file)).toBe(join(folder, name));
    expect(file).toMatch(isEncrypted ? /\/sheaf-[\dT-]+Z\.tar\.age$/ : /\/sheaf-[\dT-]+Z\.tar$/);
  }
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o700);
  expect(await readdir(join(folder, name))).toEqual([]);
});

it('uses DATA_DIR/backups by default', async () => {
  expect(dirname(await choose())).toBe(join(folder, 'backups'));
});

it('refuses a folder that is a file', async () => {
  await writeFile(join(folder, 'sheaf'), '');
  await expect(choose(join(folder, 'sheaf'))).rejects.toThrow(
    /^The target must be a folder that Sheaf can write to, but ".*" is a file\. The name of a file ends in/,
  );
});
