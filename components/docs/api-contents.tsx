import { getTranslations } from 'next-intl/server';
import { TabLink } from '@/components/ui/tab-link';
import { groupHref, type OperationGroup } from './api-operations';
import { MethodName } from './method-name';

interface ApiContentsProps {
  groups: readonly OperationGroup[];
  /** Whose page it is. */
  current: OperationGroup;
}

/** Links to the groups, as tabs, and below them to the operations of the current one. */
export async function ApiContents({ groups, current }: ApiContentsProps) {
  const t = await getTranslations('docs');
  return (
    <nav aria-label={t('contents')} lang="en" className="no-print mb-8">
      <ul className="tab-row">
        {groups.map(({ id, name }) => (
          <li key={id} className="flex">
            <TabLink href={groupHref(id)} isCurrent={id === current.id}>
              {name}
            </TabLink>
          </li>
        ))}
      </ul>
      <ul className="mt-4 columns-[22rem] gap-x-10">
        {current.operations.map(({ operationId, method, shortPath }) => (
          <li key={operationId} className="break-inside-avoid">
            <a
              href={`#${operationId}`}
              className="flex min-h-7 items-baseline text-muted hover:text-ink touch:min-h-11 touch:items-center [&>code]:hover:underline"
            >
              <MethodName method={method} />
              <code className="font-mono text-xs wrap-anywhere">{shortPath}</code>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
