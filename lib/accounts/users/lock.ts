import 'server-only';
import type { Prisma } from '../../generated/prisma/client';

/**
 * Serializes changes to an account. Take it first in a transaction, before any row that belongs to the user;
 * rows that only refer to the user can still be inserted.
 * @returns false if the account has been deleted
 */
export async function lockUser(tx: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from users where id = ${userId}::uuid for no key update`;
  return rows.length > 0;
}

/**
 * Keeps an account from being deleted until the transaction ends, for rows that refer to it; changes to it go on.
 * @returns false if it has been deleted
 */
export async function holdUser(tx: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`select 1 from users where id = ${userId}::uuid for key share`;
  return rows.length > 0;
}
