import pg from 'pg';
import type { Migration } from './migration-files';

/**
 * Up to this migration, releases committed every statement separately, so that a script may be applied
 * partially. Later ones are applied in one transaction.
 */
const LAST_SPLIT_MIGRATION = '20261121073000_share_mails';

const DUPLICATE_CODES = ['42P07', '42710', '42701'];
const UNDEFINED_OBJECT_CODE = '42704';

interface UnfinishedRow {
  id: string;
  name: string;
  /** Whether another row says that the same migration was applied. */
  applied: boolean;
}

/**
 * Completes what interrupted or failed runs of earlier releases left in `_prisma_migrations`: removes a row
 * whose script changed nothing, and completes a partially applied script. Requires an open transaction.
 * Throws when a statement of such a script fails.
 */
export async function recoverMigrations(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await client.query<UnfinishedRow>(
    `SELECT id, migration_name AS name, EXISTS (
       SELECT 1 FROM _prisma_migrations AS other
       WHERE other.migration_name = one.migration_name AND other.finished_at IS NOT NULL
     ) AS applied
     FROM _prisma_migrations AS one
     WHERE finished_at IS NULL AND rolled_back_at IS NULL
     ORDER BY started_at`,
  );
  for (const row of rows) {
    const isSplit = !row.applied && row.name <= LAST_SPLIT_MIGRATION;
    const migration = isSplit ? migrations.find(({ name }) => name === row.name) : undefined;
    if (migration === undefined) {
      // The server may still have been committing what a killed process sent, and the row is complete by now.
      await client.query('DELETE FROM _prisma_migrations WHERE id = $1 AND finished_at IS NULL', [row.id]);
    } else {
      await completeScript(client, migration);
      await client.query(
        `UPDATE _prisma_migrations SET finished_at = now(), logs = NULL, applied_steps_count = 1 WHERE id = $1`,
        [row.id],
      );
    }
  }
}

/**
 * Runs every statement again, split as those releases split them. A statement that was applied already fails
 * with a code that says so, or has the same result again.
 */
async function completeScript(client: pg.Client, { name, script }: Migration): Promise<void> {
  for (const statement of script.split(';').filter((part) => part.trim() !== '')) {
    await client.query('SAVEPOINT statement');
    try {
      await client.query(statement);
    } catch (error) {
      if (!isAlreadyDone(error, statement)) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(
          `${name}, which an earlier release applied in part, cannot be completed: ${reason}.`,
          {
            cause: error,
          },
        );
      }
      await client.query('ROLLBACK TO SAVEPOINT statement');
    }
    await client.query('RELEASE SAVEPOINT statement');
  }
}

function isAlreadyDone(error: unknown, statement: string): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return false;
  if (DUPLICATE_CODES.includes(error.code)) return true;
  return error.code === UNDEFINED_OBJECT_CODE && statement.includes('DROP CONSTRAINT');
}
