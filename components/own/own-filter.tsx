import { getTranslations } from 'next-intl/server';
import { languageLabel } from '@/components/paste/display';
import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import { type ListOwnPastes, OWN_ORDER_NAMES } from '@/lib/pastes/schema';

interface OwnFilterProps {
  filter: ListOwnPastes;
  /** Those that occur. */
  languages: readonly string[];
}

const VISIBILITIES = ['public', 'unlisted', 'private'] as const;
const SELECT = 'h-10 border-edge bg-raised';

/** A plain form: what it asks for is in the address. */
export async function OwnFilter({ filter, languages }: OwnFilterProps) {
  const t = await getTranslations('own');
  const explore = await getTranslations('explore');
  const visibilities = await getTranslations('visibilities');
  const { q, language, visibility, sort } = filter;
  const offered = language && !languages.includes(language) ? [...languages, language] : languages;
  const options = await Promise.all(offered.map(async (id) => ({ id, name: await languageLabel(id) })));
  options.sort((a, b) => a.name.localeCompare(b.name));
  return (
    <search className="mt-5">
      <form action="/me" className="grid grid-cols-2 gap-2 sm:grid-cols-[1fr_1fr_1fr_auto]">
        <input
          type="search"
          name="q"
          defaultValue={q}
          maxLength={200}
          aria-label={explore('searchLabel')}
          placeholder={explore('searchLabel')}
          data-shortcut="/"
          className="col-span-full h-10 rounded-md border border-edge bg-raised px-3 max-sm:text-[16px]"
        />
        <NativeSelect
          name="visibility"
          defaultValue={visibility ?? ''}
          aria-label={t('visibility')}
          className={SELECT}
        >
          <option value="">{t('anyVisibility')}</option>
          {VISIBILITIES.map((name) => (
            <option key={name} value={name}>
              {visibilities(name)}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          name="language"
          defaultValue={language ?? ''}
          aria-label={explore('language')}
          className={SELECT}
        >
          <option value="">{explore('anyLanguage')}</option>
          {options.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect name="sort" defaultValue={sort} aria-label={t('sort')} className={SELECT}>
          {OWN_ORDER_NAMES.map((name) => (
            <option key={name} value={name}>
              {t(`orders.${name}`)}
            </option>
          ))}
        </NativeSelect>
        <button type="submit" className={buttonVariants({ size: 'lg' })}>
          {t('apply')}
        </button>
      </form>
    </search>
  );
}
