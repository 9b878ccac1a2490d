import type { MigrationDirectory } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/**
 * Held by the transaction that applies a script. When its process is killed, the server may still be at
 * work on the script: recovery waits for this lock before it reads what was applied.
 */
export const SCRIPT_LOCK_KEY = 7_432_301_957;

/**
 * Up to this migration, releases committed every statement by itself, so that a script may be applied in
 * part. Later ones are applied in one transaction.
 */
const LAST_SPLIT_MIGRATION = '20261121073000_share_mails';

const DUPLICATE_CODES = ['42P07', '42710', '42701'];
const UNDEFINED_OBJECT_CODE = '42704';

interface UnfinishedMigration {
  id: string;
  name: string;
  /** Whether another row says that the same migration was applied. */
  applied: boolean;
}

/**
 * Settles the rows that interrupted or failed runs left unfinished in `_prisma_migrations`, so that the
 * migrations can be applied again: removes a row whose script changed nothing, and completes a script
 * that was applied in part. Throws when a statement of such a script fails.
 */
export async function recoverMigrations(
  connectionString: string,
  migrations: readonly MigrationDirectory[],
): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [SCRIPT_LOCK_KEY]);
    for (const row of await findUnfinished(client)) {
      const script = row.applied ? undefined : findSplitScript(row.name, migrations);
      if (script === undefined) {
        await client.query('DELETE FROM _prisma_migrations WHERE id = $1', [row.id]);
      } else {
        await completeScript(client, { ...row, script });
      }
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function findUnfinished(client: pg.Client): Promise<UnfinishedMigration[]> {
  const { rows: tables } = await client.query(`SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL`);
  if (tables.length === 0) return [];
  const { rows } = await client.query<UnfinishedMigration>(
    `SELECT id, migration_name AS name, EXISTS (
       SELECT 1 FROM _prisma_migrations AS other
       WHERE other.migration_name = one.migration_name AND other.finished_at IS NOT NULL
     ) AS applied
     FROM _prisma_migrations AS one
     WHERE finished_at IS NULL AND rolled_back_at IS NULL
     ORDER BY started_at`,
  );
  return rows;
}

function findSplitScript(name: string, migrations: readonly MigrationDirectory[]): string | undefined {
  if (name > LAST_SPLIT_MIGRATION) return undefined;
  const content = migrations.find((migration) => migration.path === name)?.migrationFile.content;
  return content?.tag === 'ok' ? content.value : undefined;
}

/**
 * Runs every statement again, split as those releases split them. What a statement already did makes it
 * fail with a code that says so, or is the same when it is done twice.
 */
async function completeScript(
  client: pg.Client,
  migration: { id: string; name: string; script: string },
): Promise<void> {
  for (const statement of migration.script.split(';').filter((part) => part.trim() !== '')) {
    await client.query('SAVEPOINT statement');
    try {
      await client.query(statement);
    } catch (error) {
      if (!isAlreadyDone(error, statement)) {
        throw new Error(`${migration.name}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
      await client.query('ROLLBACK TO SAVEPOINT statement');
    }
    await client.query('RELEASE SAVEPOINT statement');
  }
  await client.query(
    `UPDATE _prisma_migrations SET finished_at = now(), logs = NULL, applied_steps_count = 1 WHERE id = $1`,
    [migration.id],
  );
}

function isAlreadyDone(error: unknown, statement: string): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return false;
  if (DUPLICATE_CODES.includes(error.code)) return true;
  return error.code === UNDEFINED_OBJECT_CODE && statement.includes('DROP CONSTRAINT');
}
