import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import { LOCALE_NAMES, LOCALES } from '@/lib/core/i18n/locale';
import { setting } from '@/lib/core/settings/stored-settings';
import { isTheme, THEME_COOKIE, THEMES } from '@/lib/core/theme';
import { ChoiceField } from './choice-field';
import { SettingsSection } from './settings-section';

export async function AppearanceSection() {
  const t = await getTranslations('settings.appearance');
  const preferences = await getTranslations('preferences');
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <SettingsSection id="appearance" heading={t('heading')} explain={t('explain')}>
      <form method="post" action="/preferences" className="flex flex-col gap-5">
        <input type="hidden" name="next" value="/settings#appearance" />
        <ChoiceField
          name="theme"
          legend={preferences('theme')}
          choices={THEMES.map((value) => ({ value, label: preferences(value) }))}
          chosen={isTheme(theme) ? theme : 'system'}
        />
        <ChoiceField
          name="locale"
          legend={preferences('language')}
          hint={t('languageHint', { instance: setting('instance_name') })}
          choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value], lang: value }))}
          chosen={await getLocale()}
        />
      </form>
    </SettingsSection>
  );
}
