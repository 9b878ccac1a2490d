import { mkdir, realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, openCluster, USER } from './postgres-cluster';
import { findInstallation, type Installation } from './postgres-installation';
import { startPostmaster, stopPostmaster } from './postmaster';
import {
  disownProcess,
  isInService,
  isPostmasterOf,
  isSameFile,
  type Postmaster,
  readPostmaster,
} from './postmaster-file';

const DATABASE = 'sheaf';
const START_ATTEMPTS = 5;
const ANSWERS_WITHIN_MS = 20_000;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  // Reads are few and small: no processes for them, nor for replication, which is not used.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements, their parameters and the details of errors contain addresses and texts.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
};

export interface EmbeddedPostgres {
  /** Connects to the database `sheaf` as its owner. */
  url: string;
  /** The cluster's folder: the requested one, or one that Postgres can access. */
  home: string;
  /** Whether the server was already running. */
  adopted: boolean;
  /** Whether the server process exists and is not shutting down. */
  isRunning(): Promise<boolean>;
  /** Shuts the server down, even if an earlier process started it. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on the cluster in `folder`, which is created on the first start, or takes over the server
 * that a killed process left running there. It listens on `port` of 127.0.0.1, or on a free one. `settings`
 * override the server's settings. Throws with the end of the server's log if it does not start.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  port?: number;
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const installation = await findInstallation(await realpath(options.folder));
  const cluster = await openCluster(installation, { durable: options.settings?.fsync !== 'off' });
  const { data, password } = cluster;
  const postmaster = await findPostmaster(installation, {
    cluster,
    port: options.port,
    settings: { ...SETTINGS, ...options.settings },
  });
  const url = connectionUrl({ password, port: postmaster.port, database: DATABASE });
  await createDatabase(connectionUrl({ password, port: postmaster.port, database: 'postgres' }));
  return {
    url,
    home: installation.home,
    adopted: postmaster.adopted,
    isRunning: () => isInService(data, postmaster.pid),
    stop: () => stopPostmaster(data, postmaster.pid),
  };
}

/**
 * Makes several attempts: another program may take the port or start the same cluster between two steps, and
 * processes that outlive a killed server take a moment to end.
 */
async function findPostmaster(
  installation: Installation,
  options: { cluster: Cluster; port?: number | undefined; settings: Record<string, string> },
): Promise<Postmaster & { adopted: boolean }> {
  for (let attempt = 1; ; attempt++) {
    const running = await adoptPostmaster(options.cluster);
    if (running !== null) return { ...running, adopted: true };
    try {
      return { ...(await startPostmaster(installation, options)), adopted: false };
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      await sleep(200 * attempt);
    }
  }
}

async function adoptPostmaster({ data, password }: Cluster): Promise<Postmaster | null> {
  const deadline = Date.now() + ANSWERS_WITHIN_MS;
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

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWERS_WITHIN_MS });
  client.on('error', () => {});
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

function connectionUrl(target: { password: string; port: number; database: string }): string {
  return `postgresql://${USER}:${target.password}@127.0.0.1:${target.port}/${target.database}`;
}
