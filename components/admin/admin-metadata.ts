import type { Metadata } from 'next';
import { shownSession } from '@/components/layout/shown-session';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { privateMetadata, type TextKey } from '@/components/page/private-metadata';
import { type Access, decideAccess } from '@/lib/accounts/sign-in/access';

/** To those below the role even the title says that there is nothing. */
export function staffMetadata(access: Access, title: TextKey): () => Promise<Metadata> {
  return async () => {
    const role = (await shownSession())?.user.role ?? null;
    const isGranted = decideAccess(role, access) === 'granted';
    return isGranted ? privateMetadata(title)() : notFoundMetadata();
  };
}
