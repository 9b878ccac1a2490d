import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/prisma/client';
import { env } from './env';
import { perProcess } from './per-process';

interface Database {
  pool: pg.Pool;
  prisma: PrismaClient;
}

const QUERY_WITHIN_MS = 1_500;

// The server gives up first, so that no abandoned query keeps running. Transaction-mode poolers
// refuse these as parameters of a connection.
const SERVER_LIMITS = { statement_timeout: 1_200, idle_in_transaction_session_timeout: 3_000 };

function connect(): Database {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: env().DATABASE_POOL_SIZE,
    connectionTimeoutMillis: 1_000,
    query_timeout: QUERY_WITHIN_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(env().DATABASE_POOLED ? {} : SERVER_LIMITS),
  });
  pool.on('connect', endAfterTimeout);
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

/**
 * Works around https://github.com/brianc/node-postgres/issues/3399: ends a connection one of whose queries got
 * no answer in time. Its transaction may still be open, and the
 * ROLLBACK that follows would wait behind the stuck statement, give up as well, and leave the connection to
 * another caller, whose COMMIT would then commit what was rejected.
 */
function endAfterTimeout(client: pg.PoolClient): void {
  // Lent out, it may be closed by the server at any moment; its next query says so.
  client.on('error', () => {});
  const query: (...args: unknown[]) => unknown = client.query.bind(client);
  const bounded = (...args: unknown[]) => {
    const outcome = query(...args);
    if (outcome instanceof Promise) {
      outcome.catch((error: unknown) => {
        if (error instanceof Error && error.message === 'Query read timeout') void endNow(client);
      });
    }
    return outcome;
  };
  Object.assign(client, { query: bounded });
}

async function endNow(client: pg.PoolClient & { end?: () => Promise<void> }): Promise<void> {
  await client.end?.().catch(() => {});
}

const database = perProcess('database', connect);

/** The one connection pool, shared by Prisma, the hot look-up and the limiter. */
export function pool(): pg.Pool {
  return database.get().pool;
}

export function prisma(): PrismaClient {
  return database.get().prisma;
}

export async function disconnect(): Promise<void> {
  const current = database.clear();
  if (!current) return;
  await current.prisma.$disconnect();
  await current.pool.end();
}
