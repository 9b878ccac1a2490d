import 'server-only';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { hashEditKey } from './edit-key';
import { canClaim, type Viewer } from './policy';
import { findPaste, type PasteRecord } from './queries';

/**
 * Makes the viewer the owner of a paste that has none. Its edit key stops working.
 * @throws AppError unauthorized, not_found
 */
export async function claimPaste(
  { slug, editKey }: { slug: string; editKey: string },
  viewer: Viewer,
): Promise<PasteRecord> {
  if (viewer.userId === null) throw new AppError('unauthorized');
  const editKeyHash = hashEditKey(editKey);
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canClaim({ ...viewer, editKeyHash }, paste, at)) throw new AppError('not_found');
  const { count } = await prisma().paste.updateMany({
    where: { id: paste.id, ownerId: null, deletedAt: null, editKeyHash },
    data: { ownerId: viewer.userId, editKeyHash: null, updatedAt: at, settingsVersion: { increment: 1 } },
  });
  const claimed = count === 0 ? null : await findPaste(slug, at);
  if (!claimed) throw new AppError('not_found');
  return claimed;
}
