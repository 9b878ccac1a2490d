import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from './env';
import { PrismaClient } from './generated/prisma/client';

interface Database {
  pool: pg.Pool;
  prisma: PrismaClient;
}

const globals = globalThis as typeof globalThis & { sheafDatabase?: Database };

function connect(): Database {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: env().DATABASE_POOL_SIZE,
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_500,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

function database(): Database {
  globals.sheafDatabase ??= connect();
  return globals.sheafDatabase;
}

/** The one connection pool, shared by Prisma, the hot look-up and the limiter. */
export function pool(): pg.Pool {
  return database().pool;
}

export function prisma(): PrismaClient {
  return database().prisma;
}

export async function disconnect(): Promise<void> {
  const current = globals.sheafDatabase;
  if (!current) return;
  delete globals.sheafDatabase;
  await current.prisma.$disconnect();
  await current.pool.end();
}
