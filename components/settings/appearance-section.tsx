import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import { chooseLocaleAction, chooseThemeAction } from '@/components/layout/preference-actions';
import { isTheme, THEME_COOKIE, THEMES } from '@/components/layout/theme';
import { LOCALES } from '@/lib/core/i18n/locale';
import { ChoiceForm } from './choice-form';
import { SettingsSection } from './settings-section';

const LOCALE_NAMES = { en: 'English', ru: 'Русский' } as const;

export async function AppearanceSection() {
  const t = await getTranslations('settings.appearance');
  const preferences = await getTranslations('preferences');
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <SettingsSection id="appearance" heading={t('heading')} explain={t('explain')}>
      <div className="flex flex-col gap-5">
        <ChoiceForm
          action={chooseThemeAction}
          name="theme"
          legend={preferences('theme')}
          choices={THEMES.map((value) => ({ value, label: preferences(value) }))}
          chosen={isTheme(theme) ? theme : 'system'}
        />
        <ChoiceForm
          action={chooseLocaleAction}
          name="locale"
          legend={preferences('language')}
          hint={t('languageHint')}
          choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value], lang: value }))}
          chosen={await getLocale()}
        />
      </div>
    </SettingsSection>
  );
}
