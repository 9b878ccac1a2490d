import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { ApiContents } from '@/components/docs/api-contents';
import { ApiGroups } from '@/components/docs/api-groups';
import { ApiIntroduction } from '@/components/docs/api-introduction';
import { groupOperations } from '@/components/docs/api-operations';
import { readApiDocument } from '@/components/docs/read-api-document';
import { TrySessionProvider } from '@/components/docs/try-session';
import { guardPage } from '@/components/page/page-guard';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('docs.api');
  return { title: t('heading'), description: t('description') };
}

export default function ApiReferencePage() {
  return guardPage(async () => {
    const document = await readApiDocument();
    const groups = groupOperations(document);
    const { docs } = await getMessages();
    return (
      <main id="main" className="gutter grow pt-8 pb-16 leading-relaxed">
        <div className="mx-auto w-full max-w-[1240px]">
          <ApiIntroduction document={document} />
          <div className="mt-6 flex items-start gap-x-12 gap-y-2 max-lg:flex-col lg:mt-2">
            <ApiContents groups={groups} />
            <div className="min-w-0 grow max-lg:w-full">
              <NextIntlClientProvider messages={{ docs: { api: { try: docs.api.try } } }}>
                <TrySessionProvider>
                  <ApiGroups document={document} groups={groups} />
                </TrySessionProvider>
              </NextIntlClientProvider>
            </div>
          </div>
        </div>
      </main>
    );
  });
}
