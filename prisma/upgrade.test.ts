import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSession } from '@/lib/accounts/sessions/queries';
import { api } from '@/lib/api/app';
import { createBackup } from '@/lib/backup/create-backup';
import { restoreBackup } from '@/lib/backup/restore-backup';
import { quote, readCatalog } from '@/lib/backup/tables';
import { disconnect } from '@/lib/core/db';
import { blobStore } from '@/lib/storage/blob-store';
import { createTestDatabase, dropTestDatabase, useTestDatabase } from '../test/test-env';
import { PASSWORD } from '../test/test-people';
import { migrate } from './migrate';
import { MIGRATIONS_FOLDER, readMigrations } from './migration-files';

const EARLIER = '20261121073000_share_mails';
const TOKEN = `sheaf_${'A'.repeat(43)}`;
const BODIES = { 1: 'tree.py', 2: 'plan-1.md', 3: 'plan-2.md', 4: 'note.txt' };
/** Columns that a later release has removed. */
const REMOVED = ['password_hash'];

type Row = Record<string, unknown>;

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** All rows, by table. */
async function readRows(client: pg.Client): Promise<Record<string, Row[]>> {
  const { tables } = await readCatalog(client);
  const all: Record<string, Row[]> = {};
  for (const { name } of tables) {
    if (name === '_prisma_migrations') continue;
    const { rows } = await client.query<{ row: Row }>(
      `SELECT row_to_json(t) AS row FROM ${quote(name)} t ORDER BY t::text`,
    );
    if (rows.length > 0) all[name] = rows.map(({ row }) => row);
  }
  return all;
}

/** Fills a database at the earlier migration. */
async function fill(url: string): Promise<Record<string, Row[]>> {
  await migrate(url, { last: EARLIER });
  const client = await connectTo(url);
  await client.query(await readFile(join(import.meta.dirname, '../test/earlier-release.sql'), 'utf8'));
  const rows = await readRows(client);
  await client.end();
  return rows;
}

/** Keeps the texts of the pastes. */
async function putBodies(): Promise<void> {
  for (const [digit, text] of Object.entries(BODIES)) {
    await blobStore().put(digit.repeat(40), Buffer.from(text));
  }
}

/** Backs a database up, and restores the backup into another one and into the same store. */
async function move(from: string, to: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-upgrade-'));
  const [source, target] = [await connectTo(from), await connectTo(to)];
  const file = join(folder, 'backup.tar');
  const store = blobStore();
  await createBackup({ client: source, store, file, recipients: [], secrets: null, version: '0.0.1' });
  await restoreBackup({
    source: { file, identities: null },
    client: target,
    store,
    migrations: (await readMigrations(MIGRATIONS_FOLDER)).map(({ name }) => name),
    migrate: (last) => migrate(to, { last }),
    connect: () => connectTo(to),
    draftSecrets: () => Promise.reject(new Error('there are none')),
  });
  await Promise.all([source.end(), target.end(), rm(folder, { recursive: true })]);
}

/** Every row is there as before, but for columns that were removed. */
function expectKept(before: Record<string, Row[]>, after: Record<string, Row[]>): void {
  for (const [table, rows] of Object.entries(before)) {
    for (const row of rows) {
      const kept = Object.entries(row).filter(([name]) => !REMOVED.includes(name));
      expect(after[table], table).toContainEqual(expect.objectContaining(Object.fromEntries(kept)));
    }
  }
  // What later migrations fill.
  const grown = Object.keys(after).filter((table) => after[table]?.length !== before[table]?.length);
  expect(grown.sort()).toEqual(['chosen_slugs', 'feed_languages']);
}

async function readDatabase(url: string): Promise<Record<string, Row[]>> {
  const client = await connectTo(url);
  return readRows(client).finally(() => client.end());
}

describe('data of an earlier release', () => {
  useTestDatabase();
  let earlier: { name: string; url: string };
  let restored: { name: string; url: string };
  let before: Record<string, Row[]>;

  beforeAll(async () => {
    earlier = await createTestDatabase({ empty: true });
    restored = await createTestDatabase({ empty: true });
    // That of the product from here on.
    process.env.DATABASE_URL = restored.url;
    before = await fill(earlier.url);
    await putBodies();
    await move(earlier.url, restored.url);
  });

  afterAll(async () => {
    await disconnect();
    for (const { name } of [earlier, restored]) await dropTestDatabase(name);
  });

  async function get(path: string, headers: Record<string, string> = {}) {
    const response = await api.request(path, { headers });
    return { status: response.status, text: await response.text() };
  }

  it('is the same after the migrations', async () => {
    await migrate(earlier.url);
    expectKept(before, await readDatabase(earlier.url));
  });

  it('is the same when its backup is restored by this release', async () => {
    expectKept(before, await readDatabase(restored.url));
  });

  it('is read as before', async () => {
    const bearer = { authorization: `Bearer ${TOKEN}` };
    expect(await get('/Ab3dEfGh5kLm/raw')).toEqual({ status: 200, text: 'tree.py' });
    expect(await get('/abcdefghjk23/raw')).toEqual({ status: 200, text: 'note.txt' });
    expect((await get('/plan/raw')).status).toBe(404);
    expect(await get('/plan/raw', bearer)).toEqual({ status: 200, text: 'plan-2.md' });
    expect(JSON.parse((await get('/api/v1/contacts?search=emile', bearer)).text)).toMatchObject({
      items: [{ first_name: 'Émile', last_name: 'Ёж', birthday: '1990-02-28' }],
    });
    expect(JSON.parse((await get(`/api/v1/pastes?q=${encodeURIComponent('елка')}`)).text)).toMatchObject({
      items: [{ slug: 'Ab3dEfGh5kLm' }],
    });
  });

  it('keeps sessions, and signs in with the password', async () => {
    const session = await findSession('a token of a browser that is signed in still', new Date());
    expect(session?.user).toMatchObject({ username: 'ada-l', role: 'admin' });
    const response = await api.request('/api/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: PASSWORD }),
    });
    expect(response.status).toBe(200);
  });
});
