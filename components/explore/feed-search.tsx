import { getTranslations } from 'next-intl/server';
import { languageLabel } from '@/components/paste/display';
import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';

interface FeedSearchProps {
  q: string | undefined;
  language: string | undefined;
  /** Those that occur. */
  languages: readonly string[];
}

/** A plain form: what it asks for is in the address, and can be passed on. */
export async function FeedSearch({ q, language, languages }: FeedSearchProps) {
  const t = await getTranslations('explore');
  const offered = language && !languages.includes(language) ? [...languages, language] : languages;
  const options = await Promise.all(offered.map(async (id) => ({ id, name: await languageLabel(id) })));
  options.sort((a, b) => a.name.localeCompare(b.name));
  return (
    <search className="mt-5">
      <form action="/explore" className="flex gap-2 max-sm:flex-wrap">
        <input
          type="search"
          name="q"
          defaultValue={q}
          maxLength={200}
          aria-label={t('searchLabel')}
          placeholder={t('searchLabel')}
          data-shortcut="/"
          className="h-10 min-w-0 grow rounded-md border border-edge bg-raised px-3 max-sm:w-full max-sm:text-[16px]"
        />
        <NativeSelect
          name="language"
          defaultValue={language ?? ''}
          aria-label={t('language')}
          className="h-10 border-edge bg-raised sm:w-[180px]"
        >
          <option value="">{t('anyLanguage')}</option>
          {options.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
        <button type="submit" className={`${buttonVariants({ size: 'lg' })} max-sm:ml-auto`}>
          {t('submit')}
        </button>
      </form>
    </search>
  );
}
