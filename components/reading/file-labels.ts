import { getTranslations } from 'next-intl/server';
import { visibleText } from '@/lib/text/unicode/display-text';

/** What files are called on a page: nameless ones by their number, those that share a name by both. */
export async function fileLabels(files: readonly { name: string }[]): Promise<string[]> {
  const t = await getTranslations('reading');
  const names = files.map(({ name }) => visibleText(name));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, index) => {
    if (name === '') return t('fileNumber', { number: index + 1 });
    return (counts.get(name) ?? 0) > 1 ? t('fileNumbered', { name, number: index + 1 }) : name;
  });
}
