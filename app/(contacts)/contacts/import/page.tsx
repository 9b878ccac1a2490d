import { getTranslations } from 'next-intl/server';
import { ContactsFrame } from '@/components/contacts/contacts-frame';
import { uploadContactsAction } from '@/components/contacts/import-actions';
import { guardMemberPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';
import { buttonVariants } from '@/components/ui/button-variants';
import { FileForm } from '@/components/ui/file-form';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ENTRIES } from '@/lib/contacts/import-limits';

export const generateMetadata = privateMetadata('contacts.exchange');

export default function ImportPage() {
  return guardMemberPage('member', async () => {
    const t = await getTranslations('contacts');
    const site = await getTranslations('site');
    return (
      <ContactsFrame heading={t('exchange')}>
        <section aria-labelledby="import" className="mt-8">
          <h2 id="import" className="text-lg leading-snug font-[620]">
            {t('import.heading')}
          </h2>
          <p className="mt-1 text-sm text-muted">{t('import.explain', { max: MAX_IMPORT_ENTRIES })}</p>
          <FileForm
            action={uploadContactsAction}
            name="file"
            accept=".vcf,.vcard,.csv,.tsv,.txt,text/vcard,text/x-vcard,text/csv"
            isMain
            maxBytes={MAX_IMPORT_BYTES}
            words={{
              label: t('import.file'),
              submit: t('import.continue'),
              tooLarge: t('import.refusals.tooLarge'),
              unreachable: site('unreachable'),
            }}
          />
        </section>
        <section aria-labelledby="export" className="mt-8 border-t border-hair pt-8">
          <h2 id="export" className="text-lg leading-snug font-[620]">
            {t('export.heading')}
          </h2>
          <p className="mt-1 text-sm text-muted">{t('export.explain')}</p>
          <ul className="mt-4 flex flex-col gap-2 text-sm text-muted">
            {(['vcf', 'csv'] as const).map((format) => (
              <li key={format} className="flex items-center gap-3 wrap-anywhere">
                <a
                  href={`/contacts/export.${format}`}
                  className={`${buttonVariants()} min-w-[76px] shrink-0`}
                >
                  {t(`export.${format}`)}
                </a>
                {t(`export.${format}Explain`)}
              </li>
            ))}
          </ul>
        </section>
      </ContactsFrame>
    );
  });
}
