import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { SearchField } from '@/components/ui/search-field';
import { CarryChosen } from './carry-chosen';
import { contactField } from './contact-field';
import type { ContactChoiceQuery } from './share-query';

/** Searches the contacts if not all are shown; a plain form above the one that shares. */
export async function ContactSearch({
  slug,
  query: { search, chosen },
}: {
  slug: string;
  query: ContactChoiceQuery;
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
