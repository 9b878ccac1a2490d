import 'server-only';
import { findGrant } from './grants';
import type { PasteFacts, Viewer } from './policy';

/** The viewer with the grant that a share gives them on this paste. One query, unless they cannot have a share. */
export async function withGrant(viewer: Viewer, paste: PasteFacts & { id: string }): Promise<Viewer> {
  if (paste.ownerId === null || paste.ownerId === viewer.userId) return viewer;
  const grant = await findGrant(paste.id, viewer);
  return grant === null ? viewer : { ...viewer, grant };
}
