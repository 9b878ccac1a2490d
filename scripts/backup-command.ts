import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type pg from 'pg';
import { BackupError, explainFileError } from '../lib/backup/backup-error';
import { isDatabaseOutage } from '../lib/core/app-error';
import { AppError } from '../lib/core/errors';
import { StorageRefusal } from '../lib/storage/refusal';
import { connect } from '../prisma/locked-transaction';
import { openDatabase, type Settings, StartError } from './environment';
import { ROOT } from './root';

/** Where the command was called: npm changes to the folder of the project. */
const CALLED_IN = process.env.INIT_CWD ?? process.cwd();

/** The path that an argument means. */
export function resolveArgument(path: string): string {
  return resolve(CALLED_IN, path);
}

/** Works with one connection to the database, at an address without a pooler. */
export async function withConnection<T>(
  settings: Settings,
  work: (client: pg.Client, url: string) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(settings);
  try {
    const client = await connect(database.url).catch((error: Error) => {
      throw new StartError(error.message, { cause: error });
    });
    try {
      return await work(client, database.url);
    } finally {
      await client.end();
    }
  } finally {
    await database.release();
  }
}

/** The version in package.json. */
export async function readVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as { version: string };
  return version;
}

/** The failure of a backup or a restore as a `StartError`, if it has a known reason. */
export function explainFailure(error: unknown): unknown {
  if (error instanceof StartError) return error;
  if (error instanceof BackupError) return new StartError(describeWithCause(error), { cause: error });
  if (error instanceof AppError && error.code === 'storage_unavailable') {
    const cause = explainFileError(error.cause, 'A text');
    if (cause instanceof StorageRefusal || cause instanceof BackupError) return new StartError(cause.message);
    return new StartError(
      'The store of texts does not answer. Check BLOB_DIR, BLOB_READ_WRITE_TOKEN or S3_BUCKET.',
      {
        cause: error,
      },
    );
  }
  if (!isDatabaseOutage(error)) return error;
  return new StartError('The database does not answer. Check DATABASE_URL and DIRECT_URL.', { cause: error });
}

function describeWithCause({ message, cause }: BackupError): string {
  return cause instanceof BackupError ? `${message}\n${cause.message}` : message;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 1_000 && unit < UNITS.length - 1; unit++) value /= 1_000;
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

export function formatSeconds(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}
