import 'server-only';
import { prisma } from '../core/prisma';
import { deliverSoon, queueMails } from '../mail/outbox';
import { mailsToReporters } from './decision-mails';

/** Each may have a hundred reports. */
const BATCH = 20;

/**
 * Removes a batch of the open cases whose paste was deleted without a decision: by its owner or an admin, because it
 * expired or burned, or with its account. Reporters who asked are told. An appeal stays as long as its author has an
 * account.
 * @returns how many
 */
export async function closeGoneCases(): Promise<number> {
  const count = await prisma().$transaction(async (tx) => {
    const gone = await tx.$queryRaw<{ id: string; slug: string }[]>`
      select c.id::text, c.slug from report_cases c
      where c.is_open and (c.appealed_at is null or c.owner_id is null) and not exists (
        select 1 from pastes p where p.id = c.paste_id and p.deleted_at is null)
      limit ${BATCH} for update of c skip locked`;
    for (const found of gone) await queueMails(tx, await mailsToReporters(tx, found, 'gone'));
    await tx.reportCase.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } });
    return gone.length;
  });
  if (count > 0) deliverSoon();
  return count;
}
