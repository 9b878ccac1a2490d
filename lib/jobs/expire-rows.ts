import 'server-only';
import { prisma } from '../db';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

/**
 * Removes what can be used no more: sessions with their tokens, links in mails, accounts whose address
 * nobody confirmed within a day, what happened to accounts over a year ago, and the memory of creates that
 * may be tried again. @returns how many rows.
 */
export async function expireRows(now: Date): Promise<number> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const removed = [
    await prisma().session.deleteMany({ where: { expires: { lt: now } } }),
    await prisma().mailToken.deleteMany({ where: { expiresAt: { lt: dayAgo } } }),
    await prisma().personalToken.deleteMany({ where: { expiresAt: { lt: dayAgo } } }),
    await prisma().securityEvent.deleteMany({
      where: { createdAt: { lt: new Date(now.getTime() - YEAR_MS) } },
    }),
    await prisma().idempotentCreate.deleteMany({ where: { createdAt: { lt: dayAgo } } }),
    await prisma().user.deleteMany({
      where: { emailVerified: null, createdAt: { lt: dayAgo }, pastes: { none: {} } },
    }),
  ];
  return removed.reduce((sum, { count }) => sum + count, 0);
}
