import 'server-only';
import { findGrant } from './grants';
import type { PasteFacts, Viewer } from './policy';

/** The viewer with what the paste's owner gave them on it. One query, and only for whoever may have a share. */
export async function meet(viewer: Viewer, paste: PasteFacts & { id: string }): Promise<Viewer> {
  if (paste.ownerId === null || paste.ownerId === viewer.userId) return viewer;
  const grant = await findGrant(paste.id, viewer);
  return grant === null ? viewer : { ...viewer, grant };
}
