import type { PageText } from '@/lib/core/i18n/page-text';

/** Who wrote a paste, as an item of its facts. @param props.owner a username, or null for a guest */
export function AuthorItem({ owner, text: { t } }: { owner: string | null; text: PageText }) {
  return (
    <li>
      {owner === null
        ? t('reading.by', { author: t('reading.guest') })
        : t.rich('reading.byMember', {
            author: owner,
            link: (name) => (
              <a href={`/u/${owner}`} rel="author" className="hover:text-ink hover:underline">
                {name}
              </a>
            ),
          })}
    </li>
  );
}
