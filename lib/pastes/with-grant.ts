import 'server-only';
import type { Caller } from '../core/caller';
import { findGrant, type Grant } from './grants';
import type { PasteFacts } from './policy';

/** The paste with the grant that a share gives the caller. One query, unless they cannot have a share. */
export async function withGrant<Paste extends PasteFacts & { id: string }>(
  paste: Paste,
  { user, shareIds }: Caller,
): Promise<Paste & { grant: Grant | null }> {
  if (paste.ownerId === null || paste.ownerId === user?.id) return { ...paste, grant: null };
  return { ...paste, grant: await findGrant(paste.id, { email: user?.email ?? null, shareIds }) };
}
