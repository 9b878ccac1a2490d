import { getTranslations } from 'next-intl/server';
import { LanguageFilter } from '@/components/explore/language-filter';
import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { SearchField } from '@/components/ui/search-field';
import { VISIBILITIES } from '@/lib/core/visibilities';
import { type ListOwnPastes, OWN_ORDER_NAMES } from '@/lib/pastes/list-schema';

interface OwnFilterProps {
  filter: ListOwnPastes;
  /** Those that occur. */
  languages: readonly string[];
}

const SELECT = 'h-10 border-edge bg-raised';

/** A plain form: the filter is in the URL. */
export async function OwnFilter({ filter, languages }: OwnFilterProps) {
  const t = await getTranslations('own');
  const explore = await getTranslations('explore');
  const visibilities = await getTranslations('visibilities');
  const { q, language, visibility, sort } = filter;
  return (
    <search className="mt-5">
      <form action="/me" className="grid grid-cols-2 gap-2 sm:grid-cols-[1fr_1fr_1fr_auto]">
        <SearchField label={explore('searchLabel')} value={q} className="col-span-full" />
        <NativeSelect
          name="visibility"
          defaultValue={visibility ?? ''}
          aria-label={t('visibility')}
          className={SELECT}
        >
          <option value="">{t('anyVisibility')}</option>
          <Options values={VISIBILITIES} label={(name) => visibilities(name)} />
        </NativeSelect>
        <LanguageFilter language={language} languages={languages} className={SELECT} />
        <NativeSelect name="sort" defaultValue={sort} aria-label={t('sort')} className={SELECT}>
          <Options values={OWN_ORDER_NAMES} label={(name) => t(`orders.${name}`)} />
        </NativeSelect>
        <button type="submit" className={buttonVariants({ size: 'lg' })}>
          {t('apply')}
        </button>
      </form>
    </search>
  );
}
