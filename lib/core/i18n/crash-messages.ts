import { DEFAULT_LOCALE, isLocale, type Locale } from './locale';

interface CrashMessages {
  title: string;
  detail: string;
  retry: string;
}

// Error boundaries must be client components; these sentences spare every page the whole of the messages.
const MESSAGES: Record<Locale, CrashMessages> = {
  en: {
    title: 'Something broke',
    detail: 'This page stumbled over itself. What you have saved is safe.',
    retry: 'Try again',
  },
  ru: {
    title: 'Что-то сломалось',
    detail: 'Эта страница споткнулась. Всё сохранённое цело.',
    retry: 'Попробовать ещё раз',
  },
};

export function crashMessages(): CrashMessages {
  const lang = typeof document === 'undefined' ? DEFAULT_LOCALE : document.documentElement.lang;
  return MESSAGES[isLocale(lang) ? lang : DEFAULT_LOCALE];
}
