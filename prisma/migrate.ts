import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { hasTable, IS_OWN_TABLE } from '../lib/core/database-tables';
import { migrationUrl } from '../lib/core/env';
import { connect, describe, inLockedTransaction, type LockedConnection } from './locked-transaction';
import {
  checksumOf,
  findNonTransactional,
  MIGRATIONS_FOLDER,
  type Migration,
  matchesChecksum,
  readMigrations,
} from './migration-files';
import { recoverMigrations } from './recovery';

const LOCK_WITHIN_MS = 5 * 60_000;
const RUN_WITHIN_MS = 15 * 60_000;
const MAX_CLOCK_DIFFERENCE_MS = 5 * 60_000;

const TABLE = '_prisma_migrations';
/** Prisma's own definition. */
const CREATE_TABLE = `CREATE TABLE ${TABLE} (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface MigrateOptions {
  folder?: string;
  /** Cancels the running statement; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** The last migration to apply; all of them if it is not given. */
  last?: string | undefined;
  /** How long to wait for another process that migrates. */
  lockWithinMs?: number;
  /** How long the whole call may take. */
  runWithinMs?: number;
}

/**
 * Applies the pending migrations in `prisma/migrations` and returns their names. Each is one transaction with
 * its row in `_prisma_migrations`, so that a failed, aborted or killed one changes nothing. Concurrent
 * processes take turns, and each migration is applied once. Throws an error with one sentence that says what
 * failed and what to do.
 */
export async function migrate(connectionString: string, options: MigrateOptions = {}): Promise<string[]> {
  const { folder = MIGRATIONS_FOLDER, lockWithinMs = LOCK_WITHIN_MS, runWithinMs = RUN_WITHIN_MS } = options;
  const deadline = AbortSignal.timeout(runWithinMs);
  const signal = AbortSignal.any(options.signal ? [options.signal, deadline] : [deadline]);
  const migrations = await readMigrations(folder);
  const client = await connect(connectionString);
  const connection = { client, connectionString, signal, lockWithinMs, statementWithinMs: runWithinMs };
  try {
    await inLockedTransaction(connection, () => prepare(client, migrations));
    const { last } = options;
    const wanted = last === undefined ? migrations : migrations.filter(({ name }) => name <= last);
    return await applyAll(connection, wanted);
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    const reason = deadline.aborted
      ? `it took longer than ${Math.ceil(runWithinMs / 1000)} s. The migration in progress changed nothing.`
      : describe(error);
    throw new Error(`The database could not be migrated: ${reason}`, { cause: error });
  } finally {
    await client.end();
  }
}

/** Checks made before the first migration is applied. */
async function prepare(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await ensureTable(client, migrations);
  await recoverMigrations(client, migrations);
  const applied = await readApplied(client);
  for (const { name, script } of migrations) {
    const checksum = applied.get(name);
    if (checksum === undefined) assertTransactional(name, script);
    else if (!matchesChecksum(script, checksum)) {
      // Prisma continues as well.
      console.warn(`Migration ${name} was changed after it was applied to the database.`);
    }
  }
}

/** Creates Prisma's table in an empty database. Throws if the database is another application's, or too new. */
async function ensureTable(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  const exists = await hasTable(client, TABLE);
  const { rowCount: others } = await client.query(
    `SELECT FROM pg_class WHERE ${IS_OWN_TABLE} AND relname <> $1 LIMIT 1`,
    [TABLE],
  );
  const names = exists ? await readNames(client) : [];
  const ours = migrations.map(({ name }) => name);
  const isOther = others === 1 || names.length > 0;
  if (isOther && !names.some((name) => ours.includes(name))) {
    throw new Error('it has tables that are not of Sheaf: set DATABASE_URL to an empty database.');
  }
  const newer = findNewer(names, ours);
  if (newer !== null) throw new Error(explainNewer(newer));
  if (!exists) await client.query(CREATE_TABLE);
}

/** The last migration of a newer release. A missing file of an earlier one stops nothing, as with Prisma. */
function findNewer(names: readonly string[], ours: readonly string[]): string | null {
  return names.filter((name) => !ours.includes(name) && name > (ours.at(-1) ?? '')).at(-1) ?? null;
}

function explainNewer(newer: string): string {
  return `a newer release of Sheaf has changed it (migration ${newer}): start that release, or restore a backup from before the update.`;
}

/**
 * The names of the migrations that `migrate` would apply; changes nothing. Throws an error with one sentence if the
 * database is of a newer release.
 */
export async function findPending(client: pg.Client): Promise<string[]> {
  const ours = (await readMigrations(MIGRATIONS_FOLDER)).map(({ name }) => name);
  if (!(await hasTable(client, TABLE))) return ours;
  const newer = findNewer(await readNames(client), ours);
  if (newer !== null) throw new Error(`The database cannot be used: ${explainNewer(newer)}`);
  const applied = await readApplied(client);
  return ours.filter((name) => !applied.has(name));
}

/** The names of all migrations that were begun, sorted. */
async function readNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT DISTINCT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows.map(({ name }) => name).sort();
}

function assertTransactional(name: string, script: string): void {
  const words = findNonTransactional(script);
  if (words === null) return;
  throw new Error(
    `migration ${name} has a statement that cannot be part of its transaction (${words}). Remove the statement, or apply this migration with \`prisma migrate deploy\`.`,
  );
}

/** The checksums of applied migrations, by name. */
async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

async function applyAll(connection: LockedConnection, migrations: readonly Migration[]): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const name = await inLockedTransaction(connection, (client) => applyNext(client, migrations));
    if (name === null) return names;
    names.push(name);
  }
}

/** Applies the first pending migration and returns its name; null if there is none. */
async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<string | null> {
  // Read in the transaction that holds the lock: another process may have applied it first.
  const applied = await readApplied(client);
  const next = migrations.find(({ name }) => !applied.has(name));
  if (next === undefined) return null;
  const startedAt = new Date();
  try {
    await client.query(next.script);
  } catch (error) {
    throw new Error(
      `migration ${next.name} failed and changed nothing: ${describe(error)}. Remove the cause, then try again.`,
      { cause: error },
    );
  }
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, $4, $5, 1)`,
    [randomUUID(), checksumOf(next.script), next.name, startedAt, new Date()],
  );
  return next.name;
}

/**
 * Throws an error with one sentence that names the variable if the server is unreachable for ten seconds, or if its
 * clock and that of this machine differ by more than `MAX_CLOCK_DIFFERENCE_MS`: texts would expire and sessions end
 * at the wrong time.
 */
export async function assertUsable(connectionString: string, variable: string): Promise<void> {
  const client = await connect(connectionString, variable);
  try {
    const fault = await findClockFault(client, variable);
    if (fault !== null) throw new Error(fault);
  } finally {
    await client.end();
  }
}

/** One sentence if the clocks differ too much; otherwise null. */
export async function findClockFault(client: pg.Client, variable: string): Promise<string | null> {
  // As a number: how a time is written depends on the server's DateStyle.
  const { rows } = await client.query<{ ms: number }>(
    'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
  );
  const aheadMs = Date.now() - (rows[0]?.ms ?? Number.NaN);
  if (Math.abs(aheadMs) <= MAX_CLOCK_DIFFERENCE_MS) return null;
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  return `The clock of this machine is ${minutes} minutes ${aheadMs > 0 ? 'ahead of' : 'behind'} that of the database (${variable}): set the one that is wrong, then start again.`;
}

async function runCommand([command, name]: readonly string[]): Promise<void> {
  if (command === 'new') {
    const { writeOnScratch } = await import('./write-migration');
    const written = await writeOnScratch(name ?? '');
    console.log(
      written === null ? 'The migrations agree with the schema.' : `Wrote prisma/migrations/${written}.`,
    );
    return;
  }
  const url = migrationUrl(process.env);
  if (url === undefined) throw new Error('DATABASE_URL is not set: which database is to be migrated?');
  const applied = await migrate(url);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runCommand(process.argv.slice(2)).catch((error: unknown) => {
    console.error(describe(error));
    process.exitCode = 1;
  });
  // A timer of the schema engine, which writes new migrations, would keep the process for ten more seconds.
  process.exit();
}
