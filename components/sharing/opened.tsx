import { getTranslations } from 'next-intl/server';
import { momentValues } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';

/** When a shared paste was first opened, if it was. */
export async function Opened({ at, now }: { at: Date | null; now: Date }) {
  const t = await getTranslations('sharing');
  if (at === null) return t('notOpened');
  return t.rich('opened', momentValues(at, now, await getPageText()));
}
