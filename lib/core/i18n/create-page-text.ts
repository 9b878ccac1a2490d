import { createFormatter, createTranslator } from 'use-intl/core';
import type { Locale } from './locale';
import type en from './messages/en.json';

/** The messages of a language, or those of them that a page needs. */
export type Messages = typeof en;

/** A `PageText`, also in a browser, which brings the messages. */
export function createPageText(locale: Locale, messages: Messages) {
  const timeZone = 'UTC';
  return {
    locale,
    t: createTranslator({ locale, messages, timeZone }),
    format: createFormatter({ locale, timeZone }),
  };
}
