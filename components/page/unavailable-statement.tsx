import { buttonVariants } from '@/components/ui/button-variants';
import type { AppError } from '@/lib/core/errors';
import type { PageText } from '@/lib/core/i18n/page-text';
import { Statement } from './statement';

interface UnavailableStatementProps {
  problem: AppError;
  /** Path and query of the page, to try again. */
  path: string;
  text: PageText;
}

/** Shown in place of a page that failed. */
export function UnavailableStatement({ problem, path, text: { t } }: UnavailableStatementProps) {
  const kind = kindOf(problem);
  const title = t(kind === 'internal' ? 'unavailable.internalTitle' : 'unavailable.databaseTitle');
  return (
    <Statement title={title} detail={t(`unavailable.${kind}`)}>
      <a href={path} className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {t('unavailable.retry')}
      </a>
    </Statement>
  );
}

function kindOf({ code }: AppError): 'database' | 'storage' | 'busy' | 'internal' {
  if (code === 'database_unavailable') return 'database';
  if (code === 'overloaded') return 'busy';
  return code === 'storage_unavailable' ? 'storage' : 'internal';
}
