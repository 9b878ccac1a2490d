import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiffTarget, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { startEmbeddedPostgres } from '../server/postgres/embedded-postgres';
import { MIGRATIONS_FOLDER, readMigrations } from './migration-files';
import { withSchemaEngine } from './schema-engine';

const SCHEMA_FILE = fileURLToPath(new URL('schema.prisma', import.meta.url));
const LOCK_FILE = join(MIGRATIONS_FOLDER, 'migration_lock.toml');
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * SQL that turns the result of the migrations into the schema; empty if they agree. Creates a temporary
 * database on the server.
 */
export async function findDrift(connectionString: string, schema?: string): Promise<string> {
  const from: DiffTarget = { tag: 'migrations', ...(await listMigrations()) };
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

/** Like `writeMigration`, on a temporary server: elsewhere, no permission to create databases is needed. */
export async function writeOnScratch(name: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-shadow-'));
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  try {
    return await writeMigration(name, postgres.url);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writes the migration that updates the database to the schema. Returns its name, or null if there is no
 * difference. Creates a temporary database on the server.
 */
async function writeMigration(name: string, connectionString: string): Promise<string | null> {
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error('A migration is named in a-z, 0-9 and _.');
  const sql = await findDrift(connectionString);
  if (sql.trim() === '') return null;
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), sql);
  return basename(folder);
}

async function listMigrations(): Promise<MigrationList> {
  const migrations = await readMigrations(MIGRATIONS_FOLDER);
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: basename(LOCK_FILE), content: await readFile(LOCK_FILE, 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
    })),
  };
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
