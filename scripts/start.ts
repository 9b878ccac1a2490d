import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrationUrl, withoutEmpty } from '../lib/core/env';
import { openStore } from '../lib/storage/blob-store';
import { findStorageRefusal } from '../lib/storage/refusal';
import { assertUsable, migrate } from '../prisma/migrate';
import { findFreePort } from '../server/postgres/free-port';
import { keepPostgresRunning, type PostgresKeeper } from '../server/postgres/postgres-keeper';
import { ensureAppBuilt } from './build-app';
import { builtConfig } from './built-config';
import { type Child, startChild } from './child';
import {
  completeEnvironment,
  databaseFolder,
  parseSettings,
  readSettings,
  type Settings,
  StartError,
  startDatabase,
} from './environment';
import { ROOT } from './root';
import { acquireStartLock } from './start-lock';
import { createStartLog } from './start-log';

const READY_WITHIN_MS = 60_000;
/** How long database and storage may take once both processes respond. */
const SERVICES_WITHIN_MS = 20_000;
const ANSWER_WITHIN_MS = 10_000;
const PARENT_CHECK_MS = 1_000;
const NEXT_KEEP_ALIVE_MS = 75_000;
/** How long a process may take to end, once it has no requests any more. */
const EXIT_WITHIN_MS = 5_000;

/**
 * Limits of the JavaScript heaps, in MB. Texts are outside of them, in buffers that have limits of their own: see
 * "Memory" in ARCHITECTURE.md. A small young generation gives memory back sooner; with one of 4 MB, the front would
 * spend a sixth of its time collecting it. Next turns source maps on by itself, once its own code is loaded
 * (`instrumentation.ts`): Node reads the map of each file with it, which is a tenth of a start.
 */
const FRONT_OPTIONS = ['--enable-source-maps', '--max-old-space-size=512', '--max-semi-space-size=16'];
const NEXT_OPTIONS = ['--max-old-space-size=768', '--max-semi-space-size=4'];

type Cleanups = (() => Promise<void>)[];

async function main(): Promise<void> {
  // The reader of the output may have ended (`npm start | head`); this must not stop the service.
  process.stdout.on('error', () => {});
  const stopping = listenForStop();
  const cleanups: Cleanups = [];
  try {
    await run({ settings: await readSettings(), cleanups, stopping });
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
  const { LOG_LEVEL, SWEEP_INTERVAL_SECONDS } = parseSettings(settings);
  const log = createStartLog(LOG_LEVEL);
  stopping.addEventListener('abort', () => log.write('stopping'));
  cleanups.push(async () => {
    if (stopping.aborted) log.write('stopped');
  });
  cleanups.push(await acquireStartLock(settings.dataFolder));
  await checkPort(settings);
  await assertDatabaseUsable();
  await assertStorageUsable(settings);
  log.write('configuration checked');
  await ensureAppBuilt({
    signal: stopping,
    onBuild: () => console.log('Building Sheaf; this takes about a minute the first time.'),
  });

  const environment = await prepareEnvironment(settings);
  stopping.throwIfAborted();
  // They load their code while the database starts, and begin when it is migrated.
  const children = startProcesses(environment, { settings, ofNext: await builtConfig() });
  const stopChildren = children.map((child) => () => child.stop()).reverse();
  cleanups.push(...stopChildren);
  const keeper = await keepDatabase(settings);
  // It is stopped after those that use it.
  if (keeper !== null) cleanups.splice(-stopChildren.length, 0, keeper.stop);
  log.write('database ready', { embedded: keeper !== null });
  stopping.throwIfAborted();
  const databaseUrl = keeper?.url ?? migrationUrl(environment) ?? '';
  const migrations = await migrate(databaseUrl, { signal: stopping });
  log.write('migrations applied', { migrations });
  stopping.throwIfAborted();
  for (const child of children) child.begin(keeper === null ? {} : { DATABASE_URL: keeper.url });

  const ends = [...children, ...(keeper === null ? [] : [keeper])].map(({ ended }) => ended);
  const failure = Promise.race(ends).then((text) => {
    if (!stopping.aborted) throw new StartError(text);
  });
  await Promise.race([failure, waitUntilReady(settings, stopping)]);
  // Output before this is hidden: Next prints the URL of its internal port.
  for (const child of children) child.show();
  if (!stopping.aborted) {
    const { host, port, appUrl } = settings;
    log.write('listening', { host, port, sweep_seconds: SWEEP_INTERVAL_SECONDS });
    console.log(`Sheaf is ready on ${appUrl}`);
  }
  await Promise.race([failure, stopping.aborted || once(stopping, 'abort')]);
}

/** Fails early, before the long work; the front checks again. */
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

/** Fails early, before the long work, if the database is not the embedded one. */
async function assertDatabaseUsable(): Promise<void> {
  const { DATABASE_URL, DIRECT_URL } = withoutEmpty(process.env);
  if (DATABASE_URL === undefined) return;
  await assertUsable(DATABASE_URL, 'DATABASE_URL');
  if (DIRECT_URL !== undefined) await assertUsable(DIRECT_URL, 'DIRECT_URL');
}

/** Fails early if a service refuses to store bodies. One that is away may be back when Sheaf is ready. */
async function assertStorageUsable(settings: Settings): Promise<void> {
  const variables = parseSettings(settings);
  if (variables.BLOB_READ_WRITE_TOKEN === undefined && variables.S3_BUCKET === undefined) return;
  const refusal = await findStorageRefusal(openStore(variables));
  if (refusal !== null) throw new StartError(refusal);
}

async function keepDatabase(settings: Settings): Promise<(PostgresKeeper & { url: string }) | null> {
  const postgres = await startDatabase(settings);
  if (postgres === null) return null;
  const keeper = keepPostgresRunning({ folder: databaseFolder(settings), postgres });
  return { ...keeper, url: postgres.url };
}

async function prepareEnvironment(settings: Settings): Promise<NodeJS.ProcessEnv> {
  const environment = await completeEnvironment(settings);
  return {
    ...environment,
    NEXT_TELEMETRY_DISABLED: '1',
    // With more, glibc keeps what threads have freed.
    MALLOC_ARENA_MAX: environment.MALLOC_ARENA_MAX ?? '2',
    NEXT_PORT: String(await findFreePort()),
    FRONT_TOKEN: randomBytes(32).toString('base64url'),
  };
}

/** The front is stopped first, because its pending requests still need Next. */
function startProcesses(
  environment: NodeJS.ProcessEnv,
  { settings, ofNext }: { settings: Settings; ofNext: Record<string, string> },
): Child[] {
  const { DRAIN_SECONDS } = parseSettings(settings);
  const env = { ...environment, DRAIN_SECONDS: String(DRAIN_SECONDS) };
  const shared = { env, withParent: join(ROOT, 'dist/with-parent.js') };
  const listen = ['-H', '127.0.0.1', '-p', environment.NEXT_PORT ?? ''];
  const keepAlive = ['--keepAliveTimeout', String(NEXT_KEEP_ALIVE_MS)];
  return [
    startChild({
      ...shared,
      name: 'The front',
      args: [join(ROOT, 'dist/server.js')],
      nodeOptions: FRONT_OPTIONS,
      stopWithinMs: DRAIN_SECONDS * 1_000 + EXIT_WITHIN_MS,
    }),
    startChild({
      ...shared,
      env: { ...env, ...ofNext },
      name: 'Next',
      args: [join(ROOT, 'node_modules/next/dist/bin/next'), 'start', ...listen, ...keepAlive],
      nodeOptions: NEXT_OPTIONS,
      stopWithinMs: EXIT_WITHIN_MS,
    }),
  ];
}

/** Waits until database and storage are ready, and Next responds through the front (to a missing asset). */
async function waitUntilReady({ host, port }: Settings, stopping: AbortSignal): Promise<void> {
  const own = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  const origin = `http://${own.includes(':') ? `[${own}]` : own}:${port}`;
  const isUp = await poll({ withinMs: READY_WITHIN_MS, everyMs: 50, stopping }, async () => {
    const page = await ask(`${origin}/_next/static/none`, stopping);
    return page !== null && page.status !== 503;
  });
  if (!isUp) throw new StartError('Sheaf did not become ready within a minute.');
  let said = '';
  const isReady = await poll({ withinMs: SERVICES_WITHIN_MS, everyMs: 500, stopping }, async () => {
    const ready = await ask(`${origin}/api/ready`, stopping);
    said = ready?.text ?? '';
    return ready?.status === 200;
  });
  if (!isReady) throw new StartError(explainUnready(said));
}

/** Whether the check succeeded in time, or the process is stopping. */
async function poll(
  options: { withinMs: number; everyMs: number; stopping: AbortSignal },
  check: () => Promise<boolean>,
): Promise<boolean> {
  const deadline = Date.now() + options.withinMs;
  while (!options.stopping.aborted) {
    if (await check()) return true;
    if (Date.now() > deadline) return false;
    await sleep(options.everyMs);
  }
  return true;
}

async function ask(url: string, stopping: AbortSignal): Promise<{ status: number; text: string } | null> {
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const response = await fetch(url, { signal });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}

function explainUnready(text: string): string {
  const reasons: string[] = [];
  if (text.includes('"database":false')) reasons.push('the database (DATABASE_URL) does not answer');
  if (text.includes('"storage":false')) {
    reasons.push('paste storage (BLOB_READ_WRITE_TOKEN, S3_BUCKET or BLOB_DIR) is unavailable');
  }
  return `Sheaf did not become ready: ${reasons.join(', and ') || '/api/ready does not answer'}.`;
}

/** Aborts at the first signal, or when the npm that started this process has ended. */
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
