import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { Statement } from './statement';

/** Shown for everything that does not exist, or that the reader may not see. */
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
