import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, lchown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeAbandoned, renameOrRemove } from './draft-folder';
import { type Account, commandAs, succeeds } from './postgres-account';
import type { Installation } from './postgres-installation';

/** The owner of the cluster's databases. */
export const USER = 'sheaf';

export interface Cluster {
  /** The data folder. */
  data: string;
  /** The password of `USER`. */
  password: string;
}

/** The cluster of the installation, created if there is none. `durable: false` does not flush it to disk. */
export async function openCluster(
  installation: Installation,
  { durable }: { durable: boolean },
): Promise<Cluster> {
  const folder = join(installation.home, 'cluster');
  if (!existsSync(folder)) await createCluster(installation, durable);
  const data = join(folder, 'data');
  await settleOwner(data, installation.account);
  return { data, password: (await readFile(join(folder, 'password'), 'utf8')).trim() };
}

/** Created under another name and renamed, so that an interrupted start leaves no partial cluster. */
async function createCluster(installation: Installation, durable: boolean): Promise<void> {
  const { account, binaries, home } = installation;
  await assertNullDevice(account);
  await removeAbandoned(home, /^draft-(\d+)-/);
  const draft = join(home, `draft-${process.pid}-${randomBytes(4).toString('hex')}`);
  const data = join(draft, 'data');
  const passwordFile = join(draft, 'password');
  await mkdir(data, { recursive: true });
  await chmod(draft, 0o711);
  await chmod(data, 0o700);
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (account.owner !== null) {
    await lchown(data, account.owner.uid, account.owner.gid);
    await lchown(passwordFile, account.owner.uid, account.owner.gid);
  }
  const flags = [
    `--pgdata=${data}`,
    `--pwfile=${passwordFile}`,
    `--username=${USER}`,
    '--auth=scram-sha-256',
  ];
  await initialize(account, join(binaries, 'bin/initdb'), [
    ...flags,
    '--encoding=UTF8',
    ...localeFlags(),
    ...(durable ? [] : ['--no-sync']),
  ]);
  await renameOrRemove(draft, join(home, 'cluster'));
}

/** initdb checks its server with a shell command that writes to /dev/null. */
async function assertNullDevice(account: Account): Promise<void> {
  if (await succeeds(account, '/bin/sh', ['-c', ': < /dev/null > /dev/null'])) return;
  throw new Error(
    'The embedded database cannot be created, because the user it runs as may not write to /dev/null: run chmod 666 /dev/null, or set DATABASE_URL to a PostgreSQL server.',
  );
}

/** Without a UTF-8 character type, `lower()` and trigrams would ignore all other letters than ASCII. */
function localeFlags(): string[] {
  if (process.platform === 'darwin') return ['--locale=C', '--lc-ctype=en_US.UTF-8'];
  return ['--locale=C.UTF-8'];
}

async function initialize(account: Account, file: string, args: string[]): Promise<void> {
  const { command, args: all, options } = commandAs(account, file, args);
  const child = spawn(command, all, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4_000);
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The embedded database could not be made.\n${output.trim()}`);
}

/** The account may differ between starts: namespaces may be available at one and not at the next. */
async function settleOwner(path: string, { owner }: Account): Promise<void> {
  if (owner === null || (await stat(path)).uid === owner.uid) return;
  for (const entry of await readdir(path, { recursive: true })) {
    await lchown(join(path, entry), owner.uid, owner.gid);
  }
  await lchown(path, owner.uid, owner.gid);
}
