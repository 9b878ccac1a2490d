import 'server-only';
import type pg from 'pg';
import type { BlobStore } from '../storage/store';
import { type ArchiveSource, readArchive } from './archive-reader';
import { BackupError } from './backup-error';
import { type Header, type Manifest, parseHeader, parseManifest } from './format';
import { inEmptyTables, isCommitted, requireEmpty, rowsIn, UnknownCommit } from './load-rows';
import { BodyWriter } from './put-bodies';
import { readLastMigration } from './tables';

export interface RestoreOptions {
  source: ArchiveSource;
  /** A connection of its own, to the database itself where there is a pooler. */
  client: pg.ClientBase;
  store: BlobStore;
  /** The names of the migrations of this release, in their order. */
  migrations: readonly string[];
  /** Applies pending migrations, up to the named one or all. */
  migrate(last?: string): Promise<unknown>;
  /** Opens another connection like `client`; the caller of it ends it. */
  connect(): Promise<pg.Client>;
  /** Writes the secrets of the backup, if it has them, beside those of the instance. */
  draftSecrets(text: string): Promise<SecretsDraft>;
}

export interface SecretsDraft {
  file: string;
  /** Replaces the secrets of the instance; called when the rows are committed. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Loads a backup into an instance without data. The whole file is verified first. The rows are loaded in one
 * transaction at the migration of the backup; then the later migrations are applied.
 * @throws BackupError that says what is wrong; then the tables are empty, and the store has nothing new, unless it
 * says otherwise
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { client, source, migrations } = options;
  const manifest = await verifyArchive(source, migrations);
  await requireEmpty(client);
  await requireEarlier(client, manifest);
  await options.migrate(manifest.migration);
  const bodies = new BodyWriter(options.store);
  let draft: SecretsDraft | undefined;
  try {
    await inEmptyTables(client, manifest, async (load) => {
      let secrets: string | null = null;
      for await (const entry of readArchive(source)) {
        if (entry.kind === 'body') await bodies.put(entry.key, entry.data);
        if (entry.kind === 'rows') await load(entry);
        if (entry.kind === 'secrets') secrets = entry.data.toString();
      }
      await bodies.settle();
      if (secrets !== null) draft = await options.draftSecrets(secrets);
    });
  } catch (error) {
    const isUnknown = error instanceof UnknownCommit;
    if (!isUnknown || !(await findCommitted(options, { manifest, draft }))) {
      await draft?.discard();
      await bodies.undo();
      throw isUnknown ? error.cause : error;
    }
  }
  await draft?.keep().catch((error: unknown) => {
    throw new BackupError(
      `The rows and texts are restored, but not the secrets. Rename ${draft?.file} to secrets.json.`,
      { cause: error },
    );
  });
  await options.migrate().catch((error: unknown) => {
    throw new BackupError(
      'The backup is restored, but a later migration failed. `npm start` tries it again.',
      {
        cause: error,
      },
    );
  });
  return manifest;
}

/** Looks for the rows on a new connection. @throws BackupError if that cannot be found out */
async function findCommitted(
  { connect }: RestoreOptions,
  { manifest, draft }: { manifest: Manifest; draft: SecretsDraft | undefined },
): Promise<boolean> {
  let client: pg.Client | undefined;
  try {
    client = await connect();
    return await isCommitted(client, manifest);
  } catch (error) {
    const secrets = draft === undefined ? '' : ` and ${draft.file} renamed to secrets.json`;
    throw new BackupError(
      `The connection to the database failed at the last step, and whether the rows were stored is not known. The texts are kept in the store. When the database answers, restore again: if it is refused because the database is not empty, all rows are there, and only \`npm start\` is needed${secrets}.`,
      { cause: error },
    );
  } finally {
    await client?.end();
  }
}

/** Reads the whole file, and throws if anything in it is wrong or from a newer release. */
async function verifyArchive(source: ArchiveSource, migrations: readonly string[]): Promise<Manifest> {
  let manifest: Manifest | undefined;
  const rows = new Map<string, number>();
  let [bodies, bytes, secrets] = [0, 0, 0];
  for await (const entry of readArchive(source)) {
    if (entry.kind === 'header') requireKnown(parseHeader(entry.data), migrations);
    if (entry.kind === 'manifest') manifest = parseManifest(entry.data);
    if (entry.kind === 'secrets') secrets += 1;
    if (entry.kind === 'rows')
      rows.set(entry.table, (rows.get(entry.table) ?? 0) + rowsIn(entry.data).length);
    if (entry.kind !== 'body') continue;
    bodies += 1;
    bytes += entry.data.length;
  }
  if (!manifest) throw new BackupError('The backup is damaged: it has no manifest.');
  const { tables } = manifest;
  const unknown = [...rows.keys()].find((name) => !Object.hasOwn(tables, name));
  const other = Object.keys(tables).find((name) => tables[name]?.rows !== (rows.get(name) ?? 0));
  const isOther =
    bodies !== manifest.bodies.count ||
    bytes !== manifest.bodies.bytes ||
    secrets !== Number(manifest.secrets);
  if (unknown === undefined && other === undefined && !isOther) return manifest;
  throw new BackupError(
    `The backup is damaged: its manifest does not describe its ${unknown ?? other ?? 'bodies'}.`,
  );
}

function requireKnown({ migration, version }: Header, migrations: readonly string[]): void {
  if (migrations.includes(migration)) return;
  const isNewer = migration > (migrations.at(-1) ?? '');
  throw new BackupError(
    isNewer
      ? `The backup is of a newer release of Sheaf (${version}, migration ${migration}). Restore it with that release.`
      : `The backup is of another release of Sheaf (${version}): this one has no migration ${migration}.`,
  );
}

async function requireEarlier(client: pg.ClientBase, { migration }: Manifest): Promise<void> {
  const current = await readLastMigration(client);
  if (current === null || current <= migration) return;
  throw new BackupError(
    `The database has tables of a newer release than the backup (migrations ${current} and ${migration}). Restore into a database without tables: it is migrated by the restore.`,
  );
}
