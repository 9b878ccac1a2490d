import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';
import { pasteUrl } from '@/lib/pastes/dto';
import type { PasteRecord } from '@/lib/pastes/queries';
import { shownLanguage } from '@/lib/text/highlight/detect-language';
import type { PatchTotals } from '@/lib/text/rendering/patch-totals';
import { visibleText } from '@/lib/text/unicode/display-text';
import { AuthorItem, SharedNote } from './author-item';
import { ChangeCounts } from './change-counts';
import { languageLabel, languageOf, titleOf } from './display';
import { WrittenMoment } from './moment';
import { SettingItems } from './setting-items';
import { sizeLabel } from './size-label';

interface PasteHeadProps {
  paste: PasteRecord;
  now: Date;
  /** Whether the paste is shared with this reader. */
  isShared?: boolean;
  /** The popover `paste-settings`, for those who may change visibility and lifetime. */
  settings?: ReactNode;
  /** Of the only file. */
  patch?: PatchTotals | null | undefined;
  text: PageText;
}

/** The title and one line about the paste. */
export function PasteHead({ paste, now, isShared = false, settings = null, patch, text }: PasteHeadProps) {
  const { t } = text;
  const { files } = paste;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const languages = new Set(files.map(shownLanguage));
  const title = titleOf(paste, text);
  const fileName = files.length === 1 ? visibleText(files[0]?.name ?? '') : '';
  return (
    <header className="gutter pt-6 pb-4 max-sm:pt-5">
      <h1 className="text-xl leading-[1.25] font-[620] tracking-[-0.015em] [overflow-wrap:anywhere]">
        <bdi>{title}</bdi>
      </h1>
      {paste.burnAfter === null ? <p className="hidden text-sm print:block">{pasteUrl(paste.slug)}</p> : null}
      <ul className="dotted mt-1.5 flex flex-wrap text-sm text-muted">
        {fileName === '' || fileName === title ? null : (
          <li className="max-w-full truncate font-mono text-xs leading-[1.62]">
            <bdi>{fileName}</bdi>
          </li>
        )}
        <AuthorItem paste={paste} text={text} />
        {languages.size === 1 ? <li>{languageLabel(languageOf(paste), text)}</li> : null}
        <li>{sizeLabel(bytes, text)}</li>
        <li>{t('reading.lines', { count: lines })}</li>
        {files.length > 1 ? <li>{t('reading.files', { count: files.length })}</li> : null}
        {patch ? (
          <li>
            {t('history.filesChanged', { count: patch.files })} <ChangeCounts {...patch} text={text} />
          </li>
        ) : null}
        <li>
          <WrittenMoment paste={paste} now={now} text={text} />
        </li>
        <SettingItems paste={paste} now={now} settings={settings} text={text} />
      </ul>
      {settings}
      {isShared ? <SharedNote paste={paste} text={text} /> : null}
    </header>
  );
}
