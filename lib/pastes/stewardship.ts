import 'server-only';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { hashEditKey } from './edit-key';
import { meet } from './meet';
import { canClaim, canHide, hasCredential, type Viewer } from './policy';
import { findPaste, type PasteRecord } from './queries';

/**
 * Makes a paste that has no owner the viewer's own; its edit key is worth nothing from then on.
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

/**
 * Takes a paste out of sight, with a reason that its owner is told; or gives it back, with none.
 * @throws AppError unauthorized, not_found
 */
export async function hidePaste(slug: string, reason: string | null, viewer: Viewer): Promise<void> {
  if (!hasCredential(viewer)) throw new AppError('unauthorized');
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canHide(await meet(viewer, paste), paste, at)) throw new AppError('not_found');
  await prisma().paste.updateMany({
    where: { id: paste.id, deletedAt: null },
    data: {
      hiddenAt: reason === null ? null : at,
      hiddenReason: reason,
      settingsVersion: { increment: 1 },
    },
  });
}
