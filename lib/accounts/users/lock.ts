import 'server-only';
import type { Prisma } from '../../generated/prisma/client';

/**
 * Makes whatever changes an account happen one after another. To be taken first in a transaction, before any
 * row that belongs to the user; rows that only refer to the user may still be added meanwhile.
 */
export async function lockUser(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$queryRaw`select 1 from users where id = ${userId}::uuid for no key update`;
}
