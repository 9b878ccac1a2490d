import type pg from 'pg';

export type RecordedJob = 'backup' | 'sweep';

type Database = pg.Pool | pg.ClientBase;

/** Remembers when a job ended. */
export async function recordJobRun(db: Database, job: RecordedJob, at: Date): Promise<void> {
  await db.query(
    `INSERT INTO job_runs (job, ended_at) VALUES ($1, $2)
     ON CONFLICT (job) DO UPDATE SET ended_at = greatest(job_runs.ended_at, excluded.ended_at)`,
    [job, at],
  );
}

/** When the job ended last; null if it never did. */
export async function readJobRun(db: Database, job: RecordedJob): Promise<Date | null> {
  const { rows } = await db.query<{ at: Date }>('SELECT ended_at AS at FROM job_runs WHERE job = $1', [job]);
  return rows[0]?.at ?? null;
}
