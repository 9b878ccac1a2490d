import type { PageText } from '@/lib/core/i18n/page-text';
import { visibleText } from '@/lib/text/unicode/display-text';

/** Unique labels of files: unnamed ones by number, those with the same name by both. */
export function fileLabels(files: readonly { name: string }[], { t }: PageText): string[] {
  const names = files.map(({ name }) => visibleText(name));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, index) => {
    if (name === '') return t('reading.fileNumber', { number: index + 1 });
    return (counts.get(name) ?? 0) > 1 ? t('reading.fileNumbered', { name, number: index + 1 }) : name;
  });
}
