import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmod,
  lchown,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Account, canEnter, findAccounts, succeeds } from './postgres-account';
import { completeBinaries, copyBinaries, findBinaries } from './postgres-binaries';

const USER = 'sheaf';
const DATABASE = 'sheaf';
const READY_WITHIN_MS = 60_000;
const START_ATTEMPTS = 5;
const STOPPED_WITHIN_MS = 20_000;
const LOG_KEPT_BYTES = 5_000_000;
/** Above every process number that a system gives. */
const NO_PROCESS = 2_147_483_647;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export interface EmbeddedPostgres {
  /** Connects to the database `sheaf` as its owner. */
  url: string;
  /** Where the cluster is: the folder asked for, or one that Postgres can reach. */
  home: string;
  /** Whether the server was running already. */
  adopted: boolean;
  /** Whether the server process is there, and not about to end. */
  isRunning(): Promise<boolean>;
  /** Shuts the server down, also one that an earlier process had left running. */
  stop(): Promise<void>;
}

/** What starting comes down to on this machine. */
interface Installation {
  account: Account;
  binaries: string;
  /** Holds `cluster` (data and password) and the log. */
  home: string;
}

interface ServerOptions {
  port?: number | undefined;
  settings: Record<string, string>;
}

interface Postmaster {
  pid: number;
  port: number;
  status: string;
}

/**
 * Starts PostgreSQL on the cluster in `folder`, which is made at the first start, or adopts the server
 * that a killed process left running there. It listens on `port` of 127.0.0.1, or on a free one. `settings`
 * override those of the server. Throws with the end of the server's log where it does not start.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  port?: number;
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const installation = await findInstallation(await realpath(options.folder));
  const cluster = join(installation.home, 'cluster');
  if (!(await exists(cluster))) await createCluster(installation, options.settings?.fsync !== 'off');
  await settleOwner(join(cluster, 'data'), installation.account);
  const password = (await readFile(join(cluster, 'password'), 'utf8')).trim();
  const postmaster = await findPostmaster(installation, {
    password,
    port: options.port,
    settings: { ...SETTINGS, ...options.settings },
  });
  const url = connectionUrl({ password, port: postmaster.port, database: DATABASE });
  await createDatabase(connectionUrl({ password, port: postmaster.port, database: 'postgres' }));
  return {
    url,
    home: installation.home,
    adopted: postmaster.adopted,
    isRunning: () => isInService(join(cluster, 'data'), postmaster.pid),
    stop: () => stopPostmaster(join(cluster, 'data'), postmaster.pid),
  };
}

/**
 * Another program may take the port, or start the same cluster, between a look and the step after it, and
 * processes that have outlived a killed server take a moment to end.
 */
async function findPostmaster(
  installation: Installation,
  options: ServerOptions & { password: string },
): Promise<Postmaster & { adopted: boolean }> {
  for (let attempt = 1; ; attempt++) {
    const running = await adoptPostmaster(installation, options.password);
    if (running !== null) return { ...running, adopted: true };
    try {
      return { ...(await startPostmaster(installation, options)), adopted: false };
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      await sleep(200 * attempt);
    }
  }
}

async function findInstallation(folder: string): Promise<Installation> {
  const native = findBinaries();
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
 * The folder itself or, where the account cannot reach it (root's home is closed to others), one in
 * /var/lib to which the folder gets a link. Null where there already is a cluster out of reach.
 */
async function findHome(folder: string, account: Account): Promise<string | null> {
  const link = join(folder, 'elsewhere');
  if (await exists(link)) return realpath(link);
  if (account.ids !== null) await chmod(folder, 0o711);
  if (await canEnter(account, folder)) return folder;
  if (await exists(join(folder, 'cluster'))) return null;
  const home = `/var/lib/sheaf/${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  await mkdir(home, { recursive: true });
  await chmod('/var/lib/sheaf', 0o711);
  await chmod(home, 0o711);
  await symlink(home, link);
  return home;
}

/** Made under another name and renamed, so that an interrupted start leaves no half of a cluster. */
async function createCluster(installation: Installation, durable: boolean): Promise<void> {
  const { account, binaries, home } = installation;
  await assertNullDevice(account);
  await removeAbandonedDrafts(home);
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
  await rename(draft, join(home, 'cluster')).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

/** initdb checks its server by a shell that writes there. */
async function assertNullDevice(account: Account): Promise<void> {
  if (await succeeds(account, '/bin/sh', ['-c', ': < /dev/null > /dev/null'])) return;
  throw new Error(
    'The embedded database cannot be created, because the user it runs as may not write to /dev/null: run chmod 666 /dev/null, or set DATABASE_URL to a PostgreSQL server.',
  );
}

/** Without a UTF-8 character type, `lower()` and trigrams would ignore everything but ASCII. */
function localeFlags(): string[] {
  if (process.platform === 'darwin') return ['--locale=C', '--lc-ctype=en_US.UTF-8'];
  return ['--locale=C.UTF-8'];
}

async function initialize(account: Account, file: string, args: string[]): Promise<void> {
  const [command = file, ...rest] = [...account.prefix, file, ...args];
  const child = spawn(command, rest, {
    ...account.ids,
    cwd: '/',
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4_000);
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The embedded database could not be made.\n${output.trim()}`);
}

async function removeAbandonedDrafts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^draft-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(home, name), { recursive: true, force: true });
    }
  }
}

/** A folder made by one account may be started by another: with namespaces one day, without the next. */
async function settleOwner(path: string, { owner }: Account): Promise<void> {
  if (owner === null || (await stat(path)).uid === owner.uid) return;
  for (const entry of await readdir(path, { recursive: true })) {
    await lchown(join(path, entry), owner.uid, owner.gid);
  }
  await lchown(path, owner.uid, owner.gid);
}

async function adoptPostmaster(installation: Installation, password: string): Promise<Postmaster | null> {
  const data = join(installation.home, 'cluster/data');
  const deadline = Date.now() + STOPPED_WITHIN_MS;
  for (;;) {
    const postmaster = await readPostmaster(data);
    if (postmaster === null) return null;
    if (!(await isPostmasterOf(data, postmaster.pid))) {
      await disownProcess(data, postmaster.pid);
      return null;
    }
    if (postmaster.status === 'ready' && (await answers(data, { password, port: postmaster.port }))) {
      return postmaster;
    }
    if (Date.now() > deadline) {
      throw new Error(`Another PostgreSQL (process ${postmaster.pid}) holds ${data} and does not answer.`);
    }
    await sleep(50);
  }
}

/**
 * The number may by now be another program's, and Postgres would then refuse to start. The rest of the file
 * stays: by it Postgres waits for server processes that have outlived the postmaster.
 */
async function disownProcess(data: string, pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^\s*\d+/, String(NO_PROCESS)));
}

async function answers(data: string, target: { password: string; port: number }): Promise<boolean> {
  const client = new pg.Client({
    connectionString: connectionUrl({ ...target, database: 'postgres' }),
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return await isSameFile(rows[0]?.data_directory ?? '', data);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function startPostmaster(installation: Installation, options: ServerOptions): Promise<Postmaster> {
  const { account, binaries, home } = installation;
  const data = join(home, 'cluster/data');
  const logFile = join(home, 'postgres.log');
  const log = await open(logFile, 'a', 0o600);
  try {
    const logStart = await trimLog(logFile);
    const port = options.port ?? (await findFreePort());
    const args = Object.entries({ ...options.settings, port }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const file = join(binaries, 'bin/postgres');
    const [command = file, ...rest] = [...account.prefix, file, '-D', data, ...args];
    // A group of its own: Ctrl-C in the terminal is for the app, which stops the server when it is done.
    const child = spawn(command, rest, {
      ...account.ids,
      cwd: '/',
      detached: true,
      env: cleanEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
    });
    const failed = once(child, 'exit').then(() => true);
    failed.catch(() => {});
    child.unref();
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      const postmaster = await readPostmaster(data);
      if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return postmaster;
      const ended = await Promise.race([failed, sleep(20, false)]);
      if (ended) break;
    }
    const said = (await readFile(logFile, 'utf8')).slice(logStart).trim().slice(-2_000);
    throw new Error(`The embedded database did not start (log: ${logFile}).\n${said}`);
  } finally {
    await log.close();
  }
}

/** Empties a log that has grown too long. Returns how much of it there is. */
async function trimLog(file: string): Promise<number> {
  const { size } = await stat(file);
  if (size < LOG_KEPT_BYTES) return size;
  await writeFile(file, '');
  return 0;
}

async function stopPostmaster(data: string, pid: number): Promise<void> {
  if ((await readPostmaster(data))?.pid !== pid || !signal(pid, 'SIGINT')) return;
  if (await isGone(data, pid)) return;
  signal(pid, 'SIGQUIT');
  await isGone(data, pid);
}

/** The file goes last; the process itself may stay in the table when nobody collects it. */
async function isGone(data: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + STOPPED_WITHIN_MS;
  while (Date.now() < deadline) {
    if ((await readPostmaster(data))?.pid !== pid || !isAlive(pid)) return true;
    await sleep(20);
  }
  return false;
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`).catch(ignoreDuplicate);
  } finally {
    await client.end();
  }
}

function ignoreDuplicate(error: Error & { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error;
}

/** Lines 1, 4 and 8 of the file; the last one is written once the server accepts connections. */
async function readPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3]), status: lines[7] ?? '' };
}

/** A server that was asked to stop takes no more connections, and waits for those it has. */
async function isInService(data: string, pid: number): Promise<boolean> {
  const postmaster = await readPostmaster(data);
  if (postmaster?.pid !== pid || postmaster.status === 'stopping') return false;
  return isPostmasterOf(data, pid);
}

async function isPostmasterOf(data: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Ended, and its parent has not collected it.
  if (/\) Z /.test(state)) return false;
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (workingFolder !== null) return isSameFile(workingFolder, data);
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() === 'postgres';
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([stat(one), stat(other)]);
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}

/** A process of somebody else's counts as gone, as it does for Postgres: it cannot be ours. */
function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port of 127.0.0.1 is free.');
  return address.port;
}

function connectionUrl(target: { password: string; port: number; database: string }): string {
  return `postgresql://${USER}:${target.password}@127.0.0.1:${target.port}/${target.database}`;
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C' };
  for (const name of Object.keys(environment)) {
    if (/^(PG|LANG)/.test(name)) delete environment[name];
  }
  return environment;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
