import 'server-only';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { hashEditKey } from './edit-key';
import { canClaim } from './policy';
import { findPaste, type PasteRecord } from './queries';
import { readPasteBytes, withinQuota } from './quota';

/**
 * Makes the caller the owner of a paste that has none. Its edit key stops working.
 * @throws AppError unauthorized, not_found, quota_exceeded
 */
export async function claimPaste(
  { slug, editKey }: { slug: string; editKey: string },
  caller: Caller,
): Promise<PasteRecord> {
  if (caller.user === null) throw new AppError('unauthorized');
  const editKeyHash = hashEditKey(editKey);
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canClaim({ ...caller, editKeyHash }, paste, at)) throw new AppError('not_found');
  const { id: ownerId } = caller.user;
  const bytes = await readPasteBytes(paste.id);
  const { count } = await withinQuota({ ownerId, bytes, pastes: 1, isStored: true }, () =>
    prisma().paste.updateMany({
      where: { id: paste.id, ownerId: null, deletedAt: null, editKeyHash },
      data: { ownerId, editKeyHash: null, updatedAt: at, settingsVersion: { increment: 1 } },
    }),
  );
  const claimed = count === 0 ? null : await findPaste(slug, at);
  if (!claimed) throw new AppError('not_found');
  return claimed;
}
