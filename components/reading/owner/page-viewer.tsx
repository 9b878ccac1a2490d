import type { ReactNode } from 'react';
import { canDelete, canEdit, canHide, canSeeHistory, canShare } from '@/lib/pastes/policy';
import { countShares } from '@/lib/sharing/queries';
import type { FoundPaste } from '../load/load-paste';
import type { MoreDialogs } from '../more-tools';
import type { PastePageProps } from '../paste-page';
import { DeleteDialog } from './delete-dialog';
import { HideDialog } from './hide-dialog';
import { ShowAgain } from './show-again';

/** Who looks at a paste, and what they may do with it. */
export async function viewerOf({ paste, caller, now }: FoundPaste): Promise<PastePageProps['viewer']> {
  return {
    isOwner: caller.user !== null && caller.user.id === paste.ownerId,
    isShared: paste.grant !== null,
    rights: {
      canEdit: canEdit(caller, paste, now),
      canSeeHistory: canSeeHistory(caller, paste, now),
      sharedWith: canShare(caller, paste, now) ? ((await countShares([paste.id])).get(paste.id) ?? 0) : null,
    },
  };
}

export function dialogsFor(found: FoundPaste): MoreDialogs {
  const { paste, caller, now } = found;
  return {
    moderation: moderationOf(found),
    deletion: canDelete(caller, paste, now) ? (
      <DeleteDialog slug={paste.slug} triggerClassName="w-full justify-start rounded-sm font-normal" />
    ) : null,
  };
}

/** The controls for moderators; null for other readers. */
function moderationOf({ paste, caller, now }: FoundPaste): ReactNode {
  if (!canHide(caller, paste, now)) return null;
  return paste.hiddenAt === null ? <HideDialog slug={paste.slug} /> : <ShowAgain slug={paste.slug} />;
}
