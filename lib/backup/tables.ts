import pg from 'pg';
import { hasTable, IS_OWN_TABLE } from '../core/database-tables';

/** Tables whose rows are not part of a backup, and why; a restore empties them. */
export const NOT_BACKED_UP: Readonly<Record<string, string>> = {
  _prisma_migrations: 'The migrations that a restore applies write it.',
  blob_deletions: 'It names bodies that no paste has any more, and that are not backed up.',
  job_cursors: 'It is a place in the list of one store, and a restore may use another.',
  job_runs: 'It is when this instance did its jobs.',
  rate_limits: 'Counters of the last minutes and days.',
  stored_total: 'It is counted again.',
  reveals: 'Reads of pastes that burn, which are not backed up.',
};

export interface Column {
  name: string;
  /** As in `CREATE TABLE`. */
  type: string;
}

export interface Table {
  name: string;
  columns: Column[];
}

export interface ForeignKey {
  name: string;
  table: string;
  columns: string[];
  target: string;
  targetColumns: string[];
  /** Whether rows lose the reference when what it names is deleted; otherwise they are deleted too. */
  setsNull: boolean;
  /** As in `ALTER TABLE … ADD CONSTRAINT`. */
  definition: string;
}

export interface Catalog {
  tables: Table[];
  foreignKeys: ForeignKey[];
}

/** How values are written as text, so that the same text means the same value on every server. */
export const TEXT_FORMATS = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';
  SET LOCAL IntervalStyle = 'postgres'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;
  SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`;

/** All tables of the schema with the columns that can be written, but for those of extensions. */
export async function readCatalog(client: pg.ClientBase): Promise<Catalog> {
  const { rows: tables } = await client.query<Table>(
    `SELECT relname AS name, (
       SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attnum)
       FROM pg_attribute
       WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
     ) AS columns
     FROM pg_class
     WHERE ${IS_OWN_TABLE} AND NOT relispartition
     ORDER BY relname`,
  );
  const { rows: foreignKeys } = await client.query<ForeignKey>(
    `SELECT conname AS name, own.relname AS table, target.relname AS target, confdeltype = 'n' AS "setsNull",
       pg_get_constraintdef(pg_constraint.oid) AS definition,
       (SELECT json_agg(attname ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS key(number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = number) AS columns,
       (SELECT json_agg(attname ORDER BY place) FROM unnest(confkey) WITH ORDINALITY AS key(number, place)
        JOIN pg_attribute ON attrelid = confrelid AND attnum = number) AS "targetColumns"
     FROM pg_constraint JOIN pg_class AS own ON own.oid = conrelid JOIN pg_class AS target ON target.oid = confrelid
     WHERE contype = 'f' AND connamespace = to_regnamespace(current_schema()) AND conparentid = 0
     ORDER BY conname`,
  );
  return { tables, foreignKeys };
}

/** The last migration that was applied; null in a database that has none. */
export async function readLastMigration(client: pg.ClientBase): Promise<string | null> {
  if (!(await hasTable(client, '_prisma_migrations'))) return null;
  const { rows } = await client.query<{ name: string | null }>(
    `SELECT max(migration_name) AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return rows[0]?.name ?? null;
}

export function quote(name: string): string {
  return pg.escapeIdentifier(name);
}
