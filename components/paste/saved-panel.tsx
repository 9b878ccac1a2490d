import { getFormatter, getTranslations } from 'next-intl/server';
import { DropQuery } from '@/components/layout/drop-query';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { pasteUrl } from '@/lib/pastes/dto';
import type { PasteRecord } from '@/lib/pastes/queries';
import { CopyField } from './copy-field';
import { QrCode } from './qr-code';
import { ShareButton } from './share-button';

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
  const url = pasteUrl(paste.slug);
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
          value={url}
          button={{ label: t('copyLink'), ...words }}
          isFirst
        />
        <div className="-ml-2 mt-1 flex flex-wrap items-start gap-x-1">
          <details>
            <summary className={cn(buttonVariants({ variant: 'quiet', size: 'sm' }), 'list-none')}>
              {t('showQr')}
            </summary>
            <div className="px-2 pt-2 pb-1">
              <QrCode text={url} label={t('qrAlt', { url })} />
            </div>
          </details>
          <ShareButton url={url} label={t('share')} />
        </div>
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
