import { type EditKeyRing, findInRing } from '@/lib/pastes/edit-key';
import { canEdit, canManage, canSeeHistory, canShare } from '@/lib/pastes/policy';
import { countShares } from '@/lib/sharing/count-shares';
import type { PastePageProps } from '../paste-page';
import type { SeenPaste } from '../seen-paste';

/** Who looks at a paste, and what they may do with it. `ring` holds the edit keys of this browser. */
export async function viewerOf(seen: SeenPaste, ring: EditKeyRing): Promise<PastePageProps['viewer']> {
  const { paste, caller, now } = seen;
  return {
    isOwner: caller.user !== null && caller.user.id === paste.ownerId,
    isShared: paste.grant !== null,
    rights: {
      canEdit: canEdit(caller, paste, now),
      canSeeHistory: canSeeHistory(caller, paste, now),
      sharedWith: canShare(caller, paste, now) ? ((await countShares([paste.id])).get(paste.id) ?? 0) : null,
      holdsKey: heldKeyOf(seen, ring) !== null,
    },
  };
}

/** The edit key that opens this paste and that this browser holds; null if there is none. */
export function heldKeyOf({ paste, caller, now }: SeenPaste, ring: EditKeyRing): string | null {
  const isKeyHolder = paste.ownerId === null && canManage(caller, paste, now);
  return isKeyHolder ? findInRing(ring, paste.slug) : null;
}
