import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../test/test-env';
import { assertUsable, migrate } from './migrate';
import { MIGRATIONS_FOLDER, readMigrations } from './migration-files';
import { findDrift } from './write-migration';

const ROOT = join(import.meta.dirname, '..');
const LAST = '99990101000000_last';
const LOCK_KEY = 7_432_301_956;
const SLEEP = 'CREATE TABLE half (number INT);\nSELECT pg_sleep(60);\n';

let database: { name: string; url: string };
let names: string[];
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  names = (await readMigrations(MIGRATIONS_FOLDER)).map(({ name }) => name);
  folder = await mkdtemp(join(tmpdir(), 'sheaf-migrations-'));
  await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
  await dropTestDatabase(database.name);
});

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function addMigration(script: string): Promise<void> {
  await mkdir(join(folder, LAST));
  await writeFile(join(folder, LAST, 'migration.sql'), script);
}

async function listApplied(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name',
  );
  return rows.map(({ name }) => name);
}

async function listTables(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  return rows.map(({ name }) => name);
}

/** Statements of other clients that run or wait on the server. Autovacuum, which may run at any moment, is none. */
async function listRunning(): Promise<string[]> {
  const rows = await query<{ query: string }>(
    `SELECT query FROM pg_stat_activity WHERE datname = current_database()
     AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'`,
  );
  return rows.map(({ query }) => query);
}

async function untilRunning(text: string): Promise<void> {
  await vi.waitFor(async () => expect((await listRunning()).join()).toContain(text), { timeout: 10_000 });
}

/** Holds the lock like another migrating process. */
async function withLock(work: () => Promise<void>): Promise<void> {
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
    await work();
  } finally {
    await other.end();
  }
}

it('applies every migration once', async () => {
  expect(await migrate(database.url)).toEqual(names);
  expect(names[0]).toMatch(/^\d{14}_init$/);
  expect(await query('SELECT * FROM pastes')).toEqual([]);
  expect(await migrate(database.url)).toEqual([]);
  expect(await listApplied()).toEqual(names);
});

it('lets several processes take turns', async () => {
  const results = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url)));
  expect(results.flat().sort()).toEqual(names);
  expect(await listApplied()).toEqual(names);
});

it('lets an older and a newer release migrate at the same time', async () => {
  await addMigration('CREATE TABLE last (number INT)');
  const [older, newer] = await Promise.all([migrate(database.url), migrate(database.url, { folder })]);
  expect([...older, ...newer].sort()).toEqual([...names, LAST]);
  expect(newer.at(-1)).toBe(LAST);
  expect(await listApplied()).toEqual([...names, LAST]);
});

it('stops at a broken migration, also when run again', async () => {
  await addMigration('CREATE TABLE half (number INT);\nALTER TABLE nothing ADD x INT;');
  const message = `The database could not be migrated: migration ${LAST} failed and changed nothing: relation "nothing" does not exist. Remove the cause, then try again.`;
  await expect(migrate(database.url, { folder })).rejects.toThrow(message);
  await expect(migrate(database.url, { folder })).rejects.toThrow(message);
  expect(await query('SELECT migration_name FROM _prisma_migrations')).toHaveLength(names.length);
  expect(await listTables()).not.toContain('half');
  await query('CREATE TABLE nothing ()');
  expect(await migrate(database.url, { folder })).toEqual([LAST]);
});

it('reports an unreachable server', async () => {
  await expect(migrate('postgresql://unknown@127.0.0.1:1/nothing')).rejects.toThrow(/ECONNREFUSED/);
});

it.each(['CREATE INDEX CONCURRENTLY late ON pastes (title);', 'CREATE TABLE half (number INT); COMMIT;'])(
  'applies nothing when a migration cannot be one transaction: %s',
  async (script) => {
    await addMigration(script);
    await expect(migrate(database.url, { folder })).rejects.toThrow(
      new RegExp(`migration ${LAST} has a statement that cannot be part of its transaction`),
    );
    expect(await listTables()).toEqual([]);
  },
);

it('does not change a database with other tables', async () => {
  await query('CREATE TABLE theirs (number INT)');
  await expect(migrate(database.url)).rejects.toThrow(/tables that are not of Sheaf/);
  expect(await listTables()).toEqual(['theirs']);
});

it('does not change a database of another application that uses Prisma', async () => {
  await addMigration('CREATE TABLE theirs (number INT)');
  for (const name of names) await rm(join(folder, name), { recursive: true });
  await migrate(database.url, { folder });
  await expect(migrate(database.url)).rejects.toThrow(/tables that are not of Sheaf/);
  expect((await listTables()).sort()).toEqual(['_prisma_migrations', 'theirs']);
  expect(await listApplied()).toEqual([LAST]);
});

it('warns of a migration that was changed after it was applied, and continues', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  await migrate(database.url);
  await writeFile(join(folder, names[1] ?? '', 'migration.sql'), 'SELECT 1;');
  await addMigration('CREATE TABLE last (number INT)');
  expect(await migrate(database.url, { folder })).toEqual([LAST]);
  expect(warn.mock.calls).toEqual([
    [`Migration ${names[1]} was changed after it was applied to the database.`],
  ]);
});

it('continues without the file of an earlier migration', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  await migrate(database.url);
  await rm(join(folder, names.at(-2) ?? ''), { recursive: true });
  expect(await migrate(database.url, { folder })).toEqual([]);
  expect(warn).not.toHaveBeenCalled();
});

it('does not start an older release on the schema of a newer one', async () => {
  await addMigration('CREATE TABLE later (number INT)');
  await migrate(database.url, { folder });
  const before = await query('SELECT * FROM _prisma_migrations ORDER BY id');
  await expect(migrate(database.url)).rejects.toThrow(
    `The database could not be migrated: a newer release of Sheaf has changed it (migration ${LAST}): start that release, or`,
  );
  expect(await query('SELECT * FROM _prisma_migrations ORDER BY id')).toEqual(before);
});

describe('the check before a start', () => {
  afterEach(() => vi.useRealTimers());

  it.each([-1, 1])('names a clock that is an hour off (%d)', async (hours) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
    await expect(assertUsable(database.url, 'DATABASE_URL')).rejects.toThrow(
      `The clock of this machine is 60 minutes ${hours > 0 ? 'ahead of' : 'behind'} that of the database (DATABASE_URL): set`,
    );
    expect(await listTables()).toEqual([]);
  });

  it('accepts a clock that is two minutes off', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
    await assertUsable(database.url, 'DATABASE_URL');
  });
});

describe('a run that takes too long', () => {
  it('gives up waiting for another process', async () => {
    await withLock(async () => {
      await expect(migrate(database.url, { lockWithinMs: 300 })).rejects.toThrow(
        /another process has been migrating it for 1 s/,
      );
      expect(await listTables()).toEqual([]);
    });
    expect(await migrate(database.url)).toEqual(names);
  });

  it('is aborted at its deadline, also on the server', async () => {
    await addMigration(SLEEP);
    await expect(migrate(database.url, { folder, runWithinMs: 3_000 })).rejects.toThrow(
      /could not be migrated: it took longer than 3 s/,
    );
    expect(await listRunning()).toEqual([]);
    expect(await listApplied()).toEqual(names);
    expect(await listTables()).not.toContain('half');
  });

  it('is aborted by its signal, also on the server, and can be repeated', async () => {
    await addMigration(SLEEP);
    const controller = new AbortController();
    const running = migrate(database.url, { folder, signal: controller.signal });
    const ended = expect(running).rejects.toThrow('stopped');
    await untilRunning('pg_sleep');
    controller.abort(new Error('stopped'));
    await ended;
    expect(await listRunning()).toEqual([]);
    expect(await listTables()).not.toContain('half');
    await writeFile(join(folder, LAST, 'migration.sql'), SLEEP.replace('60', '0'));
    expect(await migrate(database.url, { folder })).toEqual([LAST]);
  });

  it('is aborted by its signal while it waits for another process', async () => {
    await withLock(async () => {
      const controller = new AbortController();
      const running = migrate(database.url, { signal: controller.signal });
      const ended = expect(running).rejects.toThrow('stopped');
      await untilRunning('pg_advisory_xact_lock');
      controller.abort(new Error('stopped'));
      await ended;
      const waiting = await query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
      expect(waiting).toEqual([]);
    });
  });

  it('does not start if its signal is already aborted', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(migrate(database.url, { signal })).rejects.toThrow('stopped');
    expect(await listTables()).toEqual([]);
  });
});

describe('Prisma’s own command', () => {
  async function runPrisma(command: 'deploy' | 'status'): Promise<string> {
    const args = ['node_modules/prisma/build/index.js', 'migrate', command];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: ROOT,
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        CHECKPOINT_DISABLE: '1',
        PRISMA_SCHEMA_ENGINE_BINARY: join(ROOT, 'test/schema-engine-process.ts'),
      },
    });
    return stdout;
  }

  async function describeTable(): Promise<unknown[]> {
    return query(`SELECT column_name, data_type, character_maximum_length, is_nullable, column_default, indexdef
      FROM information_schema.columns JOIN pg_indexes ON tablename = table_name
      WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`);
  }

  async function listRows(): Promise<unknown[]> {
    return query(`SELECT migration_name, checksum, length(id) AS id, applied_steps_count, logs, rolled_back_at,
        started_at <= finished_at AS ended
      FROM _prisma_migrations ORDER BY started_at, migration_name`);
  }

  it('finds nothing to do after ours, and vice versa, and both write the same rows', async () => {
    await migrate(database.url);
    expect(await runPrisma('deploy')).toContain('No pending migrations to apply.');
    expect(await runPrisma('status')).toContain('Database schema is up to date!');
    const ours = [await describeTable(), await listRows()];
    expect(ours.map((rows) => rows.length)).toEqual([8, names.length]);

    await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    expect(await runPrisma('deploy')).toContain('All migrations have been successfully applied.');
    expect(await migrate(database.url)).toEqual([]);
    expect([await describeTable(), await listRows()]).toEqual(ours);
  }, 180_000);
});

it('creates the schema', async () => {
  const server = inject('templateDatabaseUrl');
  expect(await findDrift(server)).toBe('');
  const schema = await readFile(join(import.meta.dirname, 'schema.prisma'), 'utf8');
  const more = `${schema}\nmodel Extra {\n  id Int @id\n}\n`;
  expect(await findDrift(server, more)).toContain('CREATE TABLE "Extra"');
});
