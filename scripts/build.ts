import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP_FILE = '.next/sheaf-build';
const PRODUCTS = ['.next/BUILD_ID', 'dist/server.js', 'dist/with-parent.js'];
const SOURCE_FOLDERS = ['app', 'components', 'lib', 'public', 'server'];
const SOURCE_FILES = [
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'prisma.config.ts',
  'prisma/schema.prisma',
  'proxy.ts',
  'scripts/build.ts',
  'lib/core/server-only.ts',
  'scripts/with-parent.ts',
  'server.ts',
];
const NOT_SOURCES = /(^|\/)\.|\.test\.tsx?$|^lib\/generated\//;

/**
 * Builds the app and the front where the sources differ from those of the last build. An image that
 * carries only the products is left as it is. Returns whether anything was built.
 */
export async function ensureBuilt({ signal }: { signal?: AbortSignal } = {}): Promise<boolean> {
  const complete = PRODUCTS.every((file) => existsSync(join(ROOT, file)));
  if (complete && !existsSync(join(ROOT, 'app'))) return false;
  const stamp = await hashSources(ROOT);
  if (complete && stamp === (await readFile(join(ROOT, STAMP_FILE), 'utf8').catch(() => ''))) return false;

  await rm(join(ROOT, STAMP_FILE), { force: true });
  await runNode(['node_modules/prisma/build/index.js', 'generate'], signal);
  await buildFront();
  await runNode(['node_modules/next/dist/bin/next', 'build'], signal);
  await writeFile(join(ROOT, STAMP_FILE), stamp);
  return true;
}

/** One hash over names and contents of what the build reads; not of tsconfig.json, which Next rewrites. */
export async function hashSources(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await listSources(root)) {
    const content = await readFile(join(root, file)).catch(() => null);
    if (content !== null) hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function listSources(root: string): Promise<string[]> {
  const files = [...SOURCE_FILES];
  for (const folder of SOURCE_FOLDERS) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(resolve(root).length + 1));
    }
  }
  return files.filter((file) => !NOT_SOURCES.test(file)).sort();
}

async function buildFront(): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: { server: 'server.ts', 'with-parent': 'scripts/with-parent.ts' },
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // The package throws wherever it is not Next that bundles.
    alias: { 'server-only': './lib/core/server-only.ts' },
    sourcemap: true,
    logLevel: 'warning',
  });
  await stop();
}

async function runNode(args: string[], signal: AbortSignal | undefined): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const [code] = await once(child, 'close');
  if (code === 0) return;
  throw new Error(`The build failed (${args.join(' ')}).\n${Buffer.concat(output).toString().trim()}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await ensureBuilt();
  console.log(built ? 'Built.' : 'The build is up to date.');
}
