import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { registerAfterResponse } from '@/lib/core/after-response';
import { disconnect } from '@/lib/core/db';
import { cancelPurges } from '@/lib/pastes/purge-later';
import { copyTemplate, dropCopy } from './test-database';

/**
 * Gives the test file a database and folders of its own, named by the environment before anything
 * reads it, and removes both afterwards. Call it at the top of the file, outside every `describe`; do
 * not call `env()`, `prisma()` or `pool()` while modules load. `overrides` are further variables.
 */
export function useTestDatabase(overrides: Record<string, string> = {}): void {
  const before = { ...process.env };
  let name: string | undefined;
  let folder: string | undefined;
  const background = new Set<Promise<void>>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheaf-files-'));
    const database = await createTestDatabase();
    name = database.name;
    Object.assign(process.env, {
      NODE_ENV: 'test',
      APP_URL: 'http://localhost:3000',
      AUTH_SECRET: 'a secret that only tests know, of some length',
      CRON_SECRET: 'a cron secret for tests',
      BLOB_DIR: join(folder, 'blobs'),
      MAIL_DIR: join(folder, 'mail'),
      ...databaseVariables(database.url),
      LOG_LEVEL: 'silent',
      ...overrides,
    });
    registerAfterResponse((work) => {
      const done = work().finally(() => background.delete(done));
      background.add(done);
    });
  });

  afterAll(async () => {
    cancelPurges();
    // It would open connections to this database again, and the next file of this process would use them.
    while (background.size > 0) await Promise.all(background);
    await disconnect();
    if (name !== undefined) await dropTestDatabase(name);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    process.env = before;
  });
}

/** Through PgBouncer where the run has it in front of the server. */
function databaseVariables(url: string): Record<string, string> {
  const pooler = inject('poolerUrl');
  if (pooler === null) return { DATABASE_URL: url };
  const pooled = new URL(url);
  pooled.host = new URL(pooler).host;
  return { DATABASE_URL: pooled.href, DATABASE_POOLED: 'true' };
}

/** A fresh copy of the migrated template, or with `empty` a database without any table. */
export function createTestDatabase(
  options: { empty?: boolean } = {},
): Promise<{ name: string; url: string }> {
  return copyTemplate(inject('templateDatabaseUrl'), options);
}

export function dropTestDatabase(name: string): Promise<void> {
  return dropCopy(inject('templateDatabaseUrl'), name);
}
