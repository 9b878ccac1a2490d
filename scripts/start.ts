import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../prisma/migrate';
import { ensureBuilt } from './build';
import { type Child, startChild } from './child';
import { findFreePort } from './embedded-postgres';
import {
  completeEnvironment,
  prepareDataFolder,
  ROOT,
  readSettings,
  type Settings,
  StartError,
  startDatabase,
} from './environment';
import { acquireStartLock } from './start-lock';

const READY_WITHIN_MS = 60_000;
const PARENT_CHECK_MS = 1_000;
const NEXT_KEEP_ALIVE_MS = 75_000;

type Cleanups = (() => Promise<void>)[];

async function main(): Promise<void> {
  // Whoever read the output may be gone (`npm start | head`); that is no reason to end.
  process.stdout.on('error', () => {});
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
  await migrate(environment.DATABASE_URL ?? '');
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

async function prepareEnvironment(settings: Settings, cleanups: Cleanups): Promise<NodeJS.ProcessEnv> {
  const environment = await completeEnvironment(settings);
  const postgres = await startDatabase(settings);
  if (postgres !== null) cleanups.push(() => postgres.stop());
  return {
    ...environment,
    DATABASE_URL: postgres?.url ?? environment.DATABASE_URL,
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_PORT: String(await findFreePort()),
    FRONT_TOKEN: randomBytes(32).toString('base64url'),
  };
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
