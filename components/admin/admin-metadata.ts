import type { Metadata } from 'next';
import { shownSession } from '@/components/layout/shown-session';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { type Access, decideAccess } from '@/lib/accounts/sign-in/access';

/** To those below the role even the title says that there is nothing. */
export async function staffMetadata(access: Access, titleOf: () => Promise<string>): Promise<Metadata> {
  const role = (await shownSession())?.user.role ?? null;
  if (decideAccess(role, access) !== 'granted') return notFoundMetadata();
  return { title: await titleOf(), robots: { index: false, follow: false } };
}
