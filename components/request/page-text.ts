import 'server-only';
import { getLocale } from 'next-intl/server';
import { type PageText, pageTextIn } from '@/lib/core/i18n/page-text';

/** In the language of this request. */
export async function getPageText(): Promise<PageText> {
  return pageTextIn(await getLocale());
}
