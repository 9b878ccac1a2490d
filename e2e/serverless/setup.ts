import { join } from 'node:path';
import { ROOT } from '../../scripts/root';
import { findFreePort } from '../../server/postgres/free-port';
import { Cleanup, CRON_SECRET, makeFolder } from '../support/mounts';
import { handOver } from '../support/servers';
import { findOrBuild } from './build';
import { deploy } from './deployment';
import { startServices } from './services';
import { provideTools } from './tools';

/** Two, so that a request meets another process than the one before it. */
const INSTANCES = 2;

/** Playwright's global set-up for the serverless build: builds it, and serves it as its host does. */
export default async function startServerless(): Promise<() => Promise<void>> {
  const cleanup = new Cleanup();
  try {
    const tools = await provideTools();
    const services = await startServices(cleanup);
    print(
      services.isPooled
        ? 'The functions use PostgreSQL through PgBouncer in transaction mode.'
        : 'PgBouncer is not installed: the functions use PostgreSQL itself.',
    );
    const build = await findOrBuild({ project: ROOT, tools, variables: services.buildVariables });
    const port = await findFreePort();
    const url = `http://localhost:${port}`;
    const logFile = join(await makeFolder(cleanup), 'functions.log');
    const variables = services.variables(url);
    await deploy({ project: ROOT, build, tools, port, variables, instances: INSTANCES, logFile, cleanup });
    const { databaseUrl, mailFolder } = services;
    handOver({
      name: 'serverless',
      url,
      databaseUrl,
      cronSecret: CRON_SECRET,
      blobFolder: null,
      mailFolder,
      logFile,
    });
  } catch (error) {
    await cleanup.run().catch(() => {});
    throw error;
  }
  return () => cleanup.run();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
