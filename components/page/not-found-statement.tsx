import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { Statement } from './statement';

/** The one answer for whatever is not there, or not for this reader. */
export async function NotFoundStatement() {
  const t = await getTranslations('notFound');
  return (
    <Statement title={t('title')} detail={t('detail')}>
      <a href="/" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {t('action')}
      </a>
    </Statement>
  );
}
