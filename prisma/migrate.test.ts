import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../test/test-env';
import { findDrift, migrate } from './migrate';

const ROOT = join(import.meta.dirname, 'migrations');

let database: { name: string; url: string };

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
});

afterEach(() => dropTestDatabase(database.name));

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

it('applies every migration once', async () => {
  const applied = await migrate(database.url);
  expect(applied[0]).toMatch(/^\d{14}_init$/);
  expect(await query('SELECT * FROM pastes')).toEqual([]);
  expect(await migrate(database.url)).toEqual([]);
});

it('lets two processes take turns', async () => {
  const results = await Promise.all([migrate(database.url), migrate(database.url)]);
  expect(results.filter((applied) => applied.length > 0)).toHaveLength(1);
  const names = await query<{ migration_name: string }>('SELECT migration_name FROM _prisma_migrations');
  expect(names).toHaveLength(results.flat().length);
});

it('stops at a broken migration, then and the next time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-migrations-'));
  try {
    await cp(ROOT, folder, { recursive: true });
    await mkdir(join(folder, '99990101000000_broken'));
    await writeFile(join(folder, '99990101000000_broken/migration.sql'), 'ALTER TABLE nothing ADD x INT;');
    await expect(migrate(database.url, { folder })).rejects.toThrow(/99990101000000_broken/);
    await expect(migrate(database.url, { folder })).rejects.toThrow(/99990101000000_broken/);
  } finally {
    await rm(folder, { recursive: true });
  }
  const rows = await query<{ logs: string }>(
    `SELECT logs FROM _prisma_migrations WHERE migration_name = '99990101000000_broken' AND finished_at IS NULL`,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.logs).toContain('No such table: nothing');
});

it('says so when there is no server', async () => {
  await expect(migrate('postgresql://nobody@127.0.0.1:1/nothing')).rejects.toThrow(/ECONNREFUSED/);
});

it('makes what the schema asks for', async () => {
  const server = inject('templateDatabaseUrl');
  expect(await findDrift(server)).toBe('');
  const schema = await readFile(join(import.meta.dirname, 'schema.prisma'), 'utf8');
  const more = `${schema}\nmodel Extra {\n  id Int @id\n}\n`;
  expect(await findDrift(server, more)).toContain('CREATE TABLE "Extra"');
});
