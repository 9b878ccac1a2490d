import 'server-only';
import type { UserRecord } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { deliverSoon, queueMail } from '../mail/outbox';
import { lockUser } from './users/lock';

const QUIET_MS = 10 * 60_000;

/** Sends at most one mail per ten minutes, also for concurrent attempts. */
export async function mailAccountExists(user: UserRecord): Promise<void> {
  if (await wasMailedLately(prisma(), user.id)) return;
  await prisma().$transaction(async (tx) => {
    if (!(await lockUser(tx, user.id)) || (await wasMailedLately(tx, user.id))) return;
    const content = { template: 'account_exists', username: user.username } as const;
    await queueMail(tx, { userId: user.id, to: user.email, locale: user.locale, content });
  });
  deliverSoon();
}

async function wasMailedLately(client: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const since = new Date(now().getTime() - QUIET_MS);
  return (await client.outboxMail.count({ where: { userId, createdAt: { gt: since } } })) > 0;
}
