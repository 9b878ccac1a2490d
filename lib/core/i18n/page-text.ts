import { createFormatter, createTranslator } from 'use-intl/core';
import type { Locale } from './locale';
import en from './messages/en.json';
import ru from './messages/ru.json';

const MESSAGES: Record<Locale, typeof en> = { en, ru };

/** The texts of a page in one language: messages by full key, and formats of dates and numbers. */
export interface PageText {
  locale: Locale;
  t: ReturnType<typeof createTranslator<typeof en>>;
  /** Times are in UTC. */
  format: ReturnType<typeof createFormatter>;
}

const TEXTS: Record<Locale, PageText> = { en: createText('en'), ru: createText('ru') };

/** For components without access to the framework, which cannot ask it for the language. */
export function pageTextIn(locale: Locale): PageText {
  return TEXTS[locale];
}

function createText(locale: Locale): PageText {
  const timeZone = 'UTC';
  return {
    locale,
    t: createTranslator({ locale, messages: MESSAGES[locale], timeZone }),
    format: createFormatter({ locale, timeZone }),
  };
}
