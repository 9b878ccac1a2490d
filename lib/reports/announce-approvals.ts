import 'server-only';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { deliverSoon } from '../mail/outbox';
import { claimHour, mailModerators } from './announce';
import { WAITING } from './approval-queries';

const JOB = 'announce-approvals';
const HOUR_MS = 3_600_000;
/** What was saved since then is left to the next mail: some of it may not be committed yet. */
const SETTLED_AFTER_MS = 10_000;
const MAX_COUNTED = 1_000;

/**
 * Mails the moderators about members with pastes that wait for a first approval, if there are any that were saved since
 * the last such mail, at most once an hour. The sweep calls it.
 * @returns how many mails were queued
 */
export async function announceApprovals(at: Date): Promise<number> {
  const before = await prisma().jobCursor.findUnique({ where: { job: JOB }, select: { cursor: true } });
  const last = new Date(before?.cursor ?? 0).getTime();
  if (at.getTime() - last < HOUR_MS) return 0;
  const count = await prisma().$transaction(async (tx) => {
    const fresh = await countWaiting(tx, at, last);
    if (fresh === 0 || !(await claimHour(tx, JOB, at))) return 0;
    return mailModerators(tx, (username) => ({ template: 'new_approvals', username, fresh }));
  });
  if (count > 0) deliverSoon();
  return count;
}

/** Members with pastes that wait and were saved since the mail of `last`, in milliseconds. */
async function countWaiting(tx: Prisma.TransactionClient, at: Date, last: number): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<{ fresh: number }[]>(
    `select count(*)::int as fresh from (
       select from users u where u.awaits_approval and u.banned_at is null and exists (
         select 1 from pastes p where p.owner_id = u.id and p.updated_at > $2 and p.updated_at <= $3
           and ${WAITING})
       limit ${MAX_COUNTED}) u`,
    at,
    new Date(last - SETTLED_AFTER_MS),
    new Date(at.getTime() - SETTLED_AFTER_MS),
  );
  return row?.fresh ?? 0;
}
