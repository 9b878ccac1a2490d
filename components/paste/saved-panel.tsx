import { getFormatter, getTranslations } from 'next-intl/server';
import { DropQuery } from '@/components/layout/drop-query';
import { pasteUrl } from '@/lib/pastes/dto';
import type { PasteRecord } from '@/lib/pastes/queries';
import { CopyField } from './copy-field';

interface SavedPanelProps {
  paste: PasteRecord;
  now: Date;
  /** Only right after it was made. */
  editKey: string | null;
}

/** What an author sees after saving: the link, ready to be taken, and what will become of it. */
export async function SavedPanel({ paste, now, editKey }: SavedPanelProps) {
  const t = await getTranslations('saved');
  const reading = await getTranslations('reading');
  const format = await getFormatter();
  const words = { copied: reading('copied'), failed: reading('notCopied') };
  const { expiresAt, visibility } = paste;
  return (
    <section
      aria-label={t(editKey === null ? 'changed' : 'made')}
      className="no-print gutter border-b border-hair bg-wash py-5"
    >
      <h2 className="text-[17px] font-[620]">{t(editKey === null ? 'changed' : 'made')}</h2>
      <p className="mt-0.5 text-[14px] text-muted">
        {expiresAt === null
          ? t(`keptAnd.${visibility}`)
          : t(`goneAnd.${visibility}`, { when: format.relativeTime(expiresAt, now) })}
      </p>
      <div className="mt-3 max-w-[640px]">
        <CopyField
          id="saved-link"
          label={t('link')}
          value={pasteUrl(paste.slug)}
          button={{ label: t('copyLink'), ...words }}
          isFirst
        />
        {editKey === null ? null : (
          <div className="mt-4">
            <CopyField
              id="saved-key"
              label={t('editKey')}
              value={editKey}
              button={{ label: t('copyKey'), ...words }}
              hint={t('keyExplain')}
            />
          </div>
        )}
      </div>
      <DropQuery name="saved" />
    </section>
  );
}
