import { join } from 'node:path';
import pg from 'pg';
import { ensureBuilt } from '../../scripts/build';
import { startTemplateDatabase } from '../../test/test-database';
import {
  adoptDatabase,
  Cleanup,
  CRON_SECRET,
  createDatabase,
  type Mount,
  makeFolder,
  readCronSecret,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
  TEMPLATE_URL_IN,
} from './mounts';

const HANDED_OVER_IN = 'SHEAF_E2E_MOUNTS';

/** Playwright's global set-up: the servers of the production build, on both mounts, ended when the run ends. */
export default async function startMounts(): Promise<() => Promise<void>> {
  await ensureBuilt();
  const cleanup = new Cleanup();
  try {
    const template = await startTemplateDatabase();
    cleanup.add(template.stop);
    process.env[TEMPLATE_URL_IN] = template.url;
    const servers = {
      front: await startFrontMount(cleanup),
      pages: await startFrontMount(cleanup),
      next: await startNextMount(cleanup),
    };
    handOver(servers);
  } catch (error) {
    await cleanup.run().catch(() => {});
    throw error;
  }
  return () => cleanup.run();
}

/** Makes servers known to the workers, which find them with `runningServer`. */
export function handOver(servers: Partial<Record<ServerName, Mount>>): void {
  process.env[HANDED_OVER_IN] = JSON.stringify(servers);
}

/** What the projects run against, each at one of its own. */
export type ServerName = 'front' | 'pages' | 'next' | 'serverless';

/** The server of this name that the set-up started. */
export function runningServer(name: ServerName): Mount {
  const servers = JSON.parse(process.env[HANDED_OVER_IN] ?? '{}') as Partial<Record<ServerName, Mount>>;
  const server = servers[name];
  if (!server) throw new Error(`No server called ${name} is running.`);
  return server;
}

/** `npm start` with its own database; by default it sweeps every second. */
export async function startFrontMount(
  cleanup: Cleanup,
  env: Record<string, string> = { SWEEP_INTERVAL_SECONDS: '1' },
): Promise<Mount> {
  const dataFolder = await makeFolder(cleanup);
  const logFile = join(dataFolder, 'server.log');
  const server = await startFront({ dataFolder, env, logFile });
  cleanup.add(() => server.stop());
  const database = await adoptDatabase(dataFolder);
  await stopFlushing(database.url);
  return {
    name: 'front',
    url: server.url,
    databaseUrl: database.url,
    cronSecret: await readCronSecret(dataFolder),
    blobFolder: join(dataFolder, 'blobs'),
    mailFolder: join(dataFolder, 'mail'),
    logFile,
  };
}

/** Spares a slow disk: no spec that uses a shared server asks what survives a crash of the machine. */
async function stopFlushing(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('alter system set fsync = off');
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
}

async function startNextMount(cleanup: Cleanup): Promise<Mount> {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const mailFolder = await makeFolder(cleanup);
  const services = serviceVariables({ databaseUrl, store });
  const logFile = join(await makeFolder(cleanup), 'server.log');
  const server = await startNext({ ...services, MAIL_DIR: mailFolder }, { logFile });
  cleanup.add(() => server.stop());
  return {
    name: 'next',
    url: server.url,
    databaseUrl,
    cronSecret: CRON_SECRET,
    blobFolder: null,
    mailFolder,
    logFile,
  };
}
