import 'server-only';
import type pg from 'pg';
import type { BlobStore } from '../storage/store';
import { type ArchiveWriter, createArchive } from './archive-writer';
import { BackupError } from './backup-error';
import { copyBodies } from './copy-bodies';
import { FORMAT, formatJson, HEADER, type Header, type Manifest, rowsName, SECRETS } from './format';
import { describeLeftOut, leaveOut } from './left-out';
import { Selection } from './selection';
import { readInGroups } from './snapshot-rows';
import { NOT_BACKED_UP, readCatalog, readLastMigration, TEXT_FORMATS } from './tables';

export interface BackupOptions {
  /** A connection of its own, to the database itself where there is a pooler. */
  client: pg.ClientBase;
  store: BlobStore;
  /** Must not exist. */
  file: string;
  /** Of age; none for an archive that is not encrypted. */
  recipients: readonly string[];
  /** The text of the file of secrets, if it is to be part of the backup. */
  secrets: string | null;
  /** Of Sheaf. */
  version: string;
}

export interface BackupSummary extends Omit<Manifest, 'sums'> {
  /** Size of the file in bytes. */
  size: number;
}

/**
 * Writes a backup of a running instance: all tables as in one moment, and the bodies that they name. Left out are
 * pastes that burn, have expired or are deleted, and `NOT_BACKED_UP`. The snapshot stays open until the last body is
 * copied, so that pastes and earlier revisions of which a body was deleted by then are left out whole.
 * @throws BackupError that says what to do; then there is no file
 */
export async function createBackup(options: BackupOptions): Promise<BackupSummary> {
  const { client, file, recipients } = options;
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${TEXT_FORMATS}`);
  try {
    const header = await readHeader(client, options.version);
    const archive = await createArchive({ file, recipients, at: new Date(header.created_at) });
    try {
      const manifest = await writeContent({ ...options, archive, header });
      return { ...manifest, size: await archive.finish(manifest) };
    } catch (error) {
      await archive.abort();
      throw error;
    }
  } finally {
    // Nothing was written; after the last step, the transaction has ended already.
    await client.query('ROLLBACK').catch(() => {});
  }
}

async function readHeader(client: pg.ClientBase, version: string): Promise<Header> {
  const migration = await readLastMigration(client);
  if (migration === null)
    throw new BackupError('The database has no tables yet: there is nothing to back up.');
  const { rows } = await client.query<{ ms: number }>(
    'SELECT extract(epoch FROM now())::float8 * 1000 AS ms',
  );
  return { format: FORMAT, version, migration, created_at: new Date(rows[0]?.ms ?? 0).toISOString() };
}

async function writeContent(
  options: BackupOptions & { archive: ArchiveWriter; header: Header },
): Promise<Omit<Manifest, 'sums'>> {
  const { client, store, archive, header, secrets } = options;
  await archive.add(HEADER, formatJson(header));
  const catalog = await readCatalog(client);
  const { missing, ...bodies } = await copyBodies(client, {
    selection: new Selection(catalog),
    store,
    archive,
  });
  const selection = new Selection(catalog, leaveOut(missing));
  const tables = await writeRows(client, { selection, archive });
  if (secrets !== null) await archive.add(SECRETS, Buffer.from(secrets));
  const burning = await countBurning(client, selection);
  const leftOut = { burning, ...(await describeLeftOut(client, missing)) };
  return { ...header, tables, bodies, secrets: secrets !== null, left_out: leftOut };
}

async function writeRows(
  client: pg.ClientBase,
  { selection, archive }: { selection: Selection; archive: ArchiveWriter },
): Promise<Manifest['tables']> {
  const written: Manifest['tables'] = {};
  for (const table of selection.catalog.tables) {
    if (Object.hasOwn(NOT_BACKED_UP, table.name)) continue;
    let [files, rows] = [0, 0];
    for await (const lines of readInGroups(client, selection.rowsOf(table))) {
      files += 1;
      rows += lines.length;
      await archive.add(rowsName(table.name, files), Buffer.from(`${lines.join('\n')}\n`));
    }
    written[table.name] = { columns: table.columns.map(({ name }) => name), rows };
  }
  return written;
}

async function countBurning(client: pg.ClientBase, selection: Selection): Promise<number> {
  const sql = selection.countOfBurning();
  if (sql === null) return 0;
  const { rows } = await client.query<{ count: number }>(sql);
  return rows[0]?.count ?? 0;
}
