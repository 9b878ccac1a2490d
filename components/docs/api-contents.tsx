import { getTranslations } from 'next-intl/server';
import { groupHref, type OperationGroup } from './api-operations';
import { MethodName } from './method-name';

interface ApiContentsProps {
  groups: readonly OperationGroup[];
  /** Whose page it is. */
  current: OperationGroup;
}

/** The groups, with the operations of the current one; beside the page, if there is room; else the groups alone. */
export async function ApiContents({ groups, current }: ApiContentsProps) {
  const t = await getTranslations('docs');
  return (
    <nav
      aria-label={t('contents')}
      className="no-print text-xs max-lg:w-full lg:sticky lg:top-0 lg:max-h-dvh lg:w-[256px] lg:shrink-0 lg:overflow-y-auto lg:py-2"
    >
      <ul className="flex gap-y-1 max-lg:flex-wrap max-lg:gap-x-4 max-lg:border-b max-lg:border-hair max-lg:pb-3 lg:flex-col touch:gap-y-0">
        {groups.map(({ id, name, operations }) => (
          <li key={id}>
            <a
              href={groupHref(id)}
              aria-current={id === current.id ? 'page' : undefined}
              lang="en"
              className="tap text-muted hover:text-accent aria-[current]:font-[620] aria-[current]:text-ink"
            >
              {name}
            </a>
            {id === current.id ? (
              <ul className="mt-1 mb-3 flex flex-col max-lg:hidden">
                {operations.map(({ operationId, method, shortPath }) => (
                  <li key={operationId}>
                    <a
                      href={`#${operationId}`}
                      className="flex min-h-6 items-baseline text-muted hover:text-ink touch:min-h-11 touch:items-center [&>code]:hover:underline"
                    >
                      <MethodName method={method} />
                      <code className="font-mono text-2xs wrap-anywhere">{shortPath}</code>
                    </a>
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
    </nav>
  );
}
