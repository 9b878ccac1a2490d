import { getTranslations } from 'next-intl/server';
import { guardPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { pageMetadata } from '@/components/page/page-metadata';
import { textLink } from '@/components/ui/text-link';
import { env } from '@/lib/core/env';

export const generateMetadata = pageMetadata('reports.abuse.heading', 'reports.abuse.description');

export default function AbusePage() {
  return guardPage(async () => {
    const t = await getTranslations('reports');
    const { CONTACT_EMAIL } = env();
    return (
      <PageMain width="column" className="flex flex-col gap-7 leading-relaxed">
        <PageHeading>{t('abuse.heading')}</PageHeading>
        <section>
          <h2 className="text-lg font-[620]">{t('abuse.paste')}</h2>
          <p className="mt-1">{t('abuse.pasteHow')}</p>
        </section>
        {CONTACT_EMAIL === undefined ? null : (
          <section>
            <h2 className="text-lg font-[620]">{t('abuse.contact')}</h2>
            <p className="mt-1">
              {t.rich('abuse.contactHow', {
                address: () => textLink(`mailto:${CONTACT_EMAIL}`)(CONTACT_EMAIL),
              })}
            </p>
            <p className="mt-1">
              {t.rich('abuse.security', {
                file: () => textLink('/.well-known/security.txt')('security.txt'),
              })}
            </p>
          </section>
        )}
      </PageMain>
    );
  });
}
