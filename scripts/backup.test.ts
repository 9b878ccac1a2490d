import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pool } from '@/lib/core/db';
import { blobStore } from '@/lib/storage/blob-store';
import { fillTables } from '../test/fill-tables';
import { createTestDatabase, dropTestDatabase, useTestDatabase } from '../test/test-env';
import { formatBytes } from './backup-command';
import { ROOT } from './root';

const TIMEOUT = 120_000;

useTestDatabase();

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-command-'));
});

afterEach(() => rm(folder, { recursive: true }));

function run(
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const { DATABASE_URL = '', BLOB_DIR = '' } = process.env;
  const env = { ...process.env, DATABASE_URL, BLOB_DIR, DATA_DIR: folder, INIT_CWD: folder, ...variables };
  return new Promise((resolve) => {
    // Not by scripts/run.mjs: tests that run at the same time would build at the same time.
    const [command, ...others] = args;
    const program = ['--conditions=react-server', '--import', 'tsx', `scripts/${command}.ts`, ...others];
    execFile(process.execPath, program, { cwd: ROOT, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}

it.each([
  [['backup', 'one', 'two'], /^Use `npm run backup -- /],
  [['backup', '--all'], /^Use `npm run backup -- /],
  [['backup', '--recipient', 'age1x'], /^“age1x” is not an age recipient\./],
  [['restore'], /^Use `npm run restore -- FILE/],
  [['restore', 'none.tar'], /\/none\.tar does not exist\.\n$/],
  [['restore', 'none.tar', '--identity', 'none.txt'], /\/none\.txt does not exist\.\n$/],
])('%j fails with one sentence', { timeout: TIMEOUT }, async (args, sentence) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(sentence);
  expect(err.split('\n')).toHaveLength(2);
});

it('reports an unreachable database in one sentence', { timeout: TIMEOUT }, async () => {
  const variables = { DATABASE_URL: 'postgres://unknown@127.0.0.1:1/none' };
  const { code, out, err } = await run(['backup'], variables);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^The database cannot be reached .*\n$/);
});

it('backs up into a folder, remembers that, and restores with the secrets', {
  timeout: TIMEOUT,
}, async () => {
  await pool().query(`INSERT INTO held_usernames (username, until) VALUES ('kept', now())`);
  await writeFile(
    join(folder, 'secrets.json'),
    JSON.stringify({ AUTH_SECRET: 'x'.repeat(40), CRON_SECRET: 'y'.repeat(20) }),
  );
  const made = await run(['backup', '.', '--secrets']);
  expect(made).toMatchObject({ code: 0, err: '' });
  const name = (await readdir(folder)).find((file) => file.endsWith('.tar')) ?? '';
  expect(name).toMatch(/^sheaf-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.tar$/);
  expect(made.out).toContain(`${join(folder, name)} is complete: `);
  expect(made.out).toMatch(/^ {2}held_usernames +1 rows$/m);
  const { rows } = await pool().query('SELECT job FROM job_runs');
  expect(rows).toEqual([{ job: 'backup' }]);

  const target = await createTestDatabase({ empty: true });
  const other = await mkdtemp(join(folder, 'other-'));
  const variables = { DATABASE_URL: target.url, DATA_DIR: other, AUTH_SECRET: '' };
  const restored = await run(['restore', name], variables);
  expect(restored).toMatchObject({ code: 0, err: '' });
  expect(restored.out).toMatch(/^The backup of \S+ is restored in /);
  expect(restored.out).toContain('Sign-outs, revoked tokens and removed shares are undone');
  expect(restored.out).not.toContain('AUTH_SECRET');
  expect((await stat(join(other, 'secrets.json'))).mode & 0o777).toBe(0o600);
  expect(await run(['restore', name], variables)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^The database is not empty \(held_usernames\)\. /),
  });
  await dropTestDatabase(target.name);
});

it('counts pastes that burn, and ends with 1 if the store has lost a text', {
  timeout: TIMEOUT,
}, async () => {
  const client = await pool().connect();
  await fillTables(client, blobStore());
  await client.query('UPDATE pastes SET burn_after = 1 WHERE slug = (SELECT max(slug) FROM pastes)');
  const { rows } = await client.query<{ key: string }>('SELECT blob_key AS key FROM files');
  client.release();
  await blobStore().delete(rows.map(({ key }) => key));
  const { code, out, err } = await run(['backup', 'daily']);
  expect(code).toBe(1);
  expect(err).toMatch(/^Left out, because a text is missing or damaged in the store: /);
  expect(out).toContain('1 paste that burns after reading is not in it.');
  expect(await readdir(join(folder, 'daily'))).toHaveLength(1);
});

it('writes sizes in units that fit', () => {
  expect([0, 999, 1_000, 1_550_000, 2_000_000_000].map(formatBytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '1.6 MB',
    '2.0 GB',
  ]);
});
