import 'server-only';
import { recordAudit } from '../audit/record';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { requireMatch } from './etag';
import { canDelete, deletesByRole, hasCredential } from './policy';
import { purgePaste, removeTombstoned, tombstonePaste } from './purge';
import { findPaste } from './queries';

/**
 * Deletes a paste: it is unreadable when this returns; its bodies and rows are removed now if the store
 * answers, otherwise by the sweep.
 * @param options.ifMatch the ETag the caller last saw; another one is `stale`.
 * @throws AppError unauthorized, not_found, stale
 */
export async function deletePaste(
  slug: string,
  caller: Caller,
  { ifMatch }: { ifMatch?: string | undefined } = {},
): Promise<void> {
  if (!hasCredential(caller)) throw new AppError('unauthorized');
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canDelete(caller, paste, at)) throw new AppError('not_found');
  requireMatch(paste, ifMatch);
  const { user } = caller;
  if (user === null || !deletesByRole(caller, paste)) return purgePaste(paste.id, at);
  await prisma().$transaction(async (tx) => {
    await tombstonePaste(tx, paste.id, at);
    await recordAudit(tx, { actor: user, action: 'paste_deleted', target: { paste: paste.slug } });
  });
  await removeTombstoned(paste.id, at);
}
