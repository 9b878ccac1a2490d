import { titleOf } from '@/components/reading/display';
import { Moment } from '@/components/reading/moment';
import { sizeLabel } from '@/components/reading/size-label';
import type { PageText } from '@/lib/core/i18n/page-text';
import { totalBytes } from '@/lib/pastes/large-reads';
import type { PasteRecord } from '@/lib/pastes/queries';
import { visibleText } from '@/lib/text/unicode/display-text';
import { LanguageItem } from './language-item';

interface ContentFactsProps {
  paste: PasteRecord;
  now: Date;
  text: PageText;
}

/** Items of a row's line about a paste: what is in it, and since when it exists. */
export function ContentFacts({ paste, now, text }: ContentFactsProps) {
  const [first] = paste.files;
  const fileName = visibleText(first?.name ?? '');
  return (
    <>
      {fileName === '' || fileName === titleOf(paste, text) ? null : (
        <li className="max-w-full truncate font-mono text-2xs leading-[1.65]">
          <bdi>{fileName}</bdi>
        </li>
      )}
      <LanguageItem paste={paste} text={text} />
      <li>{sizeLabel(totalBytes(paste.stored), text)}</li>
      {paste.files.length > 1 ? <li>{text.t('reading.files', { count: paste.files.length })}</li> : null}
      <li>
        <Moment event="made" at={paste.createdAt} now={now} text={text} />
      </li>
    </>
  );
}
