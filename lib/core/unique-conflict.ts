import 'server-only';
import type { Prisma } from '../generated/prisma/client';
import { pg } from './postgres-driver';

/** PostgreSQL's error code. */
const UNIQUE_VIOLATION = '23505';

/** Whether a write failed because a row with the same unique value exists. */
export function isUniqueConflict(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === UNIQUE_VIOLATION;
  if (!isKnownRequestError(error)) return false;
  // P2010 is any failure of a raw query, with the code of PostgreSQL in its message.
  return error.code === 'P2002' || (error.code === 'P2010' && error.message.includes(UNIQUE_VIOLATION));
}

/** By its name, so that the client is not loaded for it. */
function isKnownRequestError(error: unknown): error is Prisma.PrismaClientKnownRequestError {
  return error instanceof Error && error.name === 'PrismaClientKnownRequestError';
}
