import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, canEnter, findAccounts, succeeds } from './postgres-account';
import { completeBinaries, copyBinaries, findBinaries } from './postgres-binaries';

/** Everything needed to start Postgres on this machine. */
export interface Installation {
  account: Account;
  binaries: string;
  /** Contains `cluster` (data and password) and the log. */
  home: string;
}

/**
 * The first account and location where Postgres runs. Throws if there is none.
 * @param native the folder with `bin`, `lib` and `share`
 */
export async function findInstallation(folder: string, native = findBinaries()): Promise<Installation> {
  const complete = await completeBinaries(native).then(
    () => true,
    () => false,
  );
  for (const account of await findAccounts()) {
    const home = await findHome(folder, account);
    if (home === null) continue;
    if (complete && (await succeeds(account, join(native, 'bin/postgres'), ['--version']))) {
      return { account, binaries: native, home };
    }
    const binaries = await copyBinaries(native, home);
    if (await succeeds(account, join(binaries, 'bin/postgres'), ['--version'])) {
      return { account, binaries, home };
    }
  }
  throw new Error(
    'The embedded database cannot run here, neither as this user nor as another: set DATABASE_URL to a PostgreSQL server.',
  );
}

/**
 * The folder itself or, if the account cannot access it (root's home is closed to others), one in /var/lib
 * that the folder gets a link to. Null if there already is an inaccessible cluster.
 */
async function findHome(folder: string, account: Account): Promise<string | null> {
  const link = join(folder, 'elsewhere');
  if (existsSync(link)) return realpath(link);
  if (account.ids !== null) await chmod(folder, 0o711);
  if (await canEnter(account, folder)) return folder;
  if (existsSync(join(folder, 'cluster'))) return null;
  const home = `/var/lib/sheaf/${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  await mkdir(home, { recursive: true });
  await chmod('/var/lib/sheaf', 0o711);
  await chmod(home, 0o711);
  await symlink(home, link);
  return home;
}
