import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { SearchField } from '@/components/ui/search-field';
import { LanguageFilter } from './language-filter';

interface FeedSearchProps {
  q: string | undefined;
  language: string | undefined;
  /** Those that occur. */
  languages: readonly string[];
}

/** A plain form: the search is in the URL, which can be shared. */
export async function FeedSearch({ q, language, languages }: FeedSearchProps) {
  const t = await getTranslations('explore');
  return (
    <search className="mt-5">
      <form action="/explore" className="flex gap-2 max-sm:flex-wrap max-sm:[&>span]:grow">
        <SearchField label={t('searchLabel')} value={q} className="max-sm:w-full" />
        <LanguageFilter
          language={language}
          languages={languages}
          className="h-10 border-edge bg-raised sm:w-[180px]"
        />
        <button type="submit" className={buttonVariants({ size: 'lg' })}>
          {t('submit')}
        </button>
      </form>
    </search>
  );
}
