import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { guardPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { env } from '@/lib/core/env';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports');
  return { title: t('abuse.heading'), description: t('abuse.description') };
}

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
                address: () => (
                  <a key="address" href={`mailto:${CONTACT_EMAIL}`} className="text-link">
                    {CONTACT_EMAIL}
                  </a>
                ),
              })}
            </p>
            <p className="mt-1">
              {t.rich('abuse.security', {
                file: () => (
                  <a key="file" href="/.well-known/security.txt" className="text-link">
                    security.txt
                  </a>
                ),
              })}
            </p>
          </section>
        )}
      </PageMain>
    );
  });
}
