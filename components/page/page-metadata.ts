import type { Metadata } from 'next';
import { getPageText } from '@/components/request/page-text';
import type { PageText } from '@/lib/core/i18n/page-text';

/** The key of a message, with its namespace. */
type TextKey = Parameters<PageText['t']>[0];

export function pageMetadata(title: TextKey, description: TextKey): () => Promise<Metadata> {
  return async () => {
    const { t } = await getPageText();
    return { title: t(title), description: t(description) };
  };
}

/** Metadata of a page that search engines must not index. */
export function privateMetadata(title: TextKey): () => Promise<Metadata> {
  return async () => ({ title: (await getPageText()).t(title), robots: { index: false, follow: false } });
}
