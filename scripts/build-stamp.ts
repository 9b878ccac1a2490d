import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ROOT } from './root';

const SOURCE_FOLDERS = ['app', 'cli', 'components', 'lib', 'prisma', 'public', 'scripts', 'server'];
const SOURCE_FILES = [
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'prisma.config.ts',
  'proxy.ts',
  'server.ts',
];
const NOT_SOURCES = /(^|\/)\.|\.test\.tsx?$|^lib\/generated\/|^prisma\/(migrations|samples)\//;

/** A part of the build: the file that records its sources, and the files it must contain. */
export interface BuildPart {
  stamp: string;
  products: readonly string[];
}

/** `missing` also after an incomplete build. Without sources, as in an image, a part is `current`. */
export async function checkPart(part: BuildPart): Promise<'current' | 'stale' | 'missing'> {
  if (!part.products.every((file) => existsSync(join(ROOT, file)))) return 'missing';
  if (!existsSync(join(ROOT, 'app'))) return 'current';
  const stamp = await readFile(join(ROOT, part.stamp), 'utf8').catch(() => null);
  if (stamp === null) return 'missing';
  return stamp === (await hashSources(ROOT)) ? 'current' : 'stale';
}

/** Builds the part and stamps it with the sources as they were before. */
export async function makePart(part: BuildPart, build: () => Promise<void>): Promise<void> {
  const stamp = await hashSources(ROOT);
  await rm(join(ROOT, part.stamp), { force: true });
  await build();
  await writeFile(join(ROOT, part.stamp), stamp);
}

/** A hash of the names and contents of all sources except tsconfig.json, which Next rewrites. */
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
