import { getFormatter, getTranslations } from 'next-intl/server';
import { languageName } from '@/lib/highlight/languages';
import { withoutBidiControls } from '@/lib/pastes/display-text';

/** What a file is called on a page; nameless ones by their number. */
export async function fileLabel(name: string, number: number): Promise<string> {
  const t = await getTranslations('reading');
  return withoutBidiControls(name).trim() || t('fileNumber', { number });
}

export async function titleOf(paste: { title: string }): Promise<string> {
  const t = await getTranslations('reading');
  return withoutBidiControls(paste.title).trim() || t('untitled');
}

export async function languageLabel(language: string): Promise<string> {
  return languageName(language);
}

const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

export async function sizeLabel(bytes: number): Promise<string> {
  const format = await getFormatter();
  const step = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** step;
  return format.number(amount, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0,
  });
}

/** A moment in the reader's words, and exactly. */
export async function momentLabels(moment: Date, now: Date): Promise<{ relative: string; exact: string }> {
  const format = await getFormatter();
  return {
    relative: format.relativeTime(moment, now),
    exact: format.dateTime(moment, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }) + ' UTC',
  };
}
