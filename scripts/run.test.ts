import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root: string;

/** A production install: no build tools. */
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'sheaf-run-')));
  await cp(join(import.meta.dirname, 'run.mjs'), join(root, 'scripts/run.mjs'));
});

afterEach(() => rm(root, { recursive: true }));

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/run.mjs', ...args], { cwd: root }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}

it('reports a missing build without build tools in one sentence', async () => {
  expect(await run('start')).toEqual({
    code: 1,
    out: '',
    err: 'Sheaf is not built and the build tools are not installed: run npm ci && npm run build, or use the image.\n',
  });
});

it('runs compiled code without build tools', async () => {
  await mkdir(join(root, 'dist'));
  await writeFile(join(root, 'dist/admin.js'), 'console.log(process.argv.slice(1).join("\\n"));');
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  const { code, out } = await run('admin', 'grant', 'ada');
  expect({ code, out }).toEqual({ code: 0, out: `${join(root, 'scripts/admin.ts')}\ngrant\nada\n` });
});

it.each([[[]], [['toString']], [['../admin']]])('rejects %j', async (args) => {
  const { code, err } = await run(...args);
  expect({ code, err }).toEqual({
    code: 1,
    err: 'Use one of: admin, backup, doctor, migrate, restore, start.\n',
  });
});
