import type { ApiDocument } from './api-document';
import type { OperationGroup } from './api-operations';
import { OperationArticle } from './operation-article';

export function ApiGroups({
  document,
  groups,
}: {
  document: ApiDocument;
  groups: readonly OperationGroup[];
}) {
  return groups.map(({ id, name, description, operations }) => (
    <section key={id} aria-labelledby={id} className="mt-12">
      <h2 id={id} lang="en" className="-scroll-mt-10 text-xl leading-tight font-[620] tracking-[-0.012em]">
        {name}
      </h2>
      <p className="mt-1 mb-5 text-muted" lang="en">
        {description}
      </p>
      {operations.map((operation) => (
        <OperationArticle key={operation.operationId} document={document} operation={operation} />
      ))}
    </section>
  ));
}
