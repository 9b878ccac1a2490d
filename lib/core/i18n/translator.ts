import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from './locale';
import en from './messages/en.json';
import ru from './messages/ru.json';

export interface Translate {
  /** The message with this full key, or the key where there is none. */
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
}

const TRANSLATORS: Record<Locale, Translate> = {
  en: createTranslator('en', en),
  ru: createTranslator('ru', ru),
};

/**
 * Messages without markup, for what answers with data. The translator of pages (`pageTextIn`) needs React, and with it
 * each new instance of the API on a serverless host would load Next's renderer of pages.
 */
export function translatorIn(locale: Locale): Translate {
  return TRANSLATORS[locale];
}

function createTranslator(locale: Locale, messages: object): Translate {
  const parsed = new Map<string, IntlMessageFormat>();
  const find = (key: string): string | null => {
    let found: unknown = messages;
    for (const part of key.split('.')) {
      if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return null;
      found = found[part as keyof typeof found];
    }
    return typeof found === 'string' ? found : null;
  };
  const translate = (key: string, values?: Record<string, string | number>): string => {
    const message = find(key);
    if (message === null) return key;
    const format = parsed.get(key) ?? new IntlMessageFormat(message, locale);
    parsed.set(key, format);
    return String(format.format(values));
  };
  return Object.assign(translate, { has: (key: string) => find(key) !== null });
}
