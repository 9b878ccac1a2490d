import { getTranslations } from 'next-intl/server';
import { DropQuery } from '@/components/page/drop-query';
import { heldEditKeys } from '@/components/request/edit-key-cookie';
import { CopyField } from '../copy-field';
import { heldKeyOf } from '../load/viewer';
import type { SeenPaste } from '../seen-paste';

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
export async function ShownEditKey({ found }: { found: SeenPaste }) {
  const key = heldKeyOf(found, await heldEditKeys());
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
