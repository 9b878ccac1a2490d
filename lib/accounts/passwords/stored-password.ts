import 'server-only';
import { now } from '../../core/clock';
import type { Prisma } from '../../generated/prisma/client';

/** Sets the password of an account. @param hash from `hashPassword` @returns when it was set */
export async function storePassword(
  tx: Prisma.TransactionClient,
  userId: string,
  hash: string,
): Promise<Date> {
  const change = { hash, changedAt: now() };
  await tx.credential.upsert({
    where: { userId },
    create: { userId, ...change },
    update: change,
    select: { userId: true },
  });
  return change.changedAt;
}

/** Removes the account's password; only a mailed link can set a new one. */
export async function dropPassword(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.credential.deleteMany({ where: { userId } });
}
