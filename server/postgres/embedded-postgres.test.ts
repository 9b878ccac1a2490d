import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';

const FAST = { fsync: 'off' };
const run = promisify(execFile);

/** In some containers, root may not mount. */
const mayMount = await run('unshare', ['-m', '/bin/sh', '-c', 'mount --bind /tmp /tmp']).then(
  () => true,
  () => false,
);

let parent: string;
let running: EmbeddedPostgres | undefined;

/** `mkdtemp` creates a folder for its owner only (0700), like root's home. */
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'sheaf-postgres-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await running?.stop();
  if (running) await rm(running.home, { recursive: true, force: true });
  running = undefined;
  await rm(parent, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  running = await startEmbeddedPostgres({ folder: join(parent, 'postgres'), settings: FAST });
  return running;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

it('supports letters beyond ASCII', async () => {
  const server = await start();
  expect(await query(server, 'SHOW server_encoding')).toBe('UTF8');
  expect(await query(server, `SELECT lower('ПРИВЕТ')`)).toBe('привет');
  await query(server, 'CREATE EXTENSION pg_trgm');
  expect(await query(server, `SELECT cardinality(show_trgm('привет'))`)).toBe(7);
});

it('is durable, listens on loopback only and requires the password', async () => {
  const server = await startEmbeddedPostgres({ folder: join(parent, 'postgres') });
  running = server;
  expect(await query(server, 'SHOW fsync')).toBe('on');
  expect(await query(server, 'SHOW listen_addresses')).toBe('127.0.0.1');
  const url = new URL(server.url);
  url.password = 'guess';
  await expect(query({ ...server, url: url.href }, 'SELECT 1')).rejects.toThrow(/password authentication/);
});

it('keeps the data between runs', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 7 AS number');
  await first.stop();
  await expect(query(first, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  expect(await query(await start(), 'SELECT number FROM kept')).toBe(7);
});

it('takes over the server that a killed process left running', async () => {
  const first = await start();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect([first.adopted, second.adopted]).toEqual([false, true]);
  await second.stop();
  await expect(query(first, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
});

it('ignores a process id that another program reuses', async () => {
  const first = await start();
  const file = join(first.home, 'cluster/data/postmaster.pid');
  const left = await readFile(file, 'utf8');
  await first.stop();
  await writeFile(file, left.replace(/^\d+/, String(process.pid)));
  expect(await query(await start(), 'SELECT 1')).toBe(1);
});

it('logs errors without the values that caused them', async () => {
  const kept = await start();
  await query(kept, `CREATE TABLE addresses AS SELECT 'ada@example.com' AS address`);
  await query(kept, 'CREATE UNIQUE INDEX ON addresses (address)');
  await expect(query(kept, `INSERT INTO addresses VALUES ('ada@example.com')`)).rejects.toThrow(/duplicate/);
  const log = await readFile(join(kept.home, 'postgres.log'), 'utf8');
  expect(log).toMatch(/ERROR: {2}duplicate key/);
  expect(log).not.toContain('ada@example.com');
});

it('starts once for two concurrent processes', async () => {
  const folder = join(parent, 'postgres');
  const [one, other] = await Promise.all([
    startEmbeddedPostgres({ folder, settings: FAST }),
    startEmbeddedPostgres({ folder, settings: FAST }),
  ]);
  running = one;
  expect(other.url).toBe(one.url);
  expect(await readdir(folder)).toEqual(['cluster', 'postgres.log']);
});

describe.runIf(process.getuid?.() === 0)('where namespaces are refused', () => {
  const NULL_SENTENCE = /may not write to \/dev\/null: run chmod 666 \/dev\/null, or set DATABASE_URL/;

  /** Without programs in PATH there is no `unshare`. */
  async function refuseNamespaces(): Promise<string> {
    const programs = join(parent, 'programs');
    await symlink('/nowhere', programs);
    return programs;
  }

  it('runs as the account nobody, or reports that it may not write to /dev/null', async () => {
    const kept = await start();
    await query(kept, 'CREATE TABLE kept AS SELECT 7 AS number');
    await kept.stop();
    vi.stubEnv('PATH', await refuseNamespaces());
    await expect(start()).rejects.toThrow(/DATABASE_URL/);
    const other = { folder: join(parent, 'other'), settings: FAST };
    if (((await stat('/dev/null')).mode & 0o006) !== 0o006) {
      await expect(startEmbeddedPostgres(other)).rejects.toThrow(NULL_SENTENCE);
      return;
    }
    running = await startEmbeddedPostgres(other);
    expect(running.home).toMatch(/^\/var\/lib\/sheaf\//);
    await running.stop();
    vi.unstubAllEnvs();
    const again = await startEmbeddedPostgres(other);
    expect(again.home).toBe(running.home);
    running = again;
  });

  /** Starts and stops a server in a process with its own /dev/null of this mode. */
  async function startWithNull(mode: string): Promise<string> {
    const program = `
      const { startEmbeddedPostgres } = await import('./server/postgres/embedded-postgres.ts');
      process.env.PATH = process.env.PROGRAMS;
      try {
        const server = await startEmbeddedPostgres({ folder: process.env.FOLDER, settings: { fsync: 'off' } });
        await server.stop();
        const { rm } = await import('node:fs/promises');
        await rm(server.home, { recursive: true });
        console.log('started');
      } catch (error) {
        console.log(error.message);
      }
      process.exit();`;
    const script = `mknod "$DEVICE" c 1 3 && chmod ${mode} "$DEVICE" && mount --bind "$DEVICE" /dev/null &&
      exec "$NODE" --import tsx --input-type=module --eval "$PROGRAM"`;
    const variables = {
      PROGRAM: program,
      PROGRAMS: await refuseNamespaces(),
      NODE: process.execPath,
      DEVICE: join(parent, 'null'),
      FOLDER: join(parent, 'postgres'),
    };
    const { stdout } = await run('unshare', ['-m', '/bin/sh', '-c', script], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, ...variables },
    });
    return stdout.trim();
  }

  it.runIf(mayMount)('starts with a /dev/null that everybody may write', async () => {
    expect(await startWithNull('666')).toBe('started');
  });

  it.runIf(mayMount)('names a /dev/null that only root may write', async () => {
    expect(await startWithNull('644')).toMatch(NULL_SENTENCE);
  });
});
