import 'server-only';
import { Prisma } from '../generated/prisma/client';

/** Whether a write failed because a row with the same unique value exists. */
export function isUniqueConflict(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
