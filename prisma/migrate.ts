import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  DiffTarget,
  MigrationDirectory,
  MigrationList,
} from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { recoverMigrations } from './recovery';
import { withSchemaEngine } from './schema-engine';

const SCHEMA_FILE = fileURLToPath(new URL('schema.prisma', import.meta.url));
const MIGRATIONS_FOLDER = fileURLToPath(new URL('migrations', import.meta.url));
const LOCK_KEY = 7_432_301_956;
const CONNECT_WITHIN_MS = 10_000;
const NO_FILTERS = { externalTables: [], externalEnums: [] };
const LOCK_FILE = `# Prisma writes and reads this file; it belongs in version control.
provider = "postgresql"
`;

/**
 * Brings the database up to the migrations in `prisma/migrations` and returns the names of those applied
 * now. Each is applied in one transaction. Processes that call it at once take turns, and what a killed one
 * left is settled first. Throws when a migration fails; it is then recorded in `_prisma_migrations`, nothing
 * after it is applied, and the next call tries it again.
 */
export async function migrate(
  connectionString: string,
  { folder = MIGRATIONS_FOLDER }: { folder?: string } = {},
): Promise<string[]> {
  const migrationsList = await readMigrations(folder);
  return withLock(connectionString, async () => {
    try {
      await recoverMigrations(connectionString, migrationsList.migrationDirectories);
      const result = await withSchemaEngine(connectionString, (engine) =>
        engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
      );
      return result.appliedMigrationNames;
    } catch (error) {
      throw new Error(`The database could not be migrated.\n${describe(error)}`, { cause: error });
    }
  });
}

/**
 * SQL that leads from what the migrations make to what the schema asks for; empty when they agree. Makes
 * a database of its own on the server for a moment.
 */
export async function findDrift(connectionString: string, schema?: string): Promise<string> {
  const migrations = await readMigrations(MIGRATIONS_FOLDER);
  const from: DiffTarget =
    migrations.migrationDirectories.length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...migrations };
  const files = [{ path: SCHEMA_FILE, content: schema ?? (await readFile(SCHEMA_FILE, 'utf8')) }];
  const to: DiffTarget = { tag: 'schemaDatamodel', files };
  const { stdout } = await withScratchDatabase(connectionString, (scratch) =>
    withSchemaEngine(scratch, (engine) =>
      engine.diff({ from, to, script: true, exitCode: null, filters: NO_FILTERS }),
    ),
  );
  const sql = stdout ?? '';
  return sql.includes('This is an empty migration') ? '' : sql;
}

/**
 * Writes the migration that the schema has outgrown the others by. Returns its name, or null when there
 * is nothing to write. Makes a database of its own on the server for a moment.
 */
export async function writeMigration(name: string, connectionString: string): Promise<string | null> {
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error('A migration is named in a-z, 0-9 and _.');
  const sql = await findDrift(connectionString);
  if (sql.trim() === '') return null;
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  await writeFile(join(MIGRATIONS_FOLDER, 'migration_lock.toml'), LOCK_FILE);
  return basename(folder);
}

async function readMigrations(folder: string): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockfile = await readFile(join(folder, 'migration_lock.toml'), 'utf8').catch(() => null);
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.sort().map((name) => readMigration(folder, name))),
  };
}

async function readMigration(folder: string, name: string): Promise<MigrationDirectory> {
  const value = await readFile(join(folder, name, 'migration.sql'), 'utf8');
  return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
}

/** Throws one sentence where the server does not take a connection within ten seconds. */
export async function assertReachable(connectionString: string): Promise<void> {
  await (await connect(connectionString)).end();
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    throw new Error(`The database cannot be reached (DATABASE_URL): ${describe(error)}.`, { cause: error });
  });
  return client;
}

/** A lock of the transaction, not of the session, which a pooler might hand to somebody else. */
async function withLock<T>(connectionString: string, work: () => Promise<T>): Promise<T> {
  const client = await connect(connectionString);
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
    return await work();
  } finally {
    await client.end();
  }
}

async function withScratchDatabase<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
    return await work(url.href);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
  }
}

/** A host with several addresses that all refuse makes an error without a message of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ');
  return error instanceof Error ? error.message : String(error);
}

/** For commands: a throw-away server, so that nobody needs the right to create databases on their own. */
async function writeOnScratch(name: string): Promise<string | null> {
  const { startEmbeddedPostgres } = await import('../server/postgres/embedded-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-shadow-'));
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  try {
    return await writeMigration(name, postgres.url);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runCommand([command, name]: readonly string[]): Promise<void> {
  if (command === 'new') {
    const written = await writeOnScratch(name ?? '');
    console.log(
      written === null ? 'The migrations agree with the schema.' : `Wrote prisma/migrations/${written}.`,
    );
    return;
  }
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: which database is to be migrated?');
  const applied = await migrate(url);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runCommand(process.argv.slice(2)).catch((error: unknown) => {
    console.error(describe(error));
    process.exitCode = 1;
  });
  // A timer of the engine would keep the process for ten more seconds.
  process.exit();
}
