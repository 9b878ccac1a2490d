import type { PageText } from '@/lib/core/i18n/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';
import { shownLanguage } from '@/lib/text/highlight/detect-language';
import { languageName, PLAIN_TEXT } from '@/lib/text/highlight/languages';
import { visibleText } from '@/lib/text/unicode/display-text';

/** The title, or the name of the first file; empty if there is neither. */
export function givenTitle({ title, files }: Pick<PasteRecord, 'title' | 'files'>): string {
  return visibleText(title) || visibleText(files[0]?.name ?? '');
}

/** As `givenTitle`, or words in its place. The title of a secret paste is inside its ciphertext. */
export function titleOf(paste: PasteRecord, { t }: PageText): string {
  if (paste.isSecret) return t('secret.title');
  return givenTitle(paste) || t('reading.untitled');
}

/** The language of the first file, as it is shown. */
export function languageOf({ files: [first] }: Pick<PasteRecord, 'files'>): string {
  return first ? shownLanguage(first) : PLAIN_TEXT;
}

export function languageLabel(language: string, { t }: PageText): string {
  return language === 'text' ? t('reading.plainText') : languageName(language);
}

/** A time relative to now, and exactly. */
export function momentLabels(
  moment: Date,
  now: Date,
  { format }: PageText,
): { relative: string; exact: string } {
  const exact = format.dateTime(moment, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return { relative: format.relativeTime(moment, now), exact: `${exact} UTC` };
}
