import { ApiIndex } from '@/components/docs/api-index';
import { ApiIntroduction } from '@/components/docs/api-introduction';
import { groupOperations } from '@/components/docs/api-operations';
import { readApiDocument } from '@/components/docs/read-api-document';
import { guardPage } from '@/components/page/page-guard';
import { PageMain } from '@/components/page/page-main';
import { pageMetadata } from '@/components/page/page-metadata';

export const generateMetadata = pageMetadata('docs.api.heading', 'docs.api.description');

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
