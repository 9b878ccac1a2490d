import { createPageText, type Messages } from './create-page-text';
import type { Locale } from './locale';
import en from './messages/en.json';
import ru from './messages/ru.json';

/** The texts of a page in one language: messages by full key, and formats of dates and numbers. */
export type PageText = ReturnType<typeof createPageText>;

const MESSAGES: Record<Locale, Messages> = { en, ru };

const TEXTS: Record<Locale, PageText> = {
  en: createPageText('en', MESSAGES.en),
  ru: createPageText('ru', MESSAGES.ru),
};

export function messagesIn(locale: Locale): Messages {
  return MESSAGES[locale];
}

/** For components without access to the framework, which cannot ask it for the language. */
export function pageTextIn(locale: Locale): PageText {
  return TEXTS[locale];
}
