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
      <ul className="gap-x-6 max-lg:columns-[9rem] max-lg:border-y max-lg:border-hair max-lg:py-3 lg:flex lg:flex-col lg:gap-y-1.5 touch:gap-y-0 touch:py-1">
        {entries.map(({ href, label }) => (
          <li key={href} className="break-inside-avoid">
            <a href={href} className="tap text-muted hover:text-ink">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
