import { getTranslations } from 'next-intl/server';
import type { Duplicates } from '@/lib/contacts/duplicates';
import { DuplicateLinks } from './duplicate-links';

/** The first possible duplicates. */
export async function DuplicateStrip({ duplicates: { groups, total } }: { duplicates: Duplicates }) {
  const t = await getTranslations('contacts.duplicates');
  return (
    <section aria-labelledby="duplicates" className="rounded-md bg-wash px-4 py-3 touch:pb-1">
      <h2 id="duplicates" className="text-sm font-[620]">
        {t('heading')}
      </h2>
      <ul className="text-sm">
        {groups.map(({ ids, contacts }) => (
          <li key={ids[0]} className="py-0.5">
            <DuplicateLinks contacts={contacts} />
          </li>
        ))}
      </ul>
      <a href="/contacts/duplicates" className="tap py-0.5 text-xs text-accent hover:underline">
        {total > groups.length ? t('all', { count: total }) : t('review')}
      </a>
    </section>
  );
}
