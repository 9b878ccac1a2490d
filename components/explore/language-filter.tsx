import { getTranslations } from 'next-intl/server';
import { languageLabel } from '@/components/reading/display';
import { getPageText } from '@/components/request/page-text';
import { NativeSelect } from '@/components/ui/native-select';

interface LanguageFilterProps {
  language: string | undefined;
  /** Those that occur. */
  languages: readonly string[];
  className: string;
}

/** Narrows a list of pastes to one language; the chosen one is offered although it may not occur. */
export async function LanguageFilter({ language, languages, className }: LanguageFilterProps) {
  const t = await getTranslations('explore');
  const offered = language && !languages.includes(language) ? [...languages, language] : languages;
  const text = await getPageText();
  const options = offered.map((id) => ({ id, name: languageLabel(id, text) }));
  options.sort((a, b) => a.name.localeCompare(b.name));
  return (
    <NativeSelect
      name="language"
      defaultValue={language ?? ''}
      aria-label={t('language')}
      className={className}
    >
      <option value="">{t('anyLanguage')}</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
