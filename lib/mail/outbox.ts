import 'server-only';
import { runAfterResponse } from '../core/after-response';
import { now } from '../core/clock';
import { logger } from '../core/logger';
import type { Prisma } from '../generated/prisma/client';
import { deliverOutbox } from './deliver';
import { sealMail } from './sealed-mail';
import type { MailContent } from './templates/content';

const BUDGET_MS = 20_000;

let running: Promise<void> | undefined;
let isAskedAgain = false;

interface QueuedMail {
  userId: string | null;
  to: string;
  locale: string;
  content: MailContent;
}

/**
 * Puts a mail into the outbox, in the transaction of the change that needs it: it goes out if and only if
 * that is committed. Call `deliverSoon` afterwards.
 */
export function queueMail(tx: Prisma.TransactionClient, mail: QueuedMail): Promise<void> {
  return queueMails(tx, [mail]);
}

/** As `queueMail`, for several mails in one statement. */
export async function queueMails(tx: Prisma.TransactionClient, mails: readonly QueuedMail[]): Promise<void> {
  if (mails.length === 0) return;
  const queuedAt = now();
  const data = await Promise.all(
    mails.map(async ({ userId, to, locale, content }) => ({
      userId,
      template: content.template,
      sealed: await sealMail({ to, locale, content }),
      createdAt: queuedAt,
      dueAt: queuedAt,
    })),
  );
  await tx.outboxMail.createMany({ data });
}

/** Delivers what is due, after the response. Never throws; what fails is tried again by the sweep. */
export function deliverSoon(): void {
  runAfterResponse(deliverDue);
}

/** One delivery at a time; a call during one starts another, as the first may have missed its email. */
function deliverDue(): Promise<void> {
  isAskedAgain = running !== undefined;
  running ??= deliverUntilDone();
  return running;
}

async function deliverUntilDone(): Promise<void> {
  do {
    isAskedAgain = false;
    try {
      await deliverOutbox({ now: now(), budgetMs: BUDGET_MS });
    } catch (error) {
      logger().error({ err: error }, 'mail is left to the sweep');
    }
  } while (isAskedAgain);
  running = undefined;
}
