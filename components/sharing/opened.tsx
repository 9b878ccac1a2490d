import { getTranslations } from 'next-intl/server';
import { momentLabels } from '@/components/reading/display';
import { getPageText } from '@/components/request/page-text';

/** When a shared paste was first opened, if it was. */
export async function Opened({ at, now }: { at: Date | null; now: Date }) {
  const t = await getTranslations('sharing');
  if (at === null) return t('notOpened');
  const { relative, exact } = momentLabels(at, now, await getPageText());
  return t.rich('opened', {
    when: relative,
    moment: (words) => (
      <time dateTime={at.toISOString()} title={exact}>
        {words}
      </time>
    ),
  });
}
