import type pg from 'pg';
import { hasTable } from '../core/database-tables';
import { recordJobRun } from '../core/job-runs';

/**
 * Records the time of a complete backup for `npm run doctor`. A database of an earlier release has no place for it.
 * @returns why it could not be recorded, which is no failure of the backup; null otherwise
 */
export async function recordBackup(client: pg.ClientBase, at: Date): Promise<string | null> {
  try {
    if (await hasTable(client, 'job_runs')) await recordJobRun(client, 'backup', at);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
