import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApiIndex } from '@/components/docs/api-index';
import { ApiIntroduction } from '@/components/docs/api-introduction';
import { groupOperations } from '@/components/docs/api-operations';
import { readApiDocument } from '@/components/docs/read-api-document';
import { guardPage } from '@/components/page/page-guard';
import { PageMain } from '@/components/page/page-main';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('docs.api');
  return { title: t('heading'), description: t('description') };
}

export default function ApiReferencePage() {
  return guardPage(async () => {
    const document = await readApiDocument();
    return (
      <PageMain width="wide" className="leading-relaxed">
        <ApiIntroduction document={document} />
        <ApiIndex groups={groupOperations(document)} />
      </PageMain>
    );
  });
}
