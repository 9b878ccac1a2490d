import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';
import { canDelete, canEdit, canHide, canManage } from '@/lib/pastes/policy';
import type { MoreDialogs } from '../more-tools';
import type { SeenPaste } from '../seen-paste';
import { DeleteDialog } from './delete-dialog';
import { HideDialog } from './hide-dialog';
import { SettingsPanel } from './settings-panel';
import { ShowAgain } from './show-again';

/** The forms on the page of a paste for those who may change it. */
export function dialogsFor(seen: SeenPaste, text: PageText): MoreDialogs {
  const { paste, caller, now } = seen;
  return {
    moderation: moderationOf(seen, text),
    deletion: canDelete(caller, paste, now) ? (
      <DeleteDialog
        slug={paste.slug}
        triggerClassName="w-full justify-start rounded-sm border-0 font-normal"
        text={text}
      />
    ) : null,
    // A secret paste has its lifetime in the ciphertext too, so that only the composer changes it.
    settings:
      !paste.isSecret && canManage(caller, paste, now) && canEdit(caller, paste, now) ? (
        <SettingsPanel paste={paste} text={text} />
      ) : null,
  };
}

/** The controls for moderators; null for other readers. */
function moderationOf({ paste, caller, now }: SeenPaste, text: PageText): ReactNode {
  if (!canHide(caller, paste, now)) return null;
  const same = { slug: paste.slug, text };
  return paste.hiddenAt === null ? <HideDialog {...same} /> : <ShowAgain {...same} />;
}
