import { parseAccept } from 'hono/utils/accept';

export const LOCALES = ['en', 'ru'] as const;

export type Locale = (typeof LOCALES)[number];

/** Each in its own language. */
export const LOCALE_NAMES = { en: 'English', ru: 'Русский' } as const satisfies Record<Locale, string>;

export const DEFAULT_LOCALE: Locale = 'en';
export const LOCALE_COOKIE = 'sheaf_locale';

export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/** The available locale that an `Accept-Language` header prefers. */
export function localeForHeader(header: string | null | undefined): Locale {
  const wishes = parseAccept(header ?? '').filter(({ q }) => q > 0);
  return wishes.map(({ type }) => type.toLowerCase().split('-')[0]).find(isLocale) ?? DEFAULT_LOCALE;
}

/** The locale that a visitor chose, or the one that the browser asks for. */
export function localeFor(chosen: string | undefined, header: string | null | undefined): Locale {
  return isLocale(chosen) ? chosen : localeForHeader(header);
}
