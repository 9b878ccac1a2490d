import { mkdtemp, rm } from 'node:fs/promises';
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

/** Vitest's global set-up: one PostgreSQL for the whole run, gone with all its data when it ends. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-test-'));
  const postgres = await startEmbeddedPostgres({
    folder,
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const template = new URL(postgres.url);
  template.pathname = '/template_sheaf';
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('CREATE DATABASE template_sheaf');
  await client.end();
  await migrate(template.href);
  project.provide('templateDatabaseUrl', template.href);
  return async () => {
    await postgres.stop();
    await rm(postgres.home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
}
