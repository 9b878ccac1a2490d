import { getTranslations } from 'next-intl/server';
import { PageHeading } from '@/components/page/page-heading';
import type { ApiDocument } from './api-document';
import type { OperationGroup } from './api-operations';
import { OperationArticle } from './operation-article';

export async function ApiGroupHeader({ group }: { group: OperationGroup }) {
  const t = await getTranslations('docs');
  return (
    <header className="max-w-measure">
      <p className="text-sm">
        <a href="/docs/api" className="tap text-muted hover:text-ink">
          ← {t('api.heading')}
        </a>
      </p>
      <div lang="en">
        <PageHeading className="mt-1">{group.name}</PageHeading>
        <p className="mt-1 text-muted">{group.description}</p>
      </div>
    </header>
  );
}

export function ApiGroup({ document, group }: { document: ApiDocument; group: OperationGroup }) {
  return group.operations.map((operation) => (
    <OperationArticle key={operation.operationId} document={document} operation={operation} />
  ));
}
