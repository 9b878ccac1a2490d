import { languageLabel, sizeLabel, titleOf } from '@/components/reading/display';
import { Moment } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';
import { visibleText } from '@/lib/text/unicode/display-text';

interface PasteFactsProps {
  paste: PasteRecord;
  now: Date;
  /** Hides the visibility in a list of public pastes. */
  isAmongPublic?: boolean;
  /** With how many people. */
  sharedWith?: number;
}

/** One line about one of the user's own pastes: its content, visibility, creation time and expiry. */
export async function PasteFacts({ paste, now, isAmongPublic = false, sharedWith = 0 }: PasteFactsProps) {
  const text = await getPageText();
  const { t } = text;
  const [first] = paste.files;
  const bytes = paste.files.reduce((sum, file) => sum + file.bytes, 0);
  const fileName = visibleText(first?.name ?? '');
  return (
    <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted touch:pointer-events-none">
      {paste.hiddenAt === null ? null : <li className="font-medium text-danger">{t('own.hidden')}</li>}
      {isAmongPublic ? null : (
        <li className={paste.visibility === 'public' ? 'text-accent' : 'text-ink'}>
          {t(`visibilities.${paste.visibility}`)}
        </li>
      )}
      {sharedWith === 0 ? null : <li>{t('own.sharedWith', { count: sharedWith })}</li>}
      {fileName === '' || fileName === titleOf(paste, text) ? null : (
        <li className="max-w-full truncate font-mono text-2xs leading-[1.65]">
          <bdi>{fileName}</bdi>
        </li>
      )}
      <li>{languageLabel(first?.language ?? 'text', text)}</li>
      <li>{sizeLabel(bytes, text)}</li>
      {paste.files.length > 1 ? <li>{t('reading.files', { count: paste.files.length })}</li> : null}
      <li>
        <Moment event="made" at={paste.createdAt} now={now} text={text} />
      </li>
      <li>
        {paste.expiresAt === null ? (
          t('reading.kept')
        ) : (
          <Moment event="gone" at={paste.expiresAt} now={now} text={text} />
        )}
      </li>
    </ul>
  );
}
