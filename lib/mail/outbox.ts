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

/**
 * Puts a mail into the outbox, in the transaction of the change that needs it: it goes out if and only if
 * that is committed. Call `deliverSoon` afterwards.
 */
export async function queueMail(
  tx: Prisma.TransactionClient,
  mail: { userId: string | null; to: string; locale: string; content: MailContent },
): Promise<void> {
  const { userId, to, locale, content } = mail;
  const queuedAt = now();
  await tx.outboxMail.create({
    data: {
      userId,
      template: content.template,
      sealed: await sealMail({ to, locale, content }),
      createdAt: queuedAt,
      dueAt: queuedAt,
    },
  });
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
