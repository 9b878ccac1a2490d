import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { importPeopleAction } from '@/components/contacts/actions';
import { ImportForm } from '@/components/contacts/import-form';
import { PeopleFrame } from '@/components/contacts/people-frame';
import { guardMemberPage } from '@/components/page/page-guard';
import { setPageHeader } from '@/components/request/page-response';
import { buttonVariants } from '@/components/ui/button-variants';
import { MAX_BOOK_BYTES, MAX_BOOK_ENTRIES, MAX_FAULTS_SHOWN } from '@/lib/contacts/book-entry';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people');
  return { title: t('exchange'), robots: { index: false, follow: false } };
}

export default function ImportPage() {
  return guardMemberPage('member', async () => {
    setPageHeader('X-Robots-Tag', 'noindex');
    const t = await getTranslations('people');
    const composer = await getTranslations('composer');
    return (
      <PeopleFrame heading={t('exchange')}>
        <section aria-labelledby="import" className="mt-8">
          <h2 id="import" className="text-[17px] leading-snug font-[620]">
            {t('import.heading')}
          </h2>
          <p className="mt-1 text-[14px] text-muted">{t('import.explain', { max: MAX_BOOK_ENTRIES })}</p>
          <ImportForm
            action={importPeopleAction}
            maxBytes={MAX_BOOK_BYTES}
            listed={MAX_FAULTS_SHOWN}
            words={{
              file: t('import.file'),
              rest: t('import.rest'),
              submit: t('import.submit'),
              lines: t('import.lines'),
              firstOnes: t('import.firstOnes', { count: MAX_FAULTS_SHOWN }),
              tooLarge: t('import.refusals.tooLarge'),
              unreachable: composer('unreachable'),
            }}
          />
        </section>
        <section aria-labelledby="export" className="mt-8 border-t border-hair pt-8">
          <h2 id="export" className="text-[17px] leading-snug font-[620]">
            {t('export.heading')}
          </h2>
          <p className="mt-1 text-[14px] text-muted">{t('export.explain')}</p>
          <ul className="mt-4 flex flex-col gap-2 text-[14px] text-muted">
            {(['vcf', 'csv'] as const).map((format) => (
              <li key={format} className="flex items-center gap-3">
                <a href={`/people/export.${format}`} className={`${buttonVariants()} w-[76px]`}>
                  {t(`export.${format}`)}
                </a>
                {t(`export.${format}Explain`)}
              </li>
            ))}
          </ul>
        </section>
      </PeopleFrame>
    );
  });
}
