import type pg from 'pg';

/** The condition on `pg_class` for tables of the schema, without those that extensions own. */
export const IS_OWN_TABLE = `relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'p')
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')`;

/** Whether the schema of the connection has the table. */
export async function hasTable(db: pg.Pool | pg.ClientBase, name: string): Promise<boolean> {
  const { rows } = await db.query<{ exists: boolean }>(
    `SELECT to_regclass(quote_ident(current_schema()) || '.' || quote_ident($1)) IS NOT NULL AS exists`,
    [name],
  );
  return rows[0]?.exists ?? false;
}
