import { LOCALE_NAMES, LOCALES } from '@/lib/core/i18n/locale';
import type { PageText } from '@/lib/core/i18n/page-text';
import { THEMES } from '@/lib/core/theme';
import type { PaletteCommand, PaletteSetup } from './palette-entries';

type Rights = Pick<PaletteSetup, 'isMember' | 'canBrowse'>;

/** What every page can do for the user. */
export function listCommands({ isMember, canBrowse }: Rights, { t }: PageText): PaletteCommand[] {
  const own = [
    { href: '/me', label: t('account.ownPastes') },
    { href: '/contacts', label: t('account.contacts') },
    { href: '/shared', label: t('account.shared') },
  ];
  const themes = THEMES.map((theme) => ({
    presses: `button[name="theme"][value="${theme}"]`,
    label: `${t('preferences.theme')}: ${t(`preferences.${theme}`)}`,
  }));
  const languages = LOCALES.map((locale) => ({
    presses: `button[name="locale"][value="${locale}"]`,
    label: `${t('preferences.language')}: ${LOCALE_NAMES[locale]}`,
  }));
  return [
    { href: '/', label: t('shortcuts.newPaste') },
    ...(isMember ? own : []),
    ...(canBrowse ? [{ href: '/explore', label: t('site.explore') }] : []),
    ...(isMember ? [{ href: '/settings', label: t('account.settings') }] : []),
    { href: '/docs', label: t('site.docs') },
    ...themes,
    ...languages,
    isMember
      ? { presses: 'form[action="/logout"] button', label: t('account.signOut') }
      : { presses: 'header a[href^="/login"]', label: t('account.signIn') },
  ];
}
