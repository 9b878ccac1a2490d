import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { findBootFaults } from './boot-rules';
import { ensureBuilt } from './build';
import { type Child, startChild } from './child';
import { findFreePort, startEmbeddedPostgres } from './embedded-postgres';
import { loadSecrets } from './secrets';
import { acquireStartLock } from './start-lock';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READY_WITHIN_MS = 60_000;
const PARENT_CHECK_MS = 1_000;
const NEXT_KEEP_ALIVE_MS = 75_000;

type Cleanups = (() => Promise<void>)[];

/** A fault that is told in one sentence, without a stack. */
class StartError extends Error {}

interface Settings {
  host: string;
  port: number;
  appUrl: string;
  dataFolder: string;
}

async function main(): Promise<void> {
  process.chdir(ROOT);
  nextEnv.loadEnvConfig(ROOT, false, { info: () => {}, error: console.error });
  const stopping = listenForStop();
  const cleanups: Cleanups = [];
  try {
    await run({ settings: readSettings(), cleanups, stopping });
  } catch (error) {
    if (!stopping.aborted) {
      process.exitCode = 1;
      console.error(error instanceof Error ? error.message : error);
    }
  }
  for (const cleanup of cleanups.reverse()) {
    await cleanup().catch((error: unknown) => {
      process.exitCode = 1;
      console.error(error);
    });
  }
  process.exit();
}

async function run(options: {
  settings: Settings;
  cleanups: Cleanups;
  stopping: AbortSignal;
}): Promise<void> {
  const { settings, cleanups, stopping } = options;
  await prepareDataFolder(settings.dataFolder);
  cleanups.push(await acquireStartLock(settings.dataFolder));
  await checkPort(settings);
  await announceBuild(stopping);

  const environment = await prepareEnvironment(settings, cleanups);
  stopping.throwIfAborted();
  await migrateDatabase(environment.DATABASE_URL ?? '');
  stopping.throwIfAborted();

  const children = startProcesses(environment);
  cleanups.push(...children.map((child) => () => child.stop()).reverse());
  const failure = Promise.race(children.map((child) => child.ended)).then((text) => {
    if (!stopping.aborted) throw new StartError(text);
  });
  await Promise.race([failure, waitUntilReady(settings, stopping)]);
  // Next greets with the address of its inner port, which is nobody's business.
  for (const child of children) child.show();
  if (!stopping.aborted) console.log(`Sheaf is ready on ${settings.appUrl}`);
  await Promise.race([failure, stopping.aborted || once(stopping, 'abort')]);
}

function readSettings(): Settings {
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(`PORT must be a number from 1 to 65535, not ${process.env.PORT}.`);
  }
  const settings = {
    host: process.env.HOST || '127.0.0.1',
    port,
    appUrl: process.env.APP_URL || `http://localhost:${port}`,
    dataFolder: resolve(ROOT, process.env.DATA_DIR || '.data'),
  };
  const faults = findBootFaults({ ...settings, variables: process.env });
  if (faults.length > 0) throw new StartError(`Sheaf does not start like this.\n  ${faults.join('\n  ')}`);
  return settings;
}

/** Others may pass through it, for Postgres may have to run as another user, but not look around. */
async function prepareDataFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o711);
}

/** Asked before the long work; the front asks again. */
async function checkPort({ host, port }: Settings): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(port, host), 'listening');
  } catch (error) {
    throw new StartError(explainPort(error, { host, port }));
  } finally {
    probe.close();
  }
}

function explainPort(error: unknown, { host, port }: Pick<Settings, 'host' | 'port'>): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npm start`;
  }
  if (code === 'EACCES') return `Port ${port} may not be used by this user: choose another with PORT.`;
  return `Cannot listen on ${host}:${port} (HOST, PORT): ${String(error)}`;
}

async function announceBuild(stopping: AbortSignal): Promise<void> {
  const note = setTimeout(
    () => console.log('Building Sheaf; this takes about a minute the first time.'),
    500,
  );
  try {
    await ensureBuilt({ signal: stopping });
  } finally {
    clearTimeout(note);
  }
}

/** What the front and its Next child see: what was set, and a default for everything that was not. */
async function prepareEnvironment(settings: Settings, cleanups: Cleanups): Promise<NodeJS.ProcessEnv> {
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const defaults = {
    ...(await loadSecrets(settings.dataFolder)),
    BLOB_DIR: join(settings.dataFolder, 'blobs'),
  };
  const databaseUrl = set.DATABASE_URL ?? (await startDatabase(settings.dataFolder, cleanups));
  return {
    ...defaults,
    ...set,
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: settings.host,
    PORT: String(settings.port),
    APP_URL: settings.appUrl,
    NEXT_PORT: String(await findFreePort()),
    FRONT_TOKEN: randomBytes(32).toString('base64url'),
  };
}

async function startDatabase(dataFolder: string, cleanups: Cleanups): Promise<string> {
  const folder = join(dataFolder, 'postgres');
  const postgres = await startEmbeddedPostgres({ folder });
  cleanups.push(() => postgres.stop());
  if (postgres.home !== folder)
    console.log(`The database is in ${postgres.home}: Postgres cannot reach ${folder}.`);
  return postgres.url;
}

async function migrateDatabase(url: string): Promise<void> {
  const { migrate } = await import('../prisma/migrate');
  await migrate(url);
}

/** The front first: it is stopped first, and what it has in hand still needs the other. */
function startProcesses(environment: NodeJS.ProcessEnv): Child[] {
  const shared = { env: environment, withParent: join(ROOT, 'dist/with-parent.js') };
  const listen = ['-H', '127.0.0.1', '-p', environment.NEXT_PORT ?? ''];
  const keepAlive = ['--keepAliveTimeout', String(NEXT_KEEP_ALIVE_MS)];
  return [
    startChild({ ...shared, name: 'The front', args: [join(ROOT, 'dist/server.js')] }),
    startChild({
      ...shared,
      name: 'Next',
      args: [join(ROOT, 'node_modules/next/dist/bin/next'), 'start', ...listen, ...keepAlive],
    }),
  ];
}

/** A missing asset is answered by Next through the front, without touching anything. */
async function waitUntilReady({ host, port }: Settings, stopping: AbortSignal): Promise<void> {
  const own = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  const url = `http://${own.includes(':') ? `[${own}]` : own}:${port}/_next/static/none`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!stopping.aborted) {
    const status = await fetch(url, { signal: stopping }).then(
      (response) => response.status,
      () => 0,
    );
    if (status !== 0 && status !== 503) return;
    if (Date.now() > deadline) throw new StartError('Sheaf did not become ready within a minute.');
    await sleep(50);
  }
}

/** Aborts at the first signal, or when the npm that started this is gone. */
function listenForStop(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) stop();
    }, PARENT_CHECK_MS).unref();
  }
  return controller.signal;
}

await main();
