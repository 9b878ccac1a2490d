import 'server-only';
import { DatabaseError } from 'pg';
import { Prisma } from '../generated/prisma/client';

/** PostgreSQL's error code. */
const UNIQUE_VIOLATION = '23505';

/** Whether a write failed because a row with the same unique value exists. */
export function isUniqueConflict(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === UNIQUE_VIOLATION;
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
