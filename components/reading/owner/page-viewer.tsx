import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';
import { canDelete, canEdit, canHide, canManage, canSeeHistory, canShare } from '@/lib/pastes/policy';
import { countShares } from '@/lib/sharing/queries';
import type { FoundPaste } from '../load/load-paste';
import type { MoreDialogs } from '../more-tools';
import type { PastePageProps } from '../paste-page';
import { DeleteDialog } from './delete-dialog';
import { findHeldKey } from './edit-key';
import { HideDialog } from './hide-dialog';
import { SettingsPanel } from './settings-panel';
import { ShowAgain } from './show-again';

/** Who looks at a paste, and what they may do with it. */
export async function viewerOf(found: FoundPaste): Promise<PastePageProps['viewer']> {
  const { paste, caller, now } = found;
  return {
    isOwner: caller.user !== null && caller.user.id === paste.ownerId,
    isShared: paste.grant !== null,
    rights: {
      canEdit: canEdit(caller, paste, now),
      canSeeHistory: canSeeHistory(caller, paste, now),
      sharedWith: canShare(caller, paste, now) ? ((await countShares([paste.id])).get(paste.id) ?? 0) : null,
      holdsKey: (await findHeldKey(found)) !== null,
    },
  };
}

export function dialogsFor(found: FoundPaste, text: PageText): MoreDialogs {
  const { paste, caller, now } = found;
  return {
    moderation: moderationOf(found),
    deletion: canDelete(caller, paste, now) ? (
      <DeleteDialog slug={paste.slug} triggerClassName="w-full justify-start rounded-sm font-normal" />
    ) : null,
    // A secret paste has its lifetime in the ciphertext too, so that only the composer changes it.
    settings:
      !paste.isSecret && canManage(caller, paste, now) && canEdit(caller, paste, now) ? (
        <SettingsPanel paste={paste} text={text} />
      ) : null,
  };
}

/** The controls for moderators; null for other readers. */
function moderationOf({ paste, caller, now }: FoundPaste): ReactNode {
  if (!canHide(caller, paste, now)) return null;
  return paste.hiddenAt === null ? <HideDialog slug={paste.slug} /> : <ShowAgain slug={paste.slug} />;
}
