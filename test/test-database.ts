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
  }
}

const ROOT = join(import.meta.dirname, '..');
const KEPT = join(ROOT, 'node_modules/.cache/sheaf/test-postgres');
const TEMPLATE = 'template_sheaf';
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };

/** Vitest's global set-up: one PostgreSQL for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startTemplateDatabase();
  project.provide('templateDatabaseUrl', url);
  return stop;
}

/**
 * Starts a PostgreSQL with a migrated template, from which tests copy their databases. Its cluster is kept for
 * the next run; a run beside another one has a cluster of its own, which is removed when it ends.
 */
export async function startTemplateDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const release = await acquire(KEPT);
  const folder = release ? KEPT : await mkdtemp(join(tmpdir(), 'sheaf-test-'));
  const postgres = await startEmbeddedPostgres({ folder, settings: SETTINGS });
  const template = new URL(postgres.url);
  template.pathname = `/${TEMPLATE}`;
  await prepareTemplate(postgres.url, template.href);
  const stop = async () => {
    await postgres.stop();
    if (release) return release();
    await rm(postgres.home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
  return { url: template.href, stop };
}

/** A copy of the template, or with `empty` a database without any table. */
export async function copyTemplate(
  templateUrl: string,
  { empty = false } = {},
): Promise<{ name: string; url: string }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = empty ? 'template1' : TEMPLATE;
  await onServer(templateUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(templateUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href };
}

export async function dropCopy(templateUrl: string, name: string): Promise<void> {
  await onServer(templateUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function onServer(templateUrl: string, statement: string): Promise<void> {
  const url = new URL(templateUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
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
