import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packTar, unpackTar } from 'modern-tar';
import pg from 'pg';
import { afterEach, beforeEach, expect } from 'vitest';
import { BackupError } from '@/lib/backup/backup-error';
import { manifestSum, sha256 } from '@/lib/backup/checksums';
import { type BackupSummary, createBackup } from '@/lib/backup/create-backup';
import { formatJson, MANIFEST, MANIFEST_SUM, type Manifest } from '@/lib/backup/format';
import { type RestoreOptions, restoreBackup } from '@/lib/backup/restore-backup';
import { createFilesystemStore } from '@/lib/storage/filesystem';
import type { BlobStore } from '@/lib/storage/store';
import { migrate } from '../prisma/migrate';
import { MIGRATIONS_FOLDER, readMigrations } from '../prisma/migration-files';
import { readTables } from './fill-tables';
import { createTestDatabase, dropTestDatabase } from './test-env';

export interface Instance {
  database: { name: string; url: string };
  client: pg.Client;
  store: BlobStore;
}

/** Of a tar archive; names of entries and their content, in their order. */
export type Contents = Map<string, Buffer>;

/** A migrated instance to back up and one without tables, for each test. */
export class Instances {
  folder = '';
  file = '';
  source!: Instance;
  target!: Instance;
  migrations: string[] = [];
  /** What a restore kept as secrets. */
  secrets: string[] = [];

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'sheaf-backup-'));
    this.file = join(this.folder, 'backup.tar');
    this.secrets = [];
    this.migrations = (await readMigrations(MIGRATIONS_FOLDER)).map(({ name }) => name);
    this.source = await this.#openInstance('source', { empty: false });
    this.target = await this.#openInstance('target', { empty: true });
  }

  async close(): Promise<void> {
    for (const { client, database } of [this.source, this.target]) {
      await client.end();
      await dropTestDatabase(database.name);
    }
    await rm(this.folder, { recursive: true });
  }

  async #openInstance(name: string, options: { empty: boolean }): Promise<Instance> {
    const database = await createTestDatabase(options);
    const client = await this.connectTo(database.url);
    return { database, client, store: createFilesystemStore(join(this.folder, name)) };
  }

  async connectTo(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  }

  backUp(
    options: { recipients?: string[]; secrets?: string; file?: string; store?: BlobStore } = {},
  ): Promise<BackupSummary> {
    const { client, store } = this.source;
    const defaults = { client, store, file: this.file, recipients: [], secrets: null, version: '1.2.3' };
    return createBackup({ ...defaults, ...options });
  }

  restore(options: Partial<RestoreOptions> & { identities?: string } = {}): Promise<Manifest> {
    const { identities = null, ...others } = options;
    const { client, store, database } = this.target;
    return restoreBackup({
      source: { file: this.file, identities },
      client,
      store,
      migrations: this.migrations,
      migrate: (last) => migrate(database.url, { last }),
      connect: () => this.connectTo(database.url),
      draftSecrets: async (text) => ({
        file: 'secrets.json.1',
        keep: async () => {
          this.secrets.push(text);
        },
        discard: async () => {},
      }),
      ...others,
    });
  }

  /** Restores, expects this refusal, and that the target has no row and no body. */
  async expectRefusal(sentence: RegExp, options: Parameters<Instances['restore']>[0] = {}): Promise<void> {
    const error = await this.restore(options).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(BackupError);
    expect((error as Error).message).toMatch(sentence);
    const { _prisma_migrations: _, ...tables } = await readTables(this.target.client);
    expect(Object.values(tables).flat()).toEqual([]);
    expect(await listKeys(this.target.store)).toEqual([]);
    expect(this.secrets).toEqual([]);
  }

  /** Changes the content of the backup, with checksums that match. */
  async rewrite(change: (contents: Contents, manifest: Manifest) => void): Promise<void> {
    const contents: Contents = new Map();
    for (const { header, data } of await unpackTar(await readFile(this.file))) {
      if (!header.name.startsWith('sums/')) contents.set(header.name, Buffer.from(data ?? []));
    }
    const manifest = JSON.parse(String(contents.get(MANIFEST))) as Manifest;
    contents.delete(MANIFEST);
    contents.delete(MANIFEST_SUM);
    change(contents, manifest);
    const lines = [...contents].map(([name, data]) => `${sha256(data)}  ${name}\n`);
    const sums = Buffer.from(lines.join(''));
    const described = formatJson({ ...manifest, sums: sha256(sums) });
    contents.set('sums/000001.sha256', sums);
    contents.set(MANIFEST, described).set(MANIFEST_SUM, manifestSum(described));
    const entries = [...contents].map(([name, body]) => ({ header: { name, size: body.length }, body }));
    await writeFile(this.file, await packTar(entries));
  }
}

export function useInstances(): Instances {
  const instances = new Instances();
  beforeEach(() => instances.open());
  afterEach(() => instances.close());
  return instances;
}

export async function listKeys(store: BlobStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list()) keys.push(key);
  return keys.sort();
}
