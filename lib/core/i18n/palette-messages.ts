import { DEFAULT_LOCALE, isLocale, type Locale } from './locale';

export interface PaletteMessages {
  label: string;
  commands: string;
  pastes: string;
  contacts: string;
  public: string;
  searchPublic: string;
  unreachable: string;
  loading: string;
  nothingFound: string;
}

// Needed on every page at one key, also without a network. Texts kept here save every page from containing them.
const MESSAGES: Record<Locale, PaletteMessages> = {
  en: {
    label: 'Search or run a command',
    commands: 'Commands',
    pastes: 'Your pastes',
    contacts: 'Contacts',
    public: 'Public pastes',
    searchPublic: 'Search public pastes',
    unreachable: 'No response. Check your connection.',
    loading: 'Loading…',
    nothingFound: 'Nothing found.',
  },
  ru: {
    label: 'Найти или выполнить команду',
    commands: 'Команды',
    pastes: 'Мои записи',
    contacts: 'Контакты',
    public: 'Открытые записи',
    searchPublic: 'Искать среди открытых записей',
    unreachable: 'Ответа нет. Проверьте соединение.',
    loading: 'Загрузка…',
    nothingFound: 'Ничего не найдено.',
  },
};

/** In the language of the page. */
export function paletteMessages(): PaletteMessages {
  const { lang } = document.documentElement;
  return MESSAGES[isLocale(lang) ? lang : DEFAULT_LOCALE];
}
