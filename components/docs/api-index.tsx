import { getTranslations } from 'next-intl/server';
import { groupHref, type OperationGroup } from './api-operations';
import { InlineCode } from './inline-code';
import { MethodName } from './method-name';

/**
 * Every operation, by group, with the link to its description. Links to the anchors that the descriptions had when
 * they were all on this page lead to its entry here.
 */
export async function ApiIndex({ groups }: { groups: readonly OperationGroup[] }) {
  const t = await getTranslations('docs');
  return (
    <nav aria-label={t('contents')} lang="en" className="mt-4">
      {groups.map(({ id, name, description, operations }) => (
        <section key={id} aria-labelledby={id} className="mt-8">
          <h2 id={id} className="text-xl wrap-anywhere leading-tight font-[620] tracking-[-0.012em]">
            <a href={groupHref(id)} className="tap hover:text-accent">
              {name}
            </a>
          </h2>
          <p className="text-sm text-muted">{description}</p>
          <ul className="mt-3 border-t border-hair">
            {operations.map(({ operationId, method, shortPath, summary }) => (
              <li
                key={operationId}
                id={operationId}
                className="relative flex items-baseline gap-x-5 border-b border-hair py-1 max-sm:flex-col max-sm:pb-2 target:bg-wash has-[a:hover]:bg-wash/60"
              >
                <a
                  href={groupHref(id, operationId)}
                  className="tap min-w-0 items-baseline before:absolute before:inset-0 hover:text-accent touch:items-center sm:w-[320px] sm:shrink-0"
                >
                  <MethodName method={method} />
                  <code className="font-mono text-xs wrap-anywhere">{shortPath}</code>
                </a>
                <span className="min-w-0 text-sm wrap-anywhere text-muted touch:pointer-events-none">
                  <InlineCode text={summary} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
