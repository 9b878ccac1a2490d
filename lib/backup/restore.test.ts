import pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { listKeys, useInstances } from '@/test/backup-instances';
import { fillTables, readTables } from '@/test/fill-tables';
// By which vitest.config.ts knows that these tests need the database.
import '@/test/test-env';
import { migrate } from '../../prisma/migrate';
import { AppError } from '../core/errors';

const instances = useInstances();

beforeEach(() => fillTables(instances.source.client, instances.source.store));

async function slugsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ slug: string }>('SELECT slug FROM pastes ORDER BY slug');
  return rows.map(({ slug }) => slug);
}

describe('what is left out', () => {
  it.each(['burn_after = 1', 'deleted_at = now()', 'expires_at = now()'])(
    'a paste with %s, and everything of it',
    async (change) => {
      const { source, target } = instances;
      const [slug, other] = await slugsOf(source.client);
      await source.client.query(`UPDATE pastes SET ${change} WHERE slug = $1`, [other]);
      const { tables, bodies, left_out } = await instances.backUp();
      expect(tables).toMatchObject({
        pastes: { rows: 1 },
        revisions: { rows: 1 },
        files: { rows: 1 },
        shares: { rows: 1 },
        feed_languages: { rows: 1 },
        idempotent_creates: { rows: 1 },
        contacts: { rows: 2 },
        chosen_slugs: { rows: 2 },
      });
      expect(bodies.count).toBe(3);
      expect(left_out).toEqual({
        burning: Number(change === 'burn_after = 1'),
        deleted: [],
        damaged: [],
        avatars: [],
        changed_avatars: [],
      });
      await instances.restore();
      expect(await slugsOf(target.client)).toEqual([slug]);
    },
  );

  it('a paste that is deleted while the backup is made, one with a damaged text, and a lost avatar', async () => {
    const { source, target } = instances;
    const [gone, damaged] = await slugsOf(source.client);
    const { rows } = await source.client.query<{ slug: string; key: string }>(
      `SELECT slug, blob_key AS key FROM pastes JOIN revisions ON pastes.id = paste_id
       JOIN files ON revisions.id = revision_id ORDER BY slug`,
    );
    const { rows: users } = await source.client.query<{ username: string; image: string }>(
      'SELECT username, image FROM users ORDER BY username LIMIT 1',
    );
    const other = new pg.Client({ connectionString: source.database.url });
    await other.connect();
    await source.store.delete([users[0]?.image ?? '']);
    const { left_out, tables, bodies } = await instances.backUp({
      store: {
        ...source.store,
        async get(key) {
          const body = await source.store.get(key);
          if (key === rows[1]?.key) return body?.subarray(1) ?? null;
          if (key !== rows[0]?.key) return body;
          await other.query('UPDATE pastes SET deleted_at = now() WHERE slug = $1', [gone]);
          return null;
        },
      },
    });
    await other.end();
    expect(left_out).toEqual({
      burning: 0,
      deleted: [gone],
      damaged: [damaged],
      avatars: [users[0]?.username],
      changed_avatars: [],
    });
    expect({ pastes: tables.pastes?.rows, users: tables.users?.rows, ...bodies }).toMatchObject({
      pastes: 0,
      users: 2,
      count: 1,
    });
    await instances.restore();
    const images = await target.client.query('SELECT image IS NULL AS none FROM users ORDER BY username');
    expect(images.rows).toEqual([{ none: true }, { none: false }]);
  });
});

describe('an earlier revision of which the text is missing', () => {
  /** Makes the revision of a paste an earlier one. */
  async function addRevision(): Promise<{ slug: string; paste: string; revision: string; key: string }> {
    const { client } = instances.source;
    const { rows } = await client.query<{ slug: string; paste: string; revision: string; key: string }>(
      `SELECT slug, pastes.id AS paste, revisions.id AS revision, blob_key AS key FROM pastes
       JOIN revisions ON pastes.id = paste_id JOIN files ON revisions.id = revision_id ORDER BY slug LIMIT 1`,
    );
    const [first] = rows;
    if (!first) throw new Error('There is no paste.');
    await client.query(`UPDATE revisions SET number = 1 WHERE id = $1`, [first.revision]);
    await client.query(
      `INSERT INTO revisions (id, paste_id, number, created_at) VALUES (gen_random_uuid(), $1, 2, now())`,
      [first.paste],
    );
    await client.query('UPDATE pastes SET revision = 2 WHERE id = $1', [first.paste]);
    return first;
  }

  it('is left out alone when it is deleted during the backup, and so is an avatar that is changed', async () => {
    const { source, target } = instances;
    const { slug, paste, revision, key } = await addRevision();
    const { rows: users } = await source.client.query<{ username: string; image: string }>(
      'SELECT username, image FROM users ORDER BY username LIMIT 1',
    );
    const other = await instances.connectTo(source.database.url);
    const { left_out, tables } = await instances.backUp({
      store: {
        ...source.store,
        async get(wanted) {
          if (wanted === key) {
            await other.query('DELETE FROM revisions WHERE id = $1', [revision]);
            await source.store.delete([key]);
          }
          if (wanted === users[0]?.image) {
            await other.query('UPDATE users SET image = NULL WHERE image = $1', [wanted]);
            await source.store.delete([wanted]);
          }
          return source.store.get(wanted);
        },
      },
    });
    await other.end();
    expect(left_out).toEqual({
      burning: 0,
      deleted: [`${slug}@1`],
      damaged: [],
      avatars: [],
      changed_avatars: [users[0]?.username],
    });
    expect(tables).toMatchObject({ pastes: { rows: 2 }, revisions: { rows: 2 }, files: { rows: 1 } });
    await instances.restore();
    const { rows } = await target.client.query('SELECT number FROM revisions WHERE paste_id = $1', [paste]);
    expect(rows).toEqual([{ number: 2 }]);
  });

  it('is left out alone, as damaged, when the store lost it', async () => {
    const { source } = instances;
    const { slug, key } = await addRevision();
    await source.store.delete([key]);
    const { left_out, tables } = await instances.backUp();
    expect(left_out).toMatchObject({ deleted: [], damaged: [`${slug}@1`] });
    expect(tables).toMatchObject({ pastes: { rows: 2 }, revisions: { rows: 2 } });
  });
});

describe('a connection that is lost at COMMIT', () => {
  /** The client of the target, which loses its connection just before or after it commits. */
  async function losingClient(when: 'before' | 'after'): Promise<pg.Client> {
    const client = await instances.connectTo(instances.target.database.url);
    client.on('error', () => {});
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    const lose = () => instances.target.client.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
    return Object.assign(client, {
      async query(...args: unknown[]) {
        if (args[0] !== 'COMMIT') return query(...args);
        if (when === 'after') await query('COMMIT');
        await lose();
        return query('COMMIT');
      },
    });
  }

  beforeEach(async () => {
    await instances.backUp({ secrets: '{}' });
  });

  it('after it keeps rows, texts and secrets', async () => {
    const { source, target } = instances;
    await instances.restore({ client: await losingClient('after') });
    expect(await slugsOf(target.client)).toEqual(await slugsOf(source.client));
    expect(await listKeys(target.store)).toEqual(await listKeys(source.store));
    expect(instances.secrets).toEqual(['{}']);
  });

  it('before it leaves nothing', async () => {
    const { target } = instances;
    await expect(instances.restore({ client: await losingClient('before') })).rejects.toThrow(
      /connection|terminat/i,
    );
    expect(await slugsOf(target.client)).toEqual([]);
    expect(await listKeys(target.store)).toEqual([]);
    expect(instances.secrets).toEqual([]);
  });

  it('keeps the texts while the database does not answer', async () => {
    const { source, target } = instances;
    const connect = () => Promise.reject(new Error('no'));
    const lost = instances.restore({ client: await losingClient('after'), connect });
    await expect(lost).rejects.toThrow(/whether the rows were stored is not known\. The texts are kept/);
    expect(await listKeys(target.store)).toEqual(await listKeys(source.store));
    expect(instances.secrets).toEqual([]);
  });
});

describe('a target', () => {
  it.each(['pastes', 'held_usernames'])('that has rows (%s) is refused and not changed', async (table) => {
    const { source, target, migrations } = instances;
    await instances.backUp();
    expect(await migrate(target.database.url)).toEqual(migrations);
    const { rows } = await source.client.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM (SELECT * FROM ${table} LIMIT 1) t`,
    );
    await target.client.query('ALTER TABLE pastes DROP CONSTRAINT pastes_owner_id_fkey');
    await target.client.query(
      `INSERT INTO ${table} SELECT * FROM json_populate_record(NULL::${table}, $1::json)`,
      [rows[0]?.row],
    );
    const before = await readTables(target.client);
    await expect(instances.restore()).rejects.toThrow(
      `The database is not empty (${table}). Restore into a new one`,
    );
    expect(await readTables(target.client)).toEqual(before);
    expect(await listKeys(target.store)).toEqual([]);
  });

  it('that a running instance uses is refused', { timeout: 30_000 }, async () => {
    const { target } = instances;
    await instances.backUp();
    await migrate(target.database.url);
    const other = new pg.Client({ connectionString: target.database.url });
    await other.connect();
    await other.query('BEGIN; SELECT FROM pastes');
    await instances.expectRefusal(/^The database is in use\. Stop every Sheaf/);
    await other.end();
  });

  it('that has some of the bodies already keeps them, also when the restore fails', async () => {
    const { source, target } = instances;
    await instances.backUp();
    const [key = '', ...others] = await listKeys(source.store);
    const body = (await source.store.get(key)) ?? Buffer.from('');
    await target.store.put(key, body);
    const draftSecrets = () => Promise.reject(new Error('no'));
    await instances.rewrite((contents, manifest) => {
      contents.set('secrets.json', Buffer.from('{}'));
      manifest.secrets = true;
    });
    await expect(instances.restore({ draftSecrets })).rejects.toThrow('no');
    expect(await listKeys(target.store)).toEqual([key]);
    await instances.restore();
    expect(await listKeys(target.store)).toEqual([key, ...others]);
  });

  it('that has another body under a key is refused', async () => {
    const { source, target } = instances;
    await instances.backUp();
    const [key = ''] = await listKeys(source.store);
    await target.store.put(key, Buffer.from('other'));
    await expect(instances.restore()).rejects.toThrow(`The store has another body under the key ${key}.`);
    expect(await slugsOf(target.client)).toEqual([]);
    expect(await listKeys(target.store)).toEqual([key]);
  });

  it.each([0, 7])(
    'in which a restore was killed that had written %i bytes of a body is filled',
    async (length) => {
      const { source, target } = instances;
      await instances.backUp();
      const keys = await listKeys(source.store);
      const body = (await source.store.get(keys[0] ?? '')) ?? Buffer.from('');
      await target.store.put(keys[0] ?? '', body.subarray(0, length));
      await instances.restore();
      expect(await listKeys(target.store)).toEqual(keys);
      expect(await target.store.get(keys[0] ?? '')).toEqual(body);
    },
  );

  it('whose store cuts bodies keeps no part of one', async () => {
    await instances.backUp();
    const { store } = instances.target;
    const full = new AppError('storage_unavailable', {
      cause: Object.assign(new Error(), { code: 'ENOSPC' }),
    });
    const put: typeof store.put = async (key, data) => {
      await store.put(key, data.subarray(0, 3));
      throw full;
    };
    await expect(instances.restore({ store: { ...store, put } })).rejects.toBe(full);
    expect(await listKeys(store)).toEqual([]);
  });

  it('whose store is full keeps nothing', async () => {
    await instances.backUp();
    const { store } = instances.target;
    let left = 2;
    const full = new AppError('storage_unavailable', {
      cause: Object.assign(new Error(), { code: 'ENOSPC' }),
    });
    const put: typeof store.put = (key, data) => {
      left -= 1;
      return left < 0 ? Promise.reject(full) : store.put(key, data);
    };
    await expect(instances.restore({ store: { ...store, put } })).rejects.toBe(full);
    expect(await slugsOf(instances.target.client)).toEqual([]);
    expect(await listKeys(store)).toEqual([]);
  });
});
