import { join } from 'node:path';
import pg from 'pg';
import { ensureBuilt } from '../../scripts/build';
import { startTemplateDatabase } from '../../test/test-database';
import {
  adoptDatabase,
  type Cleanup,
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

const DEPLOYED_IN = 'SHEAF_E2E_DEPLOYED';

/** Playwright's global set-up: the build, and a PostgreSQL from whose template the servers get their databases. */
export default async function prepare(): Promise<() => Promise<void>> {
  await ensureBuilt();
  const template = await startTemplateDatabase();
  process.env[TEMPLATE_URL_IN] = template.url;
  return template.stop;
}

/** Makes a server that the set-up has started known to the workers, which use it in place of one of their own. */
export function handOver(server: Mount): void {
  process.env[DEPLOYED_IN] = JSON.stringify(server);
}

/** What a project runs against. Each worker starts one of its own; the serverless build is deployed once. */
export async function provideServer(name: Mount['name'], cleanup: Cleanup): Promise<Mount> {
  if (name === 'front') return startFrontMount(cleanup);
  if (name === 'next') return startNextMount(cleanup);
  const deployed = process.env[DEPLOYED_IN];
  if (deployed === undefined) throw new Error('The serverless build is not running.');
  return JSON.parse(deployed) as Mount;
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
