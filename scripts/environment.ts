import { chmod, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { migrate } from '../prisma/migrate';
import { findBootFaults } from './boot-rules';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { loadSecrets } from './secrets';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A fault that is told in a sentence, without a stack. */
export class StartError extends Error {}

export interface Settings {
  host: string;
  port: number;
  appUrl: string;
  dataFolder: string;
}

/** What the environment and `.env` say. Throws a `StartError` that names the variable at fault. */
export function readSettings(): Settings {
  process.chdir(ROOT);
  nextEnv.loadEnvConfig(ROOT, false, { info: () => {}, error: console.error });
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
export async function prepareDataFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o711);
}

/** What was set, and a default for everything that was not; `DATABASE_URL` is the caller's. */
export async function completeEnvironment(settings: Settings): Promise<NodeJS.ProcessEnv> {
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  return {
    BLOB_DIR: join(settings.dataFolder, 'blobs'),
    MAIL_DIR: join(settings.dataFolder, 'mail'),
    ...(await loadSecrets(settings.dataFolder)),
    ...set,
    NODE_ENV: 'production',
    HOST: settings.host,
    PORT: String(settings.port),
    APP_URL: settings.appUrl,
  };
}

/** The embedded database, or null where `DATABASE_URL` names another. */
export async function startDatabase(settings: Settings): Promise<EmbeddedPostgres | null> {
  if (process.env.DATABASE_URL) return null;
  const folder = join(settings.dataFolder, 'postgres');
  const postgres = await startEmbeddedPostgres({ folder });
  if (postgres.home !== folder) {
    console.log(`The database is in ${postgres.home}: Postgres cannot reach ${folder}.`);
  }
  return postgres;
}

/**
 * For commands that work on the database of `npm start`, whether or not that is running: completes
 * `process.env`, starts or joins the database and migrates it. Returns what lets go of it again.
 */
export async function prepareDatabase(): Promise<() => Promise<void>> {
  const settings = readSettings();
  await prepareDataFolder(settings.dataFolder);
  const postgres = await startDatabase(settings);
  Object.assign(process.env, await completeEnvironment(settings));
  if (postgres !== null) process.env.DATABASE_URL = postgres.url;
  await migrate(process.env.DATABASE_URL ?? '');
  return async () => {
    if (postgres !== null && !postgres.adopted) await postgres.stop();
  };
}
