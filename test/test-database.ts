import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../prisma/migrate';
import { startEmbeddedPostgres } from '../server/postgres/embedded-postgres';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server of this run: the URL of its migrated template, from which every test file gets a copy. */
    templateDatabaseUrl: string;
    /** PgBouncer in front of that server, if tests are to use it. */
    poolerUrl: string | null;
  }
}

const ROOT = join(import.meta.dirname, '..');
const KEPT = join(ROOT, 'node_modules/.cache/sheaf/test-postgres');
const TEMPLATE = 'template_sheaf';
/** Of a server for tests, which keeps nothing. */
export const TEST_SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };

/** Variables with the URLs of a running server, instead of the embedded one, and of PgBouncer in front of it. */
export const SERVER_URL_IN = 'SHEAF_TEST_SERVER';
export const POOLER_URL_IN = 'SHEAF_TEST_POOLER';

/** Vitest's global set-up: one PostgreSQL for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env[SERVER_URL_IN];
  const { url, stop } = await (server === undefined ? startTemplateDatabase() : prepareServer(server));
  project.provide('templateDatabaseUrl', url);
  project.provide('poolerUrl', process.env[POOLER_URL_IN] ?? null);
  return stop;
}

async function prepareServer(server: string): Promise<{ url: string; stop(): Promise<void> }> {
  const template = withDatabase(server, TEMPLATE);
  await prepareTemplate(server, template);
  return { url: template, stop: async () => {} };
}

/**
 * Starts a PostgreSQL with a migrated template, from which tests copy their databases. Its cluster is kept for
 * the next run; a run beside another one has a cluster of its own, which is removed when it ends.
 */
export async function startTemplateDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const release = await acquire(KEPT);
  const folder = release ? KEPT : await mkdtemp(join(tmpdir(), 'sheaf-test-'));
  const postgres = await startEmbeddedPostgres({ folder, settings: TEST_SETTINGS });
  const template = withDatabase(postgres.url, TEMPLATE);
  await prepareTemplate(postgres.url, template);
  const stop = async () => {
    await postgres.stop();
    if (release) return release();
    await rm(postgres.home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
  return { url: template, stop };
}

/** A copy of the template, or with `empty` a database without any table. */
export async function copyTemplate(
  templateUrl: string,
  { empty = false } = {},
): Promise<{ name: string; url: string }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = empty ? 'template1' : TEMPLATE;
  await onServer(templateUrl, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    // Version 14 has no other way, and no word for it.
    const strategy = Number(rows[0]?.version) >= 150_000 ? 'STRATEGY FILE_COPY' : '';
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ${strategy}`);
  });
  return { name, url: withDatabase(templateUrl, name) };
}

export async function dropCopy(templateUrl: string, name: string): Promise<void> {
  await onServer(templateUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(templateUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(templateUrl, 'postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Drops what a killed run left, and recreates the template only if the migrations have changed. */
async function prepareTemplate(server: string, template: string): Promise<void> {
  const version = await hashMigrations();
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string; version: string | null }>(
      `select datname, shobj_description(oid, 'pg_database') as version from pg_database
       where datname = $1 or datname like 'test\\_%'`,
      [TEMPLATE],
    );
    const isCurrent = rows.some((row) => row.datname === TEMPLATE && row.version === version);
    for (const { datname } of rows) {
      if (datname !== TEMPLATE || !isCurrent) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
    }
    if (isCurrent) return;
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
    await migrate(template);
    await client.query(`COMMENT ON DATABASE ${TEMPLATE} IS '${version}'`);
  } finally {
    await client.end();
  }
}

async function hashMigrations(): Promise<string> {
  const folder = join(ROOT, 'prisma/migrations');
  const hash = createHash('sha256');
  for (const file of (await readdir(folder, { recursive: true })).sort()) {
    if (file.endsWith('.sql')) hash.update(`${file}\0`).update(await readFile(join(folder, file)));
  }
  return hash.digest('hex');
}

/** @returns what gives the folder up, or null while another run uses it */
async function acquire(folder: string): Promise<(() => Promise<void>) | null> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, '..', 'test-postgres.pid');
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch {
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      if (isRunning(holder)) return null;
      await rm(file, { force: true });
    }
  }
  return null;
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
