import type { Metadata } from 'next';
import { getPageText } from '@/components/request/page-text';
import type { PageText } from '@/lib/core/i18n/page-text';

/** The key of a message, with its namespace. */
export type TextKey = Parameters<PageText['t']>[0];

/** Metadata of a page that search engines must not index. */
export function privateMetadata(title: TextKey): () => Promise<Metadata> {
  return async () => ({ title: (await getPageText()).t(title), robots: { index: false, follow: false } });
}
