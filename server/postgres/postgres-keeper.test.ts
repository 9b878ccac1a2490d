import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { keepPostgresRunning, type PostgresKeeper } from './postgres-keeper';

let folder: string;
let postgres: EmbeddedPostgres;
let keeper: PostgresKeeper;

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  folder = await mkdtemp(join(tmpdir(), 'sheaf-keeper-'));
  postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  keeper = keepPostgresRunning({ folder, postgres, backoffMs: [0, 10, 10] });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await keeper.stop();
  await rm(postgres.home, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

function dataFolder(): string {
  return join(postgres.home, 'cluster/data');
}

async function killPostmaster(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  const text = await readFile(join(dataFolder(), 'postmaster.pid'), 'utf8');
  process.kill(Number(text.split('\n')[0]), signal);
}

async function select(sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

async function expectRestart(end: () => Promise<void>): Promise<void> {
  const readStart = () => select('SELECT pg_postmaster_start_time()::text');
  const startedAt = await readStart();
  await end();
  const isNew = () => readStart().then((time) => time !== startedAt);
  await expect.poll(() => isNew().catch(() => false), { timeout: 20_000 }).toBe(true);
}

it('restarts the server at the same address, with its data', async () => {
  await select('CREATE TABLE kept AS SELECT 7 AS number');
  await expectRestart(() => killPostmaster());
  expect(await select('SELECT number FROM kept')).toBe(7);
});

it('restarts a server that was told to stop and waits for its clients', async () => {
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => {});
  await client.connect();
  await expectRestart(() => killPostmaster('SIGTERM'));
  await expect(client.query('SELECT 1')).rejects.toThrow();
});

it('gives up after some attempts, and reports why', async () => {
  await rename(join(dataFolder(), 'PG_VERSION'), join(dataFolder(), 'PG_VERSION.away'));
  await killPostmaster();
  expect(await keeper.ended).toMatch(/^The embedded database keeps stopping\. .*did not start/);
});

it('does not restart a server that it stops', async () => {
  await keeper.stop();
  await expect(select('SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  expect(await postgres.isRunning()).toBe(false);
});
