import 'server-only';
import { PrismaClient } from '../generated/prisma/client';
import { database } from './db';
import { loadAdapter } from './postgres-driver';

/**
 * The client, over the connections of `pool()`. Created on first use, and in a module of its own: many requests need only
 * prepared statements, and a new instance of a serverless host does not load it for them.
 */
export function prisma(): PrismaClient {
  const current = database.get();
  if (!current.prisma) {
    const { PrismaPg } = loadAdapter();
    current.prisma = new PrismaClient({ adapter: new PrismaPg(current.pool) });
  }
  return current.prisma;
}
