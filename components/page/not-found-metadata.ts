import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { shownSession } from '@/components/layout/shown-session';
import { isClosedTo } from '@/lib/pastes/policy';

export async function notFoundMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  const isClosed = isClosedTo((await shownSession())?.user ?? null);
  return { title: t(isClosed ? 'problems.members_only.title' : 'notFound.title'), robots: { index: false } };
}
