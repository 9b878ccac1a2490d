import { createPageText, type Messages } from '@/lib/core/i18n/create-page-text';
import type { Locale } from '@/lib/core/i18n/locale';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { ClosedPaste } from './open-messages';

/** What `SecretView` wrote into the page. */
export interface PageSource {
  slug: string;
  paths: ClosedPaste['paths'];
  revision: number;
  settings: ClosedPaste['settings'];
  locale: Locale;
  /** Those that the script needs. */
  messages: Messages;
  text: PageText;
}

export function readPageSource({ dataset }: HTMLElement): PageSource {
  const { slug = '', raw = '', lock = null, reveal = null, revision, expires, burn, texts = '{}' } = dataset;
  const locale = dataset.locale as Locale;
  const messages = JSON.parse(texts) as Messages;
  const settings =
    expires === undefined
      ? null
      : { expiresAt: expires === '' ? null : new Date(expires), burnAfter: burn ? Number(burn) : null };
  return {
    slug,
    paths: { raw, lock, reveal },
    revision: Number(revision),
    settings,
    locale,
    messages,
    text: createPageText(locale, messages),
  };
}
