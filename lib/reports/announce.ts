import 'server-only';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { deliverSoon, queueMails } from '../mail/outbox';
import type { MailContent } from '../mail/templates/content';
import { QUEUED } from './queued';

const JOB = 'announce-reports';
const HOUR_MS = 3_600_000;
const MAX_RECIPIENTS = 50;

/**
 * Mails the moderators about queued cases that were opened since the last such mail, at most once an hour; the sweep
 * calls it too, for those that came in within the hour.
 * @returns how many mails were queued
 */
export async function announceCases(at: Date): Promise<number> {
  const count = await prisma().$transaction(async (tx) => {
    if ((await countQueued(tx, at)).fresh === 0) return 0;
    if (!(await claimHour(tx, JOB, at))) return 0;
    const { fresh, open } = await countQueued(tx, at);
    if (fresh === 0) return 0;
    await tx.reportCase.updateMany({ where: { isOpen: true, announced: false }, data: { announced: true } });
    return mailModerators(tx, (username) => ({ template: 'new_reports', username, fresh, open }));
  });
  if (count > 0) deliverSoon();
  return count;
}

/** @returns how many mails were queued */
export async function mailModerators(
  tx: Prisma.TransactionClient,
  contentFor: (username: string) => MailContent,
): Promise<number> {
  const moderators = await tx.user.findMany({
    where: { role: { in: ['moderator', 'admin'] }, bannedAt: null, emailVerified: { not: null } },
    orderBy: { id: 'asc' },
    take: MAX_RECIPIENTS,
    select: { id: true, email: true, username: true, locale: true },
  });
  const mails = moderators.map(({ id, email, username, locale }) => ({
    userId: id,
    to: email,
    locale,
    content: contentFor(username),
  }));
  await queueMails(tx, mails);
  return mails.length;
}

/** Cases as the queue lists them; `fresh` are those that moderators were not told of. */
async function countQueued(tx: Prisma.TransactionClient, at: Date): Promise<{ fresh: number; open: number }> {
  const [counts = { fresh: 0, open: 0 }] = await tx.$queryRawUnsafe<{ fresh: number; open: number }[]>(
    `select count(*)::int as open, (count(*) filter (where not c.announced))::int as fresh
     from report_cases c where ${QUEUED}`,
    at,
  );
  return counts;
}

/** Whether the last mail was an hour ago; if so, this is the next one. Waits for another transaction that asks. */
export async function claimHour(tx: Prisma.TransactionClient, job: string, at: Date): Promise<boolean> {
  const claimed = await tx.$queryRaw<unknown[]>`
    insert into job_cursors as j (job, cursor) values (${job}, ${at.toISOString()})
    on conflict (job) do update set cursor = excluded.cursor
      where j.cursor <= ${new Date(at.getTime() - HOUR_MS).toISOString()}
    returning 1`;
  return claimed.length > 0;
}
