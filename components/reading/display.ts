import { getFormatter, getTranslations } from 'next-intl/server';
import type { PasteRecord } from '@/lib/pastes/queries';
import { languageName } from '@/lib/text/highlight/languages';
import { visibleText } from '@/lib/text/unicode/display-text';

const PROSE = new Set(['text', 'markdown', 'textile', 'mbox', 'latex']);

/** Whether a text of this language is read rather than aligned, so that its lines wrap. */
export function isProse(language: string): boolean {
  return PROSE.has(language);
}

/** The title, or else the name of the first file; empty if it has neither. */
export function givenTitle({ title, files }: Pick<PasteRecord, 'title' | 'files'>): string {
  return visibleText(title) || visibleText(files[0]?.name ?? '');
}

export async function titleOf(paste: PasteRecord): Promise<string> {
  const t = await getTranslations('reading');
  return givenTitle(paste) || t('untitled');
}

export async function languageLabel(language: string): Promise<string> {
  const t = await getTranslations('reading');
  return language === 'text' ? t('plainText') : languageName(language);
}

export async function sizeLabel(bytes: number): Promise<string> {
  if (bytes < 1000) return (await getTranslations('reading'))('bytes', { count: bytes });
  const format = await getFormatter();
  const [amount, unit] =
    bytes < 1_000_000 ? ([bytes / 1000, 'kilobyte'] as const) : ([bytes / 1_000_000, 'megabyte'] as const);
  return format.number(amount, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: amount < 10 ? 1 : 0,
  });
}

/** A moment in the reader's words, and exactly. */
export async function momentLabels(moment: Date, now: Date): Promise<{ relative: string; exact: string }> {
  const format = await getFormatter();
  const exact = format.dateTime(moment, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
  return { relative: format.relativeTime(moment, now), exact: `${exact} UTC` };
}
