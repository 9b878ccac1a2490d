import 'server-only';
import type { Prisma } from '../../generated/prisma/client';

/**
 * Serializes changes to an account. Take it first in a transaction, before any row that belongs to the user;
 * rows that only refer to the user can still be inserted.
 */
export async function lockUser(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$queryRaw`select 1 from users where id = ${userId}::uuid for no key update`;
}
