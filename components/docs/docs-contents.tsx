import { getTranslations } from 'next-intl/server';

export interface ContentsEntry {
  href: string;
  label: string;
}

/** The table of contents: beside the page if there is room, above it on a phone. */
export async function DocsContents({ entries }: { entries: readonly ContentsEntry[] }) {
  const t = await getTranslations('docs');
  return (
    <nav
      aria-label={t('contents')}
      className="no-print text-sm max-lg:w-full lg:sticky lg:top-8 lg:mt-12 lg:w-[188px] lg:shrink-0"
    >
      <ul className="gap-x-6 gap-y-1.5 max-lg:grid max-lg:grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] max-lg:border-y max-lg:border-hair max-lg:py-3 lg:flex lg:flex-col touch:gap-y-0 touch:py-1">
        {entries.map(({ href, label }) => (
          <li key={href}>
            <a href={href} className="tap text-muted hover:text-ink">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
