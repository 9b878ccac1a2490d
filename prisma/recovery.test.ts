import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../test/test-env';
import { migrate } from './migrate';
import {
  checksumOf,
  findNonTransactional,
  MIGRATIONS_FOLDER,
  type Migration,
  readMigrations,
} from './migration-files';
import { recoverMigrations } from './recovery';

const ROOT = join(import.meta.dirname, '..');
const LAST_SPLIT = '20261121073000_share_mails';
const KILLS = 16;

/** Kills the process a moment after it sent the query with this number. */
const KILLED_CHILD = `
  const { default: pg } = await import('pg');
  const query = pg.Client.prototype.query;
  let sent = 0;
  pg.Client.prototype.query = function (...args) {
    sent += 1;
    if (sent === Number(process.env.KILL_AT)) {
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(process.env.KILL_DELAY_MS));
    }
    return query.apply(this, args);
  };
  const { migrate } = await import('./prisma/migrate.ts');
  await migrate(process.env.DATABASE_URL);
`;

let migrations: Migration[];
let expectedSchema: string;

beforeAll(async () => {
  migrations = await readMigrations(MIGRATIONS_FOLDER);
  expectedSchema = await describeSchema(inject('templateDatabaseUrl'));
});

async function withDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const database = await createTestDatabase({ empty: true });
  try {
    await work(database.url);
  } finally {
    await dropTestDatabase(database.name);
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Columns with their types and order, indexes, constraints and types, one per line. */
async function describeSchema(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(`
      SELECT concat_ws(' ', table_name, ordinal_position, column_name, udt_name, collation_name, is_nullable,
        column_default) AS line FROM information_schema.columns WHERE table_schema = 'public'
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT enumtypid::regtype || ' ' || enumlabel FROM pg_enum
      UNION ALL SELECT extname FROM pg_extension
      ORDER BY 1`);
    return rows.map((row) => row.line).join('\n');
  });
}

async function expectMigrated(url: string): Promise<void> {
  expect(await describeSchema(url)).toBe(expectedSchema);
  const rows = await withClient(url, (client) =>
    client.query<{ name: string; finished: boolean }>(
      `SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations
       ORDER BY migration_name`,
    ),
  );
  expect(rows.rows).toEqual(migrations.map(({ name }) => ({ name, finished: true })));
}

async function insertRow(client: pg.Client, migration: Migration, finished: boolean): Promise<void> {
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, $4, $5)`,
    [
      randomUUID(),
      checksumOf(migration.script),
      migration.name,
      finished ? new Date() : null,
      finished ? 1 : 0,
    ],
  );
}

async function createTable(client: pg.Client): Promise<void> {
  await client.query(`CREATE TABLE _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
}

/** As left by a release that committed every statement separately and was killed after some of them. */
async function leaveHalf(url: string, options: { before: Migration[]; half: Migration; done: string[] }) {
  await withClient(url, async (client) => {
    await createTable(client);
    await client.query(options.before.map(({ script }) => script).join(';'));
    for (const migration of options.before) await insertRow(client, migration, true);
    for (const statement of options.done) await client.query(statement);
    await insertRow(client, options.half, false);
  });
}

/** The schema after each migration, by its name. */
async function describeAfterEach(list: readonly Migration[]): Promise<Map<string, string>> {
  const schemas = new Map<string, string>();
  await withDatabase(async (url) => {
    for (const [index, migration] of list.entries()) {
      if (index === 0) await withClient(url, createTable);
      await withClient(url, (client) => client.query(migration.script));
      schemas.set(migration.name, await describeSchema(url));
    }
  });
  return schemas;
}

function startKilled(url: string, kill: { at: number; delayMs: number }): ChildProcess {
  const args = [
    '--conditions=react-server',
    '--import',
    'tsx',
    '--input-type=module',
    '--eval',
    KILLED_CHILD,
  ];
  return spawn(process.execPath, args, {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: url,
      KILL_AT: String(kill.at),
      KILL_DELAY_MS: String(kill.delayMs),
    },
    stdio: 'ignore',
  });
}

async function countQueries(): Promise<number> {
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = new Proxy(query, {
    apply(target, self, args) {
      count += 1;
      return Reflect.apply(target, self, args);
    },
  });
  try {
    await withDatabase(async (url) => {
      await migrate(url);
    });
  } finally {
    pg.Client.prototype.query = query;
  }
  // Two of them create and drop the database.
  return count - 2;
}

/** Does the work for every item on an empty database, in three databases at a time. */
async function onEmptyDatabases<T>(items: readonly T[], work: (item: T, url: string) => Promise<void>) {
  const queue = [...items];
  const workThrough = async (url: string) => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await withClient(url, (client) => client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));
      await work(item, url);
    }
  };
  await Promise.all(Array.from({ length: 3 }, () => withDatabase(workThrough)));
}

it('reaches exactly the schema after a kill at any point, also next to a second process', async () => {
  const queries = await countQueries();
  expect(queries).toBeGreaterThan(KILLS);
  const kills = Array.from({ length: KILLS }, (_, index) => ({
    at: 1 + Math.floor((index * queries) / KILLS),
    delayMs: Math.floor(Math.random() * 4),
    withSecond: index % 2 === 1,
  }));
  let killed = 0;
  await onEmptyDatabases(kills, async (kill, url) => {
    const child = startKilled(url, kill);
    const exited = once(child, 'exit');
    // The second waits for the first and takes over when that is killed.
    if (kill.withSecond) await migrate(url);
    const [, signal] = await exited;
    if (signal === 'SIGKILL') killed += 1;
    await migrate(url);
    await expectMigrated(url);
  });
  // A second process that was first leaves the child fewer queries than it needs to reach its end.
  expect(killed).toBeGreaterThanOrEqual(KILLS / 2);
}, 300_000);

describe('a database that an earlier release left half migrated', () => {
  it('is completed from every statement of every script', async () => {
    const old = migrations.filter(({ name }) => name <= LAST_SPLIT);
    const states = old.flatMap((half, index) => {
      const statements = half.script.split(';').filter((part) => part.trim() !== '');
      return Array.from({ length: statements.length + 1 }, (_, count) => ({
        half,
        before: old.slice(0, index),
        done: statements.slice(0, count),
      }));
    });
    expect(states.length).toBeGreaterThan(80);
    const schemas = await describeAfterEach(old);
    await onEmptyDatabases(states, async (state, url) => {
      await leaveHalf(url, state);
      await withClient(url, async (client) => {
        await client.query('BEGIN');
        await recoverMigrations(client, migrations);
        await client.query('COMMIT');
      });
      expect(await describeSchema(url)).toBe(schemas.get(state.half.name));
    });
  }, 300_000);

  it.each([0, 1, 8])('is migrated to the end from half of script %i', async (index) => {
    const half = migrations[index];
    if (!half) throw new Error('There is no such migration.');
    await withDatabase(async (url) => {
      const done = half.script.split(';').slice(0, Math.ceil(half.script.split(';').length / 2));
      await leaveHalf(url, { before: migrations.slice(0, index), half, done });
      await migrate(url);
      await expectMigrated(url);
    });
  });

  it('keeps its rows', async () => {
    const [init, accounts] = migrations;
    if (!init || !accounts) throw new Error('There are fewer than two migrations.');
    await withDatabase(async (url) => {
      await leaveHalf(url, { before: [init], half: accounts, done: [] });
      await withClient(url, (client) =>
        client.query(`INSERT INTO pastes (id, slug, edit_key_hash, visibility, created_at, updated_at)
          VALUES (gen_random_uuid(), 'kept', 'hash', 'public', now(), now())`),
      );
      await migrate(url);
      const { rows } = await withClient(url, (client) => client.query('SELECT slug FROM pastes'));
      expect(rows).toEqual([{ slug: 'kept' }]);
    });
  });
});

describe('a migration of this release', () => {
  async function withFolder(script: string, work: (folder: string) => Promise<void>): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'sheaf-migrations-'));
    try {
      await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
      await mkdir(join(folder, '99990101000000_next'));
      await writeFile(join(folder, '99990101000000_next/migration.sql'), script);
      await work(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('is applied again when only its row was written', async () => {
    const script = 'CREATE TABLE counted (number INT);\nINSERT INTO counted VALUES (1);\n';
    await withFolder(script, async (folder) => {
      await withDatabase(async (url) => {
        await migrate(url);
        await withClient(url, (client) => insertRow(client, { name: '99990101000000_next', script }, false));
        expect(await migrate(url, { folder })).toEqual(['99990101000000_next']);
        const { rows } = await withClient(url, (client) => client.query('SELECT number FROM counted'));
        expect(rows).toEqual([{ number: 1 }]);
      });
    });
  });

  it('changes nothing when it fails, and is retried once the cause is removed', async () => {
    const script = 'CREATE TABLE first_half (number INT);\nINSERT INTO missing VALUES (1);\n';
    await withFolder(script, async (folder) => {
      await withDatabase(async (url) => {
        await expect(migrate(url, { folder })).rejects.toThrow(/99990101000000_next/);
        expect(await describeSchema(url)).not.toContain('first_half');
        await withClient(url, (client) => client.query('CREATE TABLE missing (number INT)'));
        expect(await migrate(url, { folder })).toEqual(['99990101000000_next']);
      });
    });
  });

  it('may contain semicolons within a string and a function', async () => {
    const script = `CREATE FUNCTION one() RETURNS INT LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;
      CREATE TABLE texts AS SELECT 'a;b' AS text, one() AS number;`;
    await withFolder(script, async (folder) => {
      await withDatabase(async (url) => {
        await migrate(url, { folder });
        const { rows } = await withClient(url, (client) => client.query('SELECT * FROM texts'));
        expect(rows).toEqual([{ text: 'a;b', number: 1 }]);
      });
    });
  });

  it('does not commit by itself', () => {
    for (const { name, script } of migrations) {
      expect([name, findNonTransactional(script)]).toEqual([name, null]);
    }
  });
});
