import 'server-only';
import type { Prisma } from '../generated/prisma/client';
import { pg } from './postgres-driver';

/** PostgreSQL's error codes. */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

/** Whether a write failed because a row with the same unique value exists. */
export function isUniqueConflict(error: unknown): boolean {
  return failedAs(error, { prisma: 'P2002', postgres: UNIQUE_VIOLATION });
}

/** Whether a write failed because a row that it needs was deleted in the meantime, or never existed. */
export function isMissingRow(error: unknown): boolean {
  return (
    failedAs(error, { prisma: 'P2003', postgres: FOREIGN_KEY_VIOLATION }) ||
    (isKnownRequestError(error) && error.code === 'P2025')
  );
}

/** Whether the missing row of `isMissingRow` is one of `users`. */
export function isMissingUser(error: unknown): boolean {
  if (!isMissingRow(error)) return false;
  if (isKnownRequestError(error) && error.code === 'P2025') return error.meta?.modelName === 'User';
  return /_(?:user|owner)_id_fkey/.test(constraintOf(error));
}

function failedAs(error: unknown, code: { prisma: string; postgres: string }): boolean {
  if (error instanceof pg.DatabaseError) return error.code === code.postgres;
  if (!isKnownRequestError(error)) return false;
  // P2010 is any failure of a raw query, with the code of PostgreSQL in its message.
  return error.code === code.prisma || (error.code === 'P2010' && error.message.includes(code.postgres));
}

/** The name of the violated constraint; empty if the error does not say it. */
function constraintOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.constraint ?? '';
  return isKnownRequestError(error) ? JSON.stringify(error.meta ?? {}) : '';
}

/** By its name, so that the client is not loaded for it. */
function isKnownRequestError(error: unknown): error is Prisma.PrismaClientKnownRequestError {
  return error instanceof Error && error.name === 'PrismaClientKnownRequestError';
}
