import pg from 'pg';

/** Earlier releases hold the same key while they migrate. */
const LOCK_KEY = 7_432_301_956;
const LOCK_NOT_AVAILABLE_CODE = '55P03';
const CONNECT_WITHIN_MS = 10_000;
const TERMINATED_WITHIN_MS = 5_000;

export interface LockedConnection {
  client: pg.Client;
  connectionString: string;
  /** Cancels the running statement and closes the connection. */
  signal: AbortSignal;
  lockWithinMs: number;
  /** Time limit of each statement on the server; applies even if this process is killed. */
  statementWithinMs: number;
}

/** Throws an error with one sentence if the server does not accept a connection within ten seconds. */
export async function connect(
  connectionString: string,
  variable = 'DATABASE_URL or DIRECT_URL',
): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    throw new Error(`The database cannot be reached (${variable}): ${describe(error)}.`, { cause: error });
  });
  return client;
}

/**
 * Does the work in one transaction, during which no other process migrates. The lock belongs to the
 * transaction, because a pooler may share a session and keep its lock. Throws the signal's reason when it
 * aborts, and an error with one sentence if the lock is not free in time.
 */
export async function inLockedTransaction<T>(
  connection: LockedConnection,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { client, signal } = connection;
  signal.throwIfAborted();
  let pid: number | undefined;
  let terminated: Promise<void> | undefined;
  const terminate = () => {
    terminated = terminateBackend(connection, pid);
  };
  signal.addEventListener('abort', terminate);
  try {
    pid = await begin(connection);
    signal.throwIfAborted();
    await acquireLock(connection);
    signal.throwIfAborted();
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', terminate);
    await terminated;
  }
}

/** Returns the id of the server process, which a pooler may change with every transaction. */
async function begin({ client, lockWithinMs, statementWithinMs }: LockedConnection): Promise<number> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pg_backend_pid() AS pid,
       set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true)`,
    [String(lockWithinMs), String(statementWithinMs)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not name its process.');
  return row.pid;
}

async function acquireLock({ client, lockWithinMs }: LockedConnection): Promise<void> {
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== LOCK_NOT_AVAILABLE_CODE) throw error;
    const seconds = Math.ceil(lockWithinMs / 1000);
    throw new Error(
      `another process has been migrating it for ${seconds} s. Try again when that has ended.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Ends a transaction on the server, where a statement would continue after its client has disconnected, and waits
 * until its process has ended, which takes PostgreSQL 15 to 17 a moment. Once the transaction has ended, a pooler may
 * have given its process to another client, which does not hold this lock.
 */
async function terminateBackend(
  { client, connectionString }: LockedConnection,
  pid: number | undefined,
): Promise<void> {
  try {
    const other = await connect(connectionString);
    const sql = `SELECT pg_terminate_backend(pid, $2) FROM pg_locks WHERE locktype = 'advisory' AND pid = $1`;
    await other.query(sql, [pid, TERMINATED_WITHIN_MS]).finally(() => other.end());
  } catch {
    // Without a second connection, the server rolls back when the statement ends.
  }
  await client.end();
}

/** If all addresses of a host refuse, the error has no message of its own. */
export function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ');
  return error instanceof Error ? error.message : String(error);
}
