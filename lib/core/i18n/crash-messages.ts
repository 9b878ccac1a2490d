import { DEFAULT_LOCALE, isLocale, type Locale } from './locale';

interface CrashMessages {
  title: string;
  detail: string;
  retry: string;
  home: string;
}

// Error boundaries are client components. Texts kept here save every page from loading all messages.
const MESSAGES: Record<Locale, CrashMessages> = {
  en: {
    title: 'Something went wrong',
    detail: 'This page failed to load. What you have saved is safe.',
    retry: 'Try again',
    home: 'Start page',
  },
  ru: {
    title: 'Что-то пошло не так',
    detail: 'Не удалось показать эту страницу. Всё сохранённое цело.',
    retry: 'Попробовать ещё раз',
    home: 'На главную',
  },
};

export function crashMessages(): CrashMessages {
  const lang = typeof document === 'undefined' ? DEFAULT_LOCALE : document.documentElement.lang;
  return MESSAGES[isLocale(lang) ? lang : DEFAULT_LOCALE];
}
