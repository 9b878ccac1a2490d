import { writeFile } from 'node:fs/promises';
import { createTarPacker, type TarHeader } from 'modern-tar';
import pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { listKeys, useInstances } from '@/test/backup-instances';
import { fillTables, readTables } from '@/test/fill-tables';
// By which vitest.config.ts knows that these tests need the database.
import '@/test/test-env';
import { migrate } from '../../prisma/migrate';
import { AppError } from '../core/errors';
import { newBlobKey } from '../storage/blob-key';
import { bodyName, HEADER, rowsName } from './format';

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
      expect(left_out).toEqual({ deleted: [], damaged: [], avatars: [] });
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
    expect(left_out).toEqual({ deleted: [gone], damaged: [damaged], avatars: [users[0]?.username] });
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
    const keepSecrets = () => Promise.reject(new Error('no'));
    await instances.rewrite((contents, manifest) => {
      contents.set('secrets.json', Buffer.from('{}'));
      manifest.secrets = true;
    });
    await expect(instances.restore({ keepSecrets })).rejects.toThrow('no');
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

describe('a file', () => {
  beforeEach(() => instances.backUp());

  it('of a newer release is refused', async () => {
    const earlier = instances.migrations.slice(0, -1);
    await instances.expectRefusal(/^The backup is of a newer release of Sheaf \(1\.2\.3, migration/, {
      migrations: earlier,
    });
  });

  it('of another format is refused', async () => {
    await instances.rewrite((contents) => {
      contents.set(HEADER, Buffer.from(String(contents.get(HEADER)).replace('"format": 1', '"format": 2')));
    });
    await instances.expectRefusal(/^The backup has format 2, and this release reads format 1\./);
  });

  it('with an unknown table is refused', async () => {
    await instances.rewrite((contents, manifest) => {
      manifest.tables.passwords = { columns: ['id'], rows: 1 };
      contents.set(rowsName('passwords', 1), Buffer.from('{"id":"1"}\n'));
    });
    await instances.expectRefusal(/^The backup has a table that this release does not know: "passwords"\./);
  });

  it('with other columns is refused', async () => {
    await instances.rewrite((_, { tables }) => tables.users?.columns.push('password'));
    await instances.expectRefusal(/^The backup does not have the columns of the table users/);
  });

  it('with other rows than its manifest says is refused', async () => {
    await instances.rewrite((contents) => contents.delete(rowsName('contacts', 1)));
    await instances.expectRefusal(/^The backup is damaged: its manifest does not describe its contacts\.$/);
  });

  it('with a body that its manifest does not count is refused', async () => {
    await instances.rewrite((contents) => contents.set(bodyName(newBlobKey()), Buffer.from('more')));
    await instances.expectRefusal(/^The backup is damaged: its manifest does not describe its bodies\.$/);
  });

  it('with a row that the database does not accept is refused', async () => {
    const name = rowsName('users', 1);
    await instances.rewrite((contents) => {
      contents.set(name, Buffer.from(String(contents.get(name)).replace('00000000-', 'zzzzzzzz-')));
    });
    await instances.expectRefusal(/^The database does not accept rows\/users\/000001\.ndjson: invalid input/);
  });

  it('with a row that names a missing one is refused', async () => {
    await instances.rewrite((contents, { tables }) => {
      contents.delete(rowsName('users', 1));
      if (tables.users) tables.users.rows = 0;
    });
    await instances.expectRefusal(/^The backup is damaged: rows of \w+ name rows that it does not have\.$/);
  });

  it.each<[string, TarHeader]>([
    ['a symbolic link', { name: bodyName(newBlobKey()), size: 0, type: 'symlink', linkname: '/etc/passwd' }],
    ['a link', { name: HEADER, size: 0, type: 'link', linkname: 'x' }],
    ['a name with ..', { name: '../../etc/cron.d/x', size: 1 }],
    ['an absolute name', { name: '/etc/passwd', size: 1 }],
    ['a long name', { name: `rows/${'x'.repeat(300)}/000001.ndjson`, size: 1 }],
    ['attributes', { name: HEADER, size: 1, pax: { comment: 'x' } }],
    ['a huge length', { name: HEADER, size: 8_000_000_000 }],
  ])('that begins with %s is refused', async (_, header) => {
    const { readable, controller } = createTarPacker();
    controller.add(header);
    const beginning: Uint8Array[] = [];
    const reader = readable.getReader();
    // The name of a long entry, and attributes, are blocks before its own.
    do beginning.push((await reader.read()).value ?? new Uint8Array());
    while (beginning.length < (header.pax || header.name.length > 200 ? 4 : 1));
    await writeFile(instances.file, Buffer.concat([...beginning, Buffer.alloc(200_000, 'x')]));
    await instances.expectRefusal(/not a backup|damaged/);
  });

  it('that is no backup is refused', async () => {
    for (const content of ['', 'text', 'x'.repeat(5_000), Buffer.alloc(5_000)]) {
      await writeFile(instances.file, content);
      await instances.expectRefusal(/not a backup|cut off/);
    }
    await expect(instances.restore({ source: { file: '/none/x.tar', identities: null } })).rejects.toThrow(
      '/none/x.tar does not exist.',
    );
  });
});
