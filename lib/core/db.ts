import 'server-only';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { PrismaClient } from '../generated/prisma/client';
import { env } from './env';
import { logger } from './logger';
import { perProcess } from './per-process';
import { pg } from './postgres-driver';
import { withTimeout } from './timeout';
import { tracedStatement } from './traced-statement';
import { withinSpan } from './tracing';

interface Database {
  pool: Pool;
  searchPool: Pool;
  turnPool: Pool;
  /** See `prisma.ts`. */
  prisma?: PrismaClient;
}

/** How long a caller waits for a connection. */
const CONNECT_WITHIN_MS = 1_000;
/** When the driver gives up on a connection attempt, also of a busy process, which frees its place in the pool. */
const ABANDON_AFTER_MS = 2_500;
const QUERY_WITHIN_MS = 1_500;
/** The message of the error where there is no connection in time: the same as the driver's. */
const CONNECT_TIMEOUT = 'timeout exceeded when trying to connect';
/** The message of the error where a query gets no answer. */
export const QUERY_TIMEOUT = 'Query read timeout';

// The server gives up first, so that no abandoned query keeps running. Transaction-mode poolers
// refuse these as parameters of a connection.
export const SERVER_LIMITS = { statement_timeout: 1_200, idle_in_transaction_session_timeout: 3_000 };

const SEARCH_CONNECTIONS = 2;
/** A statement that takes this long is logged. */
const SLOW_MS = 500;
const SHOWN_OF_STATEMENT = 160;
/** The code of Postgres for a plan whose result would have other types; its message may be translated. */
const FEATURE_NOT_SUPPORTED = '0A000';

function connect(): Database {
  return {
    pool: openPool(env().DATABASE_POOL_SIZE),
    searchPool: openPool(SEARCH_CONNECTIONS),
    turnPool: openPool(1),
  };
}

function openPool(max: number): Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max,
    connectionTimeoutMillis: ABANDON_AFTER_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(env().DATABASE_POOLED ? {} : SERVER_LIMITS),
  });
  pool.on('connect', limitQueries);
  limitConnects(pool);
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

type Receive = (error: unknown, client?: PoolClient, release?: PoolClient['release']) => void;
type Connect = (receive?: Receive) => Promise<PoolClient> | undefined;
type Respond = (error: unknown, result?: unknown) => void;

/**
 * Gives each caller of the pool `CONNECT_WITHIN_MS` for a connection, of the time in which this process could have
 * received one: the driver's own limit turned the first requests of a process, which loads its code while it connects,
 * into outages.
 */
function limitConnects(pool: Pool): void {
  const connect = pool.connect.bind(pool) as Connect;
  const connectInTime = (receive?: Receive) => {
    // Else who waits would continue as a part of the request that gives its connection back.
    if (pool.idleCount > pool.waitingCount) return connect(receive && withinSpan(receive));
    const opening = Promise.resolve(connect()).then((client) => client as PoolClient);
    const limit = { ms: CONNECT_WITHIN_MS, message: CONNECT_TIMEOUT };
    const client = withTimeout(limit, () => opening);
    // One that comes too late goes to the next caller.
    client.catch(() => opening.then((late) => late.release()).catch(() => {}));
    if (receive === undefined) return client;
    const received = withinSpan(receive);
    client.then(
      // Not within the promise, which would take what it throws for an unhandled rejection.
      (open) => queueMicrotask(() => received(undefined, open, open.release)),
      (error: unknown) => queueMicrotask(() => received(error)),
    );
  };
  Object.assign(pool, { connect: connectInTime });
}

/**
 * Gives each query of the connection `QUERY_WITHIN_MS`, and ends the connection when one gets no answer. Its
 * transaction may still be open: a ROLLBACK would wait behind the stuck statement, give up as well, and leave
 * the connection to another caller, whose COMMIT would then commit what was rejected.
 *
 * Not the driver's `query_timeout`, which keeps the connection
 * (https://github.com/brianc/node-postgres/issues/3399) and counts time in which this process was busy.
 */
function limitQueries(client: PoolClient & { end?: () => Promise<void> }): void {
  // Lent out, it may be closed by the server at any moment; its next query says so.
  client.on('error', () => {});
  const send = client.query.bind(client) as (query: unknown, values: unknown, respond: Respond) => void;
  const ask = (query: unknown, values: unknown) =>
    new Promise((resolve, reject) => {
      send(query, values, (error, result) => (error ? reject(error) : resolve(result)));
    });
  const limited = (query: unknown, ...rest: unknown[]) => {
    const respond = rest.find((one): one is Respond => typeof one === 'function');
    const values = rest.find((one) => Array.isArray(one));
    const outcome = tracedStatement(query, () =>
      withTimeout({ ms: QUERY_WITHIN_MS, message: QUERY_TIMEOUT }, () =>
        ask(query, values).catch((error: unknown) => ask(withoutStalePlan(query, error), values)),
      ),
    );
    const start = performance.now();
    const noteTime = () => logSlow(query, performance.now() - start);
    outcome.then(noteTime, noteTime);
    outcome.catch((error: unknown) => {
      if (error instanceof Error && error.message === QUERY_TIMEOUT) void client.end?.().catch(() => {});
    });
    if (respond === undefined) return outcome;
    outcome.then((result) => respond(undefined, result), respond);
  };
  Object.assign(client, { query: limited });
}

/**
 * A prepared statement without its name, if the connection may no longer use its plan: a newer release has migrated the
 * database and given a column another type. It has read and changed nothing.
 * @throws any other error
 */
function withoutStalePlan(query: unknown, error: unknown): unknown {
  const isStale = error instanceof pg.DatabaseError && error.code === FEATURE_NOT_SUPPORTED;
  if (isStale && typeof query === 'object' && query !== null && 'name' in query) {
    return { ...query, name: undefined };
  }
  throw error;
}

/** The text of a statement has no values: they are sent beside it. */
function logSlow(query: unknown, ms: number): void {
  if (ms < SLOW_MS) return;
  const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query;
  const statement = String(text).replace(/\s+/g, ' ').slice(0, SHOWN_OF_STATEMENT);
  logger().warn({ ms: Math.round(ms), statement }, 'a slow statement');
}

export const database = perProcess('database', connect);

/** The connection pool that Prisma, the hot look-up and the limiter share. */
export function pool(): Pool {
  return database.get().pool;
}

/** A statement that each connection plans once. Not behind a transaction-mode pooler, which cannot keep it. */
export function named(name: string, text: string, values: unknown[]): QueryConfig {
  return env().DATABASE_POOLED ? { text, values } : { name, text, values };
}

/**
 * The few connections for searches, which take longer than other reads and would make them wait. A search that
 * gets none within a second fails as if the database were unavailable: 503 with `Retry-After`.
 */
export function searchPool(): Pool {
  return database.get().searchPool;
}

/**
 * The connection on which this process holds a lock between processes, while others of it do the work: taken from the
 * pool, it could take the last one that the work needs.
 */
export function turnPool(): Pool {
  return database.get().turnPool;
}

export async function disconnect(): Promise<void> {
  const current = database.clear();
  if (!current) return;
  await current.prisma?.$disconnect();
  await Promise.all([current.pool.end(), current.searchPool.end(), current.turnPool.end()]);
}
