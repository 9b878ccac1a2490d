import 'server-only';
import { type AuditActor, recordAudit } from '../audit/record';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { canHide, hasCredential } from './policy';
import { findPaste } from './queries';
import { withGrant } from './with-grant';

/**
 * Hides a paste from everyone but its owner and moderators, or shows it again.
 * @param reason shown to the owner; null to show the paste again.
 * @param options.check throws to undo it, within the transaction and with the paste locked.
 * @throws AppError unauthorized, not_found
 */
export async function hidePaste(
  slug: string,
  reason: string | null,
  caller: Caller,
  { check }: { check?: (tx: Prisma.TransactionClient, paste: { id: string }) => Promise<void> } = {},
): Promise<void> {
  const { user } = caller;
  if (!user) throw new AppError(hasCredential(caller) ? 'not_found' : 'unauthorized');
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canHide(caller, await withGrant(paste, caller), at)) throw new AppError('not_found');
  await prisma().$transaction(async (tx) => {
    await setHidden(tx, paste, { reason, actor: user });
    await check?.(tx, paste);
  });
}

/** Hides a paste, or shows it again, in the transaction of a decision, and writes it to the audit log. */
export async function setHidden(
  tx: Prisma.TransactionClient,
  { id, slug }: { id: string; slug: string },
  { reason, actor }: { reason: string | null; actor: AuditActor },
): Promise<void> {
  await tx.paste.updateMany({
    where: { id, deletedAt: null },
    data: {
      hiddenAt: reason === null ? null : now(),
      hiddenReason: reason,
      settingsVersion: { increment: 1 },
    },
  });
  await recordAudit(tx, {
    actor,
    action: reason === null ? 'paste_shown' : 'paste_hidden',
    target: { paste: slug },
    details: reason === null ? {} : { reason },
  });
}
