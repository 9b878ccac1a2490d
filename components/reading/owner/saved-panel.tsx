import { getFormatter, getTranslations } from 'next-intl/server';
import { DropQuery } from '@/components/page/drop-query';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { textLink } from '@/components/ui/text-link';
import { pasteUrl } from '@/lib/pastes/dto';
import { readsLeft } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { CopyField } from '../copy-field';
import { QrCode } from './qr-code';
import { SecretLink } from './secret-link';
import { ShareButton } from './share-button';

interface SavedPanelProps {
  paste: PasteRecord;
  now: Date;
  /** Only right after the paste was created. */
  editKey: string | null;
}

/** Shown to the author after saving: the link to copy, and the expiry of the paste. */
export async function SavedPanel({ paste, now, editKey }: SavedPanelProps) {
  const t = await getTranslations('saved');
  const reading = await getTranslations('reading');
  const format = await getFormatter();
  const words = { copied: reading('copied'), failed: reading('notCopied') };
  const { expiresAt, visibility } = paste;
  const left = readsLeft(paste);
  const isOwned = paste.ownerId !== null;
  const isNew = isOwned ? isUntouched(paste) : editKey !== null;
  const url = pasteUrl(paste.slug);
  return (
    <section
      aria-label={t(isNew ? 'made' : 'changed')}
      className="no-print gutter border-b border-hair bg-wash py-5"
    >
      <h2 className="text-lg font-[620]">{t(isNew ? 'made' : 'changed')}</h2>
      <p className="mt-0.5 text-sm text-muted">
        {left === null ? null : `${t('burns', { count: left })} `}
        {expiresAt === null
          ? t(`keptAnd.${visibility}`)
          : t(`goneAnd.${visibility}`, { when: format.relativeTime(expiresAt, now) })}
      </p>
      <div
        className={cn(
          'mt-3 grid max-w-[640px] grid-cols-1 gap-x-12 gap-y-4 lg:max-w-[1240px] lg:grid-cols-2',
          editKey !== null && 'lg:mt-7',
        )}
      >
        <div>
          {paste.isSecret ? (
            <SecretLink
              slug={paste.slug}
              url={url}
              words={{
                link: t('link'),
                copy: { label: t('copyLink'), ...words },
                explain: t('keyInLink'),
                missing: t('keyMissing'),
                showQr: t('showQr'),
                qrAlt: t('qrAlt', { url }),
                share: t('share'),
              }}
            />
          ) : (
            <>
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
            </>
          )}
        </div>
        {editKey === null ? null : (
          <div className="lg:-mt-[22px]">
            <CopyField
              id="saved-key"
              label={t('editKey')}
              value={editKey}
              button={{ label: t('copyKey'), ...words }}
              hint={t('keyExplain')}
            />
          </div>
        )}
        {isOwned && isNew ? (
          <p className="text-sm text-muted lg:py-2.5">{t.rich('amongYours', { link: textLink('/me') })}</p>
        ) : null}
      </div>
      <DropQuery name="saved" />
    </section>
  );
}

function isUntouched({ revision, settingsVersion }: PasteRecord): boolean {
  return revision === 1 && settingsVersion === 1;
}
