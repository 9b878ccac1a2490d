import { buttonVariants } from '@/components/ui/button-variants';
import type { PageText } from '@/lib/core/i18n/page-text';
import { Statement } from './statement';

/** Shown for everything that does not exist, or that the reader may not see. */
export function NotFoundStatement({ text: { t } }: { text: PageText }) {
  return (
    <Statement title={t('notFound.title')} detail={t('notFound.detail')}>
      <a href="/" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {t('notFound.action')}
      </a>
    </Statement>
  );
}
