import type pg from 'pg';
import { BackupError } from './backup-error';
import type { Manifest } from './format';
import {
  type Catalog,
  type ForeignKey,
  NOT_BACKED_UP,
  quote,
  readCatalog,
  type Table,
  TEXT_FORMATS,
} from './tables';

const LOCK_NOT_AVAILABLE = '55P03';
const LOCK_WITHIN_MS = 2_000;
const ENDED_WITHIN_MS = 10_000;

/** The connection failed at COMMIT: whether the rows are in the database is not known. */
export class UnknownCommit extends Error {}

export interface RowsFile {
  name: string;
  table: string;
  data: Buffer;
}

/** Throws if a table has rows that a restore would mix with others. */
export async function requireEmpty(client: pg.ClientBase): Promise<void> {
  const { tables } = await readCatalog(client);
  for (const { name } of tables) {
    if (Object.hasOwn(NOT_BACKED_UP, name)) continue;
    const { rowCount } = await client.query(`SELECT FROM ${quote(name)} LIMIT 1`);
    if (rowCount === 0) continue;
    throw new BackupError(
      `The database is not empty (${name}). Restore into a new one: set DATABASE_URL to an empty database, or DATA_DIR to a new folder.`,
    );
  }
}

/**
 * Does the work in one transaction with a function that loads a file of rows. All tables are empty then, and locked,
 * so that a running instance cannot write to them. Foreign keys are checked at the end: files come in any order.
 * @throws UnknownCommit if there was no answer to COMMIT; after any other error, the tables are empty
 */
export async function inEmptyTables(
  client: pg.ClientBase,
  manifest: Manifest,
  work: (load: (file: RowsFile) => Promise<void>) => Promise<void>,
): Promise<void> {
  await client.query(`BEGIN; ${TEXT_FORMATS}; SET LOCAL lock_timeout = ${LOCK_WITHIN_MS}`);
  try {
    const catalog = await readCatalog(client);
    requireSameTables(catalog, manifest);
    await lockTables(client, catalog);
    await requireEmpty(client);
    for (const { name } of catalog.tables) {
      if (name !== '_prisma_migrations' && Object.hasOwn(NOT_BACKED_UP, name))
        await client.query(`DELETE FROM ${quote(name)}`);
    }
    for (const key of catalog.foreignKeys) {
      await client.query(`ALTER TABLE ${quote(key.table)} DROP CONSTRAINT ${quote(key.name)}`);
    }
    await work((file) => loadFile(client, { catalog, file }));
    for (const key of catalog.foreignKeys) await addForeignKey(client, key);
    await continueSequences(client);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
  await client.query('COMMIT').catch((error: unknown) => {
    throw new UnknownCommit('There was no answer to COMMIT.', { cause: error });
  });
}

/**
 * Whether a restore whose connection failed at COMMIT has stored its rows.
 * @param client another connection; its queries wait until the transaction, which locks the tables, has ended
 */
export async function isCommitted(client: pg.ClientBase, { tables }: Manifest): Promise<boolean> {
  const name = Object.keys(tables).find((one) => (tables[one]?.rows ?? 0) > 0);
  if (name === undefined) return true;
  await client.query(`SET lock_timeout = ${ENDED_WITHIN_MS}; SET statement_timeout = ${ENDED_WITHIN_MS}`);
  const { rowCount } = await client.query(`SELECT FROM ${quote(name)} LIMIT 1`);
  return rowCount === 1;
}

function requireSameTables({ tables }: Catalog, manifest: Manifest): void {
  const kept = tables.filter(({ name }) => !Object.hasOwn(NOT_BACKED_UP, name));
  const unknown = Object.keys(manifest.tables).find((name) => !kept.some((table) => table.name === name));
  if (unknown !== undefined) {
    throw new BackupError(
      `The backup has a table that this release does not know: ${JSON.stringify(unknown)}.`,
    );
  }
  for (const { name, columns } of kept) {
    const found = manifest.tables[name]?.columns ?? [];
    const expected = columns.map((column) => column.name);
    if (found.length === expected.length && expected.every((column) => found.includes(column))) continue;
    throw new BackupError(
      `The backup does not have the columns of the table ${name} at the migration ${manifest.migration}.`,
    );
  }
}

async function lockTables(client: pg.ClientBase, { tables }: Catalog): Promise<void> {
  const names = tables.map(({ name }) => quote(name));
  try {
    await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE)) throw error;
    throw new BackupError('The database is in use. Stop every Sheaf that uses it, then restore again.', {
      cause: error,
    });
  }
}

async function loadFile(
  client: pg.ClientBase,
  { catalog, file }: { catalog: Catalog; file: RowsFile },
): Promise<void> {
  const table = catalog.tables.find(({ name }) => name === file.table);
  if (!table) throw new BackupError(`The backup has a table that is not in its manifest: ${file.table}.`);
  const lines = rowsIn(file.data);
  let rowCount: number | null;
  try {
    ({ rowCount } = await client.query(insertInto(table), [`[${lines.join(',')}]`]));
  } catch (error) {
    if (!(error instanceof Error && 'severity' in error)) throw error;
    throw new BackupError(`The database does not accept ${file.name}: ${error.message}.`, { cause: error });
  }
  if (rowCount !== lines.length) throw new BackupError(`The backup is damaged: ${file.name} has other rows.`);
}

/** The lines of a file of rows, each a row as JSON. */
export function rowsIn(data: Buffer): string[] {
  const lines = data.toString().split('\n');
  if (lines.pop() !== '') throw new BackupError('The backup is damaged: a file of rows is cut off.');
  return lines;
}

function insertInto({ name, columns }: Table): string {
  const names = columns.map((column) => quote(column.name));
  return `INSERT INTO ${quote(name)} (${names.join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT ${columns.map((column) => `${quote(column.name)}::${column.type}`).join(', ')}
    FROM json_to_recordset($1::json) AS loaded (${names.map((column) => `${column} text`).join(', ')})`;
}

async function addForeignKey(client: pg.ClientBase, key: ForeignKey): Promise<void> {
  try {
    await client.query(`ALTER TABLE ${quote(key.table)} ADD CONSTRAINT ${quote(key.name)} ${key.definition}`);
  } catch (error) {
    if (!(error instanceof Error && 'severity' in error)) throw error;
    throw new BackupError(`The backup is damaged: rows of ${key.table} name rows that it does not have.`, {
      cause: error,
    });
  }
}

/** New rows must not get numbers that loaded ones have. */
async function continueSequences(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(
    `SELECT sequence.oid::regclass::text AS sequence, owner.relname AS table, attname AS column
     FROM pg_class AS sequence
     JOIN pg_depend ON pg_depend.objid = sequence.oid AND classid = 'pg_class'::regclass AND deptype IN ('a', 'i')
     JOIN pg_class AS owner ON owner.oid = refobjid
     JOIN pg_attribute ON attrelid = owner.oid AND attnum = refobjsubid
     WHERE sequence.relkind = 'S' AND sequence.relnamespace = to_regnamespace(current_schema())`,
  );
  for (const { sequence, table, column } of rows) {
    await client.query(
      `SELECT setval($1::regclass, greatest(max(${quote(column)}), 1), max(${quote(column)}) IS NOT NULL)
       FROM ${quote(table)}`,
      [sequence],
    );
  }
}
