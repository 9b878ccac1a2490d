import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readLocalFiles, writeLocalFiles } from './local-files';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-cli-'));
});

afterEach(() => rm(folder, { recursive: true }));

const file = (name: string, text = name) => ({ name, content: Buffer.from(text) });
const HOSTILE = [
  '../x',
  '/etc/passwd',
  'a/../../b',
  '-rf',
  '~',
  '.',
  '..',
  '',
  'con',
  'NUL.txt',
  'a\nb',
  'a\u202eb',
];

it('writes any names inside the folder, each under its own', async () => {
  const names = [...HOSTILE, 'a.ts', 'A.ts', 'a.ts', `${'n'.repeat(251)}.txt`];
  const target = join(folder, 'target');
  await mkdir(target);
  const files = names.map((name, index) => file(name, String(index)));
  const paths = await writeLocalFiles(target, { files, force: false, isSecret: true });
  expect(await readdir(folder)).toEqual(['target']);
  const written = await readdir(target);
  expect(written).toHaveLength(names.length);
  expect(new Set(written.map((name) => name.toLowerCase())).size).toBe(names.length);
  for (const name of written) expect(name).toMatch(/^[A-Za-z][\w.-]*$/);
  expect(written.filter((name) => /^(?:con|nul)\b/i.test(name))).toEqual([]);
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  expect(texts).toEqual(names.map((_, index) => String(index)));
  expect((await stat(paths[0] ?? '')).mode & 0o777).toBe(0o600);
});

it('never overwrites a file or follows a link, and replaces both if forced', async () => {
  const outside = join(folder, 'outside');
  await writeFile(outside, 'kept');
  await writeFile(join(folder, 'a.ts'), 'kept');
  await symlink(outside, join(folder, 'b.ts'));
  const files = [file('a.ts'), file('b.ts')];
  const numbered = await writeLocalFiles(folder, { files, force: false, isSecret: false });
  expect(numbered).toEqual([join(folder, 'a-2.ts'), join(folder, 'b-2.ts')]);
  expect(await readFile(join(folder, 'a.ts'), 'utf8')).toBe('kept');
  await writeLocalFiles(folder, { files, force: true, isSecret: false });
  expect(await readFile(join(folder, 'b.ts'), 'utf8')).toBe('b.ts');
  expect(await readFile(outside, 'utf8')).toBe('kept');
});

it('reads no more than the limit, of all files together', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  await writeFile(one, 'x'.repeat(600));
  await writeFile(two, 'y'.repeat(400));
  const read = await readLocalFiles([one, two], { maxBytes: 1_000 });
  expect(read.map(({ name, content }) => [name, content.length])).toEqual([
    ['one', 600],
    ['two', 400],
  ]);
  await expect(readLocalFiles([one, two], { maxBytes: 999 })).rejects.toThrow(/goes past the limit/);
  await expect(readLocalFiles(['/dev/zero'], { maxBytes: 1_000 })).rejects.toThrow(/goes past the limit/);
});

it.each([
  ['nothing', /Cannot read .*nothing: no such file or directory\.$/],
  ['.', /Cannot read .*: illegal operation on a directory\.$/],
])('says why it cannot read %s', async (name, sentence) => {
  await expect(readLocalFiles([join(folder, name)], { maxBytes: 10 })).rejects.toThrow(sentence);
});
