import { access, chmod } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import nextEnv from '@next/env';
import {
  describeFaults,
  type Env,
  findEnvFaults,
  migrationUrl,
  parseEnv,
  withoutEmpty,
} from '../lib/core/env';
import { findFolderFaults, usedFolders } from '../lib/core/env-folders';
import { migrate } from '../prisma/migrate';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/postgres/embedded-postgres';
import { findBootFaults } from './boot-rules';
import { ROOT } from './root';
import { loadSecrets } from './secrets';

/** A fault that is reported as a sentence, without a stack. */
export class StartError extends Error {}

/** Reports the error of a command, a `StartError` without a stack, and makes the command fail. */
export function reportFailure(error: unknown): void {
  process.exitCode = 1;
  console.error(error instanceof StartError ? error.message : error);
}

/** Runs a console command, reports its failure, and exits. */
export async function runCommand(work: () => Promise<void>): Promise<never> {
  await work().catch(reportFailure);
  process.exit();
}

export interface Settings {
  host: string;
  port: number;
  appUrl: string;
  dataFolder: string;
}

type Variables = Record<string, string | undefined>;

/** Placeholders for values that are created after the check. */
const CREATED_LATER = {
  AUTH_SECRET: 'a secret that is created at the first start',
  CRON_SECRET: 'a secret that is created at the first start',
  DATABASE_URL: 'postgresql://127.0.0.1',
};

/**
 * Reads and checks the environment and `.env` as a whole; creates the folders and checks that they are
 * writable. Throws a `StartError` with one sentence for each invalid variable.
 */
export async function readSettings(): Promise<Settings> {
  process.chdir(ROOT);
  nextEnv.loadEnvConfig(ROOT, false, { info: () => {}, error: console.error });
  const variables = withoutEmpty(process.env);
  const port = variables.PORT?.trim() ?? '3000';
  const settings = {
    host: variables.HOST?.trim() ?? '127.0.0.1',
    port: Number(port),
    appUrl: variables.APP_URL?.trim() ?? `http://localhost:${port}`,
    dataFolder: resolve(ROOT, variables.DATA_DIR ?? '.data'),
  };
  const faults = await findStartFaults(settings, variables);
  if (faults.length > 0) throw new StartError(describeFaults(faults));
  return settings;
}

async function findStartFaults(settings: Settings, variables: Variables): Promise<string[]> {
  const envFaults = findEnvFaults({ ...CREATED_LATER, ...variables, NODE_ENV: 'production' });
  const isWrong = (name: string) => envFaults.some((fault) => fault.startsWith(`${name} `));
  const isAddressWrong = isWrong('APP_URL') || (variables.APP_URL === undefined && isWrong('PORT'));
  return [
    ...envFaults,
    ...findBootFaults({
      // An invalid URL is not public either, and has its own sentence.
      host: isWrong('HOST') ? '127.0.0.1' : settings.host,
      appUrl: isAddressWrong ? 'http://localhost' : settings.appUrl,
      variables,
    }),
    ...(await findStorageFaults(settings, variables)),
  ];
}

async function findStorageFaults(settings: Settings, variables: Variables): Promise<string[]> {
  const faults = await prepareDataFolder(settings.dataFolder);
  // A folder without its own variable is in DATA_DIR, which is then reported instead.
  const defaults = faults.length === 0 ? folderVariables(settings) : {};
  return [...faults, ...(await findFolderFaults(usedFolders({ ...defaults, ...variables })))];
}

/** The configuration before the start, with placeholders for what is created by it. */
export function parseSettings(settings: Settings): Env {
  const variables = { ...folderVariables(settings), ...withoutEmpty(process.env), NODE_ENV: 'production' };
  return parseEnv({ ...CREATED_LATER, ...variables });
}

function folderVariables({ dataFolder }: Settings) {
  return { BLOB_DIR: join(dataFolder, 'blobs'), MAIL_DIR: join(dataFolder, 'mail') };
}

/** Other users may enter it, because Postgres may have to run as another user, but not list it. */
async function prepareDataFolder(folder: string): Promise<string[]> {
  const isNew = await access(folder).then(
    () => false,
    () => true,
  );
  const faults = await findFolderFaults({ DATA_DIR: folder });
  if (isNew && faults.length === 0) await chmod(folder, 0o711);
  return faults;
}

/** The variables that are set, and defaults for the others; the caller adds `DATABASE_URL`. */
export async function completeEnvironment(settings: Settings): Promise<NodeJS.ProcessEnv> {
  return {
    ...folderVariables(settings),
    ...(await loadSecrets(settings.dataFolder)),
    ...withoutEmpty(process.env),
    NODE_ENV: 'production',
    HOST: settings.host,
    PORT: String(settings.port),
    APP_URL: settings.appUrl,
  };
}

export function databaseFolder({ dataFolder }: Settings): string {
  return join(dataFolder, 'postgres');
}

/** Starts the embedded database; null if `DATABASE_URL` names another. */
export async function startDatabase(settings: Settings): Promise<EmbeddedPostgres | null> {
  if (withoutEmpty(process.env).DATABASE_URL !== undefined) return null;
  const folder = databaseFolder(settings);
  const postgres = await startEmbeddedPostgres({ folder });
  if (postgres.home !== folder) {
    console.log(`The database is in ${postgres.home}: Postgres cannot reach ${folder}.`);
  }
  return postgres;
}

/** A database for a command: the embedded one, started or joined, or the one that the variables name. */
interface CommandDatabase {
  /** The address for migrations and long transactions: without a pooler. */
  url: string;
  isEmbedded: boolean;
  /** Stops it if this command has started it. */
  release(): Promise<void>;
}

/** Does not migrate it. */
export async function openDatabase(settings: Settings): Promise<CommandDatabase> {
  const postgres = await startDatabase(settings);
  return {
    url: postgres?.url ?? migrationUrl(process.env) ?? '',
    isEmbedded: postgres !== null,
    async release() {
      if (postgres !== null && !postgres.adopted) await postgres.stop();
    },
  };
}

/**
 * For commands that use the database of `npm start`, whether or not that is running: completes `process.env`,
 * starts the database or joins the running one, and migrates it. Returns a function that releases it.
 */
export async function prepareDatabase(): Promise<() => Promise<void>> {
  const settings = await readSettings();
  const { url, isEmbedded, release } = await openDatabase(settings);
  try {
    Object.assign(process.env, await completeEnvironment(settings));
    if (isEmbedded) process.env.DATABASE_URL = url;
    await migrate(url);
  } catch (error) {
    await release();
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return release;
}
