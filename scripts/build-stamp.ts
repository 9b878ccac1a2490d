import { createHash } from 'node:crypto';
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
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
  return stamp === hashSources(ROOT) ? 'current' : 'stale';
}

/** Builds the part and stamps it with the sources as they were before. */
export async function makePart(part: BuildPart, build: () => Promise<void>): Promise<void> {
  const stamp = hashSources(ROOT);
  await rm(join(ROOT, part.stamp), { force: true });
  await build();
  await writeFile(join(ROOT, part.stamp), stamp);
}

/**
 * A hash of the names and contents of all sources except tsconfig.json, which Next rewrites. Each start waits for it:
 * one small file after the other is read four times as fast as with promises.
 */
export function hashSources(root: string): string {
  const hash = createHash('sha256');
  for (const file of listSources(root)) {
    const content = contentOf(join(root, file));
    if (content !== null) hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Null where a folder of sources is not part of the installation, or a file has just been removed. */
function contentOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/** As `contentOf`. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

function listSources(root: string): string[] {
  const files = [...SOURCE_FILES];
  for (const folder of SOURCE_FOLDERS) {
    for (const entry of entriesOf(join(root, folder))) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(resolve(root).length + 1));
    }
  }
  return files.filter((file) => !NOT_SOURCES.test(file)).sort();
}
