import pg from 'pg';

/** Releases before this one held the same key for as long as they migrated. */
const LOCK_KEY = 7_432_301_956;
const LOCK_NOT_AVAILABLE_CODE = '55P03';
const CONNECT_WITHIN_MS = 10_000;

export interface LockedConnection {
  client: pg.Client;
  connectionString: string;
  /** Ends the running statement and the connection. */
  signal: AbortSignal;
  lockWithinMs: number;
  /** On the server, the longest time for one statement; holds also when this process is killed. */
  statementWithinMs: number;
}

/** Throws one sentence where the server does not take a connection within ten seconds. */
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
 * Does the work in one transaction, which no other process migrates beside. The lock is the transaction's:
 * a session may be shared by a pooler, which would keep the lock. Throws the signal's reason when it aborts,
 * and a sentence when the lock is not free in time.
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

/** Returns the number of the server's process, which a pooler may change with every transaction. */
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
 * Ends a transaction on the server, where a statement would go on after its client has gone. Once the
 * transaction has ended, a pooler may have given its process to another client: that one holds no such lock.
 */
async function terminateBackend(
  { client, connectionString }: LockedConnection,
  pid: number | undefined,
): Promise<void> {
  try {
    const other = await connect(connectionString);
    const sql = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid = $1`;
    await other.query(sql, [pid]).finally(() => other.end());
  } catch {
    // Without a second connection, the server rolls back when the statement ends.
  }
  await client.end();
}

/** A host with several addresses that all refuse makes an error without a message of its own. */
export function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ');
  return error instanceof Error ? error.message : String(error);
}
