import type { PageText } from '@/lib/core/i18n/page-text';
import { totalBytes } from '@/lib/pastes/large-reads';
import { readsLeft } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { AuthorItem, SharedNote } from '../author-item';
import { ExpiryMoment, WrittenMoment } from '../moment';
import { sizeLabel } from '../size-label';
import { SecretTitle } from './secret-title';

interface SecretHeadProps {
  paste: PasteRecord;
  now: Date;
  isShared: boolean;
  text: PageText;
}

/** As `PasteHead`, of what the server knows; the script adds what it decrypts. */
export function SecretHead({ paste, now, isShared, text }: SecretHeadProps) {
  const { t } = text;
  const left = readsLeft(paste);
  return (
    <header className="gutter pt-6 pb-4 max-sm:pt-5">
      <SecretTitle>{t('secret.title')}</SecretTitle>
      <ul id="secret-facts" className="dotted mt-1.5 flex flex-wrap text-sm text-muted">
        <AuthorItem paste={paste} text={text} />
        <li data-while="closed">
          {t('secretPage.encrypted', { size: sizeLabel(totalBytes(paste.stored), text) })}
        </li>
        <li>
          <WrittenMoment paste={paste} now={now} text={text} />
        </li>
        <li className="text-ink">
          <ExpiryMoment paste={paste} now={now} text={text} />
        </li>
        {left === null ? null : (
          <li className="text-ink" data-while="closed">
            {t('burning.burnsAfter', { count: left })}
          </li>
        )}
        <li>{t(`visibilities.${paste.visibility}`)}</li>
      </ul>
      {isShared ? <SharedNote paste={paste} text={text} /> : null}
    </header>
  );
}
