import 'server-only';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { requireMatch } from './etag';
import { canDelete, hasCredential, type Viewer } from './policy';
import { purgePaste } from './purge';
import { findPaste } from './queries';

/**
 * Ends a paste: it is unreadable when this returns; its bodies and rows are removed now if the store
 * answers, else by the sweep.
 * @param options.ifMatch the ETag the caller last saw; another one is `stale`.
 * @throws AppError unauthorized, not_found, stale
 */
export async function deletePaste(
  slug: string,
  viewer: Viewer,
  { ifMatch }: { ifMatch?: string | undefined } = {},
): Promise<void> {
  if (!hasCredential(viewer)) throw new AppError('unauthorized');
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canDelete(viewer, paste, at)) throw new AppError('not_found');
  requireMatch(paste, ifMatch);
  await purgePaste(paste.id, at);
}
