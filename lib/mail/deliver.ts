import 'server-only';
import { env } from '../core/env';
import { logger } from '../core/logger';
import { prisma } from '../core/prisma';
import { refreshSettings } from '../core/settings/stored-settings';
import { mailer } from './chosen-mailer';
import { MailRefusedError } from './mailer';
import { unsealMail } from './sealed-mail';

/** Sent side by side, and claimed together: no claimed mail waits for another. */
const BATCH = 4;
/** Longer than the time limit of one mail. */
const LEASE_MS = 60_000;
const FIRST_RETRY_MS = 30_000;
const MAX_RETRY_MS = 3_600_000;
const DAY_MS = 86_400_000;
const GIVE_UP_AFTER_MS = 3 * DAY_MS;
const KEEP_SENT_MS = 7 * DAY_MS;
const KEEP_ABANDONED_MS = 30 * DAY_MS;
const REMOVAL_BATCH = 500;

interface ClaimedMail {
  id: string;
  sealed: string;
  attempts: number;
  created_at: Date;
}

/**
 * Sends the outbox's due emails. An email is claimed for a minute, so deliveries may overlap; it
 * is sent outside of any transaction and marked afterwards. Killed in between, it is sent again with the
 * same id, which a provider that knows idempotency ignores. What fails is due again later and later, and
 * given up after three days; what the provider refuses for good is given up at once.
 * @param options.budgetMs after which no further batch is begun.
 */
export async function deliverOutbox(options: {
  now: Date;
  budgetMs: number;
}): Promise<{ sent: number; failed: number }> {
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const clock = () => new Date(options.now.getTime() + elapsed());
  const total = { sent: 0, failed: 0 };
  while (elapsed() < options.budgetMs) {
    const batch = await claimDue(clock());
    const outcomes = await Promise.all(batch.map((row) => deliverOne(row, clock)));
    total.sent += outcomes.filter(Boolean).length;
    total.failed += outcomes.filter((isSent) => !isSent).length;
    if (batch.length < BATCH) break;
  }
  return total;
}

/** Deletes a batch of the mail sent over a week ago, or given up over a month ago. @returns how many rows. */
export function removeOldMail(now: Date): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  return prisma().$executeRaw`
    delete from outbox_mails where ctid in (
      select ctid from outbox_mails
      where sent_at < ${before(KEEP_SENT_MS)} or abandoned_at < ${before(KEEP_ABANDONED_MS)}
      limit ${REMOVAL_BATCH})`;
}

async function claimDue(now: Date): Promise<ClaimedMail[]> {
  const leaseEnd = new Date(now.getTime() + LEASE_MS);
  return prisma().$queryRaw<ClaimedMail[]>`
    update outbox_mails set attempts = attempts + 1, due_at = ${leaseEnd}
    where id in (
      select id from outbox_mails
      where due_at <= ${now} and sent_at is null and abandoned_at is null
      order by due_at limit ${BATCH} for update skip locked)
    returning id::text, sealed, attempts, created_at`;
}

/** @returns whether the mail is out. */
async function deliverOne(row: ClaimedMail, clock: () => Date): Promise<boolean> {
  const mail = await unsealMail(row.sealed);
  if (mail === null) {
    await abandonUnreadable(row, clock());
    return false;
  }
  try {
    await refreshSettings();
    // Loaded with the first mail: React and the templates take tens of megabytes.
    const { renderMail } = await import('./templates/render-mail');
    const rendered = await renderMail(mail.content, mail.locale);
    await mailer().send({ id: row.id, from: env().MAIL_FROM, to: mail.to, ...rendered });
  } catch (error) {
    await recordFailure(row, { now: clock(), error });
    return false;
  }
  await prisma().outboxMail.updateMany({
    where: { id: row.id },
    data: { sentAt: clock(), abandonedAt: null, sealed: '', lastError: null },
  });
  return true;
}

/** Encrypted with a secret that no longer exists; kept in case that secret is restored. */
async function abandonUnreadable({ id }: ClaimedMail, now: Date): Promise<void> {
  const lastError = 'Neither AUTH_SECRET nor AUTH_SECRET_PREVIOUS opens this mail';
  await prisma().outboxMail.updateMany({ where: { id }, data: { abandonedAt: now, lastError } });
  logger().error({ mail: id, reason: lastError }, 'a mail was given up');
}

async function recordFailure(row: ClaimedMail, { now, error }: { now: Date; error: unknown }): Promise<void> {
  const { id, attempts } = row;
  const reason = reasonOf(error);
  const isOver =
    error instanceof MailRefusedError || now.getTime() - row.created_at.getTime() >= GIVE_UP_AFTER_MS;
  const next = isOver ? { abandonedAt: now, sealed: '' } : { dueAt: nextTry(attempts, now) };
  // Another sender, who came after this one's time, may have succeeded or may still be at it.
  await prisma().outboxMail.updateMany({
    where: { id, attempts, sentAt: null },
    data: { ...next, lastError: reason },
  });
  const facts = { mail: id, attempts, reason };
  if (isOver) logger().error(facts, 'a mail was given up');
  else logger().warn(facts, 'a mail was not sent');
}

function nextTry(attempts: number, now: Date): Date {
  const wait = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), MAX_RETRY_MS);
  return new Date(now.getTime() + wait);
}

/** One line without addresses, links or codes: providers may repeat what they were sent. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/\s+/g, ' ')
    .replace(/\S*@\S*/g, '(address)')
    .replace(/https?:\S+/g, '(link)')
    .replace(/[\w-]{24,}/g, '(hidden)')
    .slice(0, 200);
}
