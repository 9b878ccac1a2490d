import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeEach, expect, it, type TestContext } from 'vitest';
import { listKeys, useInstances } from '@/test/backup-instances';
import { fillTables, readTables } from '@/test/fill-tables';
// By which vitest.config.ts knows that these tests need the database.
import '@/test/test-env';
import { migrate as applyMigrations } from '../../prisma/migrate';
import { readJobRun } from '../core/job-runs';
import { createBackup } from './create-backup';
import { MANIFEST } from './format';
import { recordBackup } from './record-backup';
import { NOT_BACKED_UP, readCatalog } from './tables';

const instances = useInstances();

beforeEach(() => fillTables(instances.source.client, instances.source.store));

it('restores every row of every table, and every body', async () => {
  const { source, target, folder, file, migrations } = instances;
  const summary = await instances.backUp({ secrets: '{"AUTH_SECRET": "x"}' });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(file)).size).toBe(summary.size);
  expect(await readdir(folder)).toEqual(['backup.tar', 'source']);
  expect(await instances.restore()).toMatchObject({ version: '1.2.3', migration: migrations.at(-1) });

  const [before, after] = [await readTables(source.client), await readTables(target.client)];
  for (const name of Object.keys(before)) {
    if (name === '_prisma_migrations') continue;
    expect.soft(before[name], name).toHaveLength(2);
    expect.soft(after[name], name).toEqual(Object.hasOwn(NOT_BACKED_UP, name) ? [] : before[name]);
  }
  const keys = await listKeys(source.store);
  expect(keys).toHaveLength(4);
  expect(await listKeys(target.store)).toEqual(keys);
  for (const key of keys) expect(await target.store.get(key)).toEqual(await source.store.get(key));
  expect(summary.bodies.count).toBe(4);
  expect(instances.secrets).toEqual(['{"AUTH_SECRET": "x"}']);
  expect(await readCatalog(target.client)).toEqual(await readCatalog(source.client));
});

it('leaves no table out without a reason', async () => {
  const { tables } = await instances.backUp();
  const { tables: all } = await readCatalog(instances.source.client);
  const names = [...Object.keys(tables), ...Object.keys(NOT_BACKED_UP)];
  expect(names.sort()).toEqual(all.map(({ name }) => name).sort());
});

it('copies tables that it has never seen, with their numbers and what names a paste', async () => {
  const { source, target } = instances;
  const later = `CREATE TABLE notes (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, old SERIAL, above BIGINT REFERENCES notes, price NUMERIC,
    paste_id UUID REFERENCES pastes ON DELETE SET NULL, twice BIGINT GENERATED ALWAYS AS (old * 2) STORED)`;
  await source.client.query(`UPDATE pastes SET burn_after = 1 WHERE slug = (SELECT max(slug) FROM pastes);
    ${later}; INSERT INTO notes (paste_id, price) SELECT id, 0.1 FROM pastes ORDER BY burn_after NULLS FIRST;
    INSERT INTO notes (above) VALUES (1); UPDATE notes SET above = 3 WHERE id = 1`);
  await instances.backUp();
  const migrate = async () => {
    await target.client.query('CREATE TABLE IF NOT EXISTS pastes ()');
  };
  await expect(instances.restore({ migrate })).rejects.toThrow(/has a table that this release does not know/);
  await target.client.query('DROP TABLE pastes');

  let isMade = false;
  await instances.restore({
    migrate: async (last) => {
      await applyMigrations(target.database.url, { last });
      if (!isMade) await target.client.query(later);
      isMade = true;
    },
  });
  const notes = 'SELECT id, old, above, price, twice, paste_id IS NULL AS free FROM notes ORDER BY id';
  expect((await target.client.query(notes)).rows).toEqual([
    { id: '1', old: 1, above: '3', price: '0.1', twice: '2', free: false },
    { id: '2', old: 2, above: null, price: '0.1', twice: '4', free: true },
    { id: '3', old: 3, above: '1', price: null, twice: '6', free: true },
  ]);
  const added = await target.client.query('INSERT INTO notes DEFAULT VALUES RETURNING id, old');
  expect(added.rows).toEqual([{ id: '4', old: 4 }]);
});

it('is an archive that tar and sha256sum read', async () => {
  await instances.backUp();
  const check = 'cat sums/* manifest.sha256 | sha256sum --strict --quiet -c';
  const { folder } = instances;
  execFileSync('sh', ['-c', `mkdir out && tar -xf backup.tar -C out && cd out && ${check}`], { cwd: folder });
  expect((await readdir(join(folder, 'out'))).sort()).toEqual([
    'bodies',
    'manifest.json',
    'manifest.sha256',
    'rows',
    'sheaf-backup.json',
    'sums',
  ]);
});

it('opens an encrypted file with its identity only', async () => {
  const identity = await generateX25519Identity();
  await instances.backUp({ recipients: [await identityToRecipient(identity)] });
  expect((await readFile(instances.file)).includes('sheaf-backup')).toBe(false);
  await instances.expectRefusal(/^The backup is encrypted: name the file with its age identity/);
  const other = await generateX25519Identity();
  await instances.expectRefusal(/^The backup is encrypted for another identity/, { identities: other });
  await instances.expectRefusal(/a line that is not an age identity/, { identities: 'AGE-SECRET-KEY-1NO' });
  await instances.expectRefusal(/has no age identity/, { identities: '# created\n' });
  await instances.restore({ identities: `# created: today\n${identity}\n` });
  expect(await listKeys(instances.target.store)).toHaveLength(4);
});

it('refuses an encrypted file that is cut or changed', async () => {
  const identity = await generateX25519Identity();
  await instances.backUp({ recipients: [await identityToRecipient(identity)] });
  const whole = await readFile(instances.file);
  for (const length of [100, whole.length - 1_000]) {
    await writeFile(instances.file, whole.subarray(0, length));
    await instances.expectRefusal(/cut off or damaged|its encryption cannot be read/, {
      identities: identity,
    });
  }
  await writeFile(instances.file, flipped(whole, whole.length - 700));
  await instances.expectRefusal(/cut off or damaged/, { identities: identity });
});

it('refuses a file that is cut at any place', async () => {
  await instances.backUp();
  const whole = await readFile(instances.file);
  const fromEnd = [1, 1_024, 1_536, 2_000].map((bytes) => whole.length - bytes);
  for (const length of [0, 100, 512, 700, 5_000, whole.length >> 1, ...fromEnd]) {
    await writeFile(instances.file, whole.subarray(0, length));
    await instances.expectRefusal(/cut off/);
  }
});

it('refuses a file with one changed byte', async () => {
  await instances.backUp();
  const whole = await readFile(instances.file);
  // In a row, a body, the manifest, names of entries, a list of checksums and the header.
  const places = ['"quotes', ' files 1', '"columns"', 'bodies/', 'rows/', '  rows/', '"migration"', MANIFEST];
  for (const text of places) {
    await writeFile(instances.file, flipped(whole, whole.indexOf(text) + 2));
    await instances.expectRefusal(/damaged|not a backup/);
  }
  for (let run = 0; run < 40; run++) {
    const at = randomBytes(4).readUInt32BE() % whole.length;
    // Zeros that fill a block up and the space after the checksum of a header are not content.
    if (whole[at] === 0 || (at % 512 === 155 && whole[at] === 0x20)) continue;
    await writeFile(instances.file, flipped(whole, at));
    await instances.expectRefusal(/damaged|not a backup|cut off|format/);
  }
});

it('backs up a database that is a migration behind, and records it where there is a place for it', async () => {
  const { source, target, folder, migrations } = instances;
  const at = new Date();
  expect(await recordBackup(source.client, at)).toBeNull();
  expect(await readJobRun(source.client, 'backup')).toEqual(at);

  await applyMigrations(target.database.url, { last: migrations.at(-2) });
  await target.client.query('DROP TABLE IF EXISTS job_runs');
  const { client, store } = target;
  const options = { client, store, file: join(folder, 'earlier.tar'), recipients: [], secrets: null };
  const { migration } = await createBackup({ ...options, version: '1.2.3' });
  expect(migration).toBe(migrations.at(-2));
  expect(await recordBackup(client, at)).toBeNull();

  await source.client.query('SET default_transaction_read_only = on');
  expect(await recordBackup(source.client, at)).toMatch(/read-only transaction/);
});

it('writes nothing over a file, and leaves nothing behind when it fails', async () => {
  const { folder, file, source } = instances;
  await writeFile(file, 'precious');
  await expect(instances.backUp()).rejects.toThrow(`${file} exists already. Name another file.`);
  expect(await readFile(file, 'utf8')).toBe('precious');
  const next = join(folder, 'next.tar');
  await expect(instances.backUp({ file: next, recipients: ['age1no'] })).rejects.toThrow(
    '“age1no” is not an age recipient.',
  );
  const store = { ...source.store, get: () => Promise.reject(new Error('gone')) };
  await expect(instances.backUp({ file: next, store })).rejects.toThrow('gone');
  await expect(instances.backUp({ file: join(folder, 'none/next.tar') })).rejects.toThrow(/does not exist/);
  expect((await readdir(folder)).sort()).toEqual(['backup.tar', 'source']);
  await instances.backUp({ file: next });
});

it('reports a full disk, and leaves nothing on it', async (context: TestContext) => {
  const disk = join(instances.folder, 'disk');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'sheaf-test', disk], { stdio: 'ignore' });
  } catch {
    context.skip('A small disk can be mounted on Linux by root only.');
  }
  try {
    const file = join(disk, 'backup.tar');
    await expect(instances.backUp({ file })).rejects.toThrow(
      `The disk is full: ${file} could not be written.`,
    );
    expect(await readdir(disk)).toEqual([]);
  } finally {
    execFileSync('umount', [disk]);
  }
});

function flipped(whole: Buffer, at: number): Buffer {
  const changed = Buffer.from(whole);
  changed[at] = (changed[at] ?? 0) ^ 0x40;
  return changed;
}
