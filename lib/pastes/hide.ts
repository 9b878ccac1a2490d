import 'server-only';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { canHide, hasCredential } from './policy';
import { findPaste } from './queries';
import { withGrant } from './with-grant';

/**
 * Hides a paste from everyone but its owner and moderators, or shows it again.
 * @param reason shown to the owner; null to show the paste again.
 * @throws AppError unauthorized, not_found
 */
export async function hidePaste(slug: string, reason: string | null, caller: Caller): Promise<void> {
  if (!hasCredential(caller)) throw new AppError('unauthorized');
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canHide(caller, await withGrant(paste, caller), at)) throw new AppError('not_found');
  await prisma().paste.updateMany({
    where: { id: paste.id, deletedAt: null },
    data: {
      hiddenAt: reason === null ? null : at,
      hiddenReason: reason,
      settingsVersion: { increment: 1 },
    },
  });
}
