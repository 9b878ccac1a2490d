import type { Metadata } from 'next';
import { shownSession } from '@/components/layout/shown-session';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { privateMetadata } from '@/components/page/page-metadata';
import { decideAccess } from '@/lib/accounts/sign-in/access';
import { ADMIN_PAGES, type AdminPageName } from './admin-pages';

/** To those below the role even the title says that there is nothing. */
export function staffMetadata(page: AdminPageName): () => Promise<Metadata> {
  const { access, texts } = ADMIN_PAGES[page];
  return async () => {
    const role = (await shownSession())?.user.role ?? null;
    const isGranted = decideAccess(role, access) === 'granted';
    return isGranted ? privateMetadata(`${texts}.heading`)() : notFoundMetadata();
  };
}
