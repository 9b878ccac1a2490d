import { getTranslations } from 'next-intl/server';
import { DropQuery } from '@/components/page/drop-query';
import { heldEditKeys } from '@/components/request/edit-key-cookie';
import { findInRing } from '@/lib/pastes/edit-key';
import { canManage } from '@/lib/pastes/policy';
import { CopyField } from '../copy-field';
import type { FoundPaste } from '../load/load-paste';

/** The edit key of a paste, to copy. */
export async function EditKey({ value }: { value: string }) {
  const t = await getTranslations('saved');
  const reading = await getTranslations('reading');
  return (
    <CopyField
      id="saved-key"
      label={t('editKey')}
      value={value}
      button={{ label: t('copyKey'), copied: reading('copied'), failed: reading('notCopied') }}
      hint={t('keyExplain')}
    />
  );
}

/** The edit key again, where this browser holds it and the author asks for it with `?key`. */
export async function ShownEditKey({ found }: { found: FoundPaste }) {
  const key = await findHeldKey(found);
  if (key === null) return null;
  const t = await getTranslations('saved');
  return (
    <section aria-label={t('editKey')} className="no-print gutter border-b border-hair bg-wash py-4">
      <div className="max-w-column">
        <EditKey value={key} />
      </div>
      <DropQuery name="key" />
    </section>
  );
}

/** The edit key that opens this paste and that this browser holds; null if there is none. */
export async function findHeldKey({ paste, caller, now }: FoundPaste): Promise<string | null> {
  const isKeyHolder = paste.ownerId === null && canManage(caller, paste, now);
  return isKeyHolder ? findInRing(await heldEditKeys(), paste.slug) : null;
}
