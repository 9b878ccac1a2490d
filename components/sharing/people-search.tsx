import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { SearchField } from '@/components/ui/search-field';
import { CarryChosen } from './carry-chosen';
import { contactField } from './share-fields';
import type { PeopleQuery } from './share-query';

/** For those who know more people than are shown at once; a plain form, before the one that shares. */
export async function PeopleSearch({
  slug,
  query: { search, chosen },
}: {
  slug: string;
  query: PeopleQuery;
}) {
  const t = await getTranslations('sharing');
  return (
    <search>
      <form action={`/${slug}/share`} className="mb-5 flex gap-2">
        {chosen.map((id) => (
          <input key={id} type="hidden" name="with" value={id} />
        ))}
        <SearchField label={t('searchLabel')} value={search} />
        <button type="submit" className={buttonVariants({ size: 'lg' })}>
          {t('search')}
        </button>
        <CarryChosen prefix={contactField('')} />
      </form>
    </search>
  );
}
