import { getTranslations } from 'next-intl/server';
import type { OperationGroup } from './api-operations';
import { MethodName } from './method-name';

/** The groups, and where there is room beside the page every operation of each. */
export async function ApiContents({ groups }: { groups: readonly OperationGroup[] }) {
  const t = await getTranslations('docs');
  return (
    <nav
      aria-label={t('contents')}
      className="no-print text-xs max-lg:w-full lg:sticky lg:top-0 lg:max-h-dvh lg:w-[256px] lg:shrink-0 lg:overflow-y-auto lg:py-8"
    >
      <ul className="flex flex-col max-lg:gap-1.5 max-lg:border-y max-lg:border-hair max-lg:py-3 lg:gap-5 touch:gap-y-0">
        {groups.map(({ id, name, operations }) => (
          <li key={id}>
            <a href={`#${id}`} lang="en" className="tap hover:text-accent max-lg:text-muted lg:font-[620]">
              {name}
            </a>
            <ul className="mt-1.5 flex flex-col gap-y-1 max-lg:hidden">
              {operations.map(({ operationId, method, shortPath }) => (
                <li key={operationId}>
                  <a
                    href={`#${operationId}`}
                    className="flex items-baseline text-muted hover:text-ink touch:min-h-11 touch:items-center [&>code]:hover:underline"
                  >
                    <MethodName method={method} />
                    <code className="font-mono text-2xs wrap-anywhere">{shortPath}</code>
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
}
