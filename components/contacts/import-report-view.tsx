import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { findDuplicates } from '@/lib/contacts/duplicates';
import type { ImportReport } from '@/lib/contacts/import-report';
import { visibleText } from '@/lib/text/unicode/display-text';
import { ImportRemarkList } from './import-remark-list';

interface ImportReportViewProps {
  ownerId: string;
  name: string;
  report: ImportReport;
}

/** What an import has done, and by name what it has left out or put elsewhere. */
export async function ImportReportView({ ownerId, name, report }: ImportReportViewProps) {
  const t = await getTranslations('contacts.import.report');
  const duplicates = await findDuplicates(ownerId, { limit: 1 });
  return (
    <>
      <p className="mt-1 text-sm text-muted [overflow-wrap:anywhere]">
        <bdi>{visibleText(name) || '—'}</bdi>
      </p>
      <dl className="mt-6 grid grid-cols-2 gap-x-10 gap-y-4 sm:flex">
        {(['created', 'completed', 'unchanged', 'left'] as const).map((figure) => (
          <div key={figure} className="flex flex-col-reverse">
            <dt className="text-sm text-muted">{t(figure)}</dt>
            <dd className="text-2xl leading-tight font-[620] tabular-nums">
              {t('figure', { count: report[figure] })}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-6 flex flex-wrap gap-2">
        <a href="/contacts" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
          {t('contacts')}
        </a>
        {duplicates.total === 0 ? null : (
          <a href="/contacts/duplicates" className={buttonVariants({ size: 'lg' })}>
            {t('duplicates', { count: duplicates.total })}
          </a>
        )}
        <a href="/contacts/import" className={buttonVariants({ variant: 'quiet', size: 'lg' })}>
          {t('another')}
        </a>
      </div>
      {report.remarks.total === 0 ? null : (
        <ImportRemarkList heading={t('remarks', { count: report.remarks.total })} remarks={report.remarks} />
      )}
    </>
  );
}
