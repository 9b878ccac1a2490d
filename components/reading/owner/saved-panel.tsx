import { getFormatter, getTranslations } from 'next-intl/server';
import { DropQuery } from '@/components/page/drop-query';
import { buttonVariants } from '@/components/ui/button-variants';
import { textLink } from '@/components/ui/text-link';
import { displayEmail } from '@/lib/core/email-display';
import { pasteUrl } from '@/lib/pastes/dto';
import { readsLeft } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { CopyField } from '../copy-field';
import { LinkPanel } from '../link-panel';
import { qrMarkup } from '../qr-code';
import { QrPlace } from '../qr-place';
import { EditKey } from './edit-key';
import { SecretLink } from './secret-link';

/** How many of those that a paste is shared with are named. */
const NAMED = 3;

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
  const sharing = await getTranslations('sharing');
  const format = await getFormatter();
  const words = { copied: reading('copied'), failed: reading('notCopied') };
  const { expiresAt, visibility } = paste;
  const left = readsLeft(paste);
  const isOwned = paste.ownerId !== null;
  const isNew = isOwned ? isUntouched(paste) : editKey !== null;
  const recipients = await nameRecipients(paste);
  const url = pasteUrl(paste.slug);
  const button = { label: t('copyLink'), ...words };
  const field = { id: 'saved-link', label: t('link'), button, isFirst: true };
  const quiet = buttonVariants({ variant: 'quiet' });
  return (
    <section
      aria-label={t(isNew ? 'made' : 'changed')}
      className="no-print gutter border-b border-hair bg-wash pt-5 pb-4"
    >
      <h2 className="text-lg font-[620]">{t(isNew ? 'made' : 'changed')}</h2>
      <p className="mt-0.5 text-sm text-muted">
        {left === null ? null : `${t('burns', { count: left })} `}
        {expiresAt === null
          ? t(`keptAnd.${visibility}`)
          : t(`goneAnd.${visibility}`, { when: format.relativeTime(expiresAt, now) })}
        {isOwned && isNew ? <> {t.rich('amongYours', { link: textLink('/me') })}</> : null}
      </p>
      <div className="mt-3 flex flex-wrap gap-x-2 gap-y-1">
        <div className="min-w-0 max-w-column grow basis-[480px] max-sm:basis-full">
          {paste.isSecret ? (
            <SecretLink
              {...field}
              slug={paste.slug}
              url={url}
              hint={t('keyInLink')}
              missing={t('keyMissing')}
            />
          ) : (
            <CopyField {...field} value={url} />
          )}
        </div>
        <div className="flex flex-wrap max-sm:-ml-3 sm:pt-0.5">
          <button
            type="button"
            popoverTarget="saved-qr"
            aria-haspopup="dialog"
            className={quiet}
            {...(paste.isSecret && { 'data-needs': 'key', hidden: true })}
          >
            {t('showQr')}
          </button>
          <button type="button" data-does="share" hidden className={quiet}>
            {t('share')}
          </button>
          {isOwned ? (
            <a href={`/${paste.slug}/share`} className={quiet}>
              {recipients === ''
                ? sharing('tool', { count: 0 })
                : sharing('toolNamed', { names: recipients })}
            </a>
          ) : null}
          {editKey === null ? null : (
            <button type="button" popoverTarget="saved-edit-key" aria-haspopup="dialog" className={quiet}>
              {t('editKey')}
            </button>
          )}
        </div>
      </div>
      <LinkPanel id="saved-qr" label={t('showQr')}>
        <QrPlace label={t('qrAlt', { url })} {...(paste.isSecret ? {} : { markup: qrMarkup(url) })} />
      </LinkPanel>
      {editKey === null ? null : (
        <LinkPanel id="saved-edit-key" label={t('editKey')}>
          <EditKey value={editKey} />
        </LinkPanel>
      )}
      <DropQuery name="saved" />
    </section>
  );
}

/** Whom the paste is shared with, as a list of few names; empty if it is shared with no one. */
async function nameRecipients({ id, ownerId }: PasteRecord): Promise<string> {
  if (ownerId === null) return '';
  const { nameShares } = await import('@/components/contacts/shown-shares');
  const { listSharesOf } = await import('@/lib/sharing/queries');
  const shares = await nameShares(ownerId, await listSharesOf(id));
  const names = shares.map(({ contactName, email }) => contactName ?? displayEmail(email));
  const left = names.length - NAMED;
  const t = await getTranslations('sharing');
  const format = await getFormatter();
  return format.list(left > 0 ? [...names.slice(0, NAMED), t('others', { count: left })] : names);
}

function isUntouched({ revision, settingsVersion }: PasteRecord): boolean {
  return revision === 1 && settingsVersion === 1;
}
