import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { shownSession } from '@/components/layout/shown-session';
import { readDoneCount } from '@/components/own/own-query';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { Notice } from '@/components/page/notice';
import { guardPage } from '@/components/page/page-guard';
import { PageMain } from '@/components/page/page-main';
import type { SearchPageProps } from '@/components/page/page-props';
import { findProfile, getProfileOrThrow } from '@/components/profile/profile';
import { ProfileHead } from '@/components/profile/profile-head';
import { profileHref, readProfileCursor } from '@/components/profile/profile-href';
import { ProfilePastes } from '@/components/profile/profile-pastes';
import { LocalTimes } from '@/components/reading/local-times';
import { currentCaller } from '@/components/request/current-caller';
import { setPageHeader } from '@/components/request/page-response';
import { now } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { PAGE_SIZE } from '@/lib/core/pagination';
import { browseProfile } from '@/lib/pastes/browse';
import { isClosedTo } from '@/lib/pastes/policy';
import { visibleText } from '@/lib/text/unicode/display-text';

interface ProfilePageProps extends SearchPageProps {
  params: Promise<{ username: string }>;
}

export async function generateMetadata({ params }: ProfilePageProps): Promise<Metadata> {
  const { username } = await params;
  const user = await findProfile(username).catch(() => null);
  if (!user || isClosedTo((await shownSession())?.user ?? null)) return notFoundMetadata();
  const t = await getTranslations('profile');
  const name = visibleText(user.name ?? '') || user.username;
  return { title: name, description: t('description', { name }) };
}

export default function ProfilePage({ params, searchParams }: ProfilePageProps) {
  return guardPage(async () => {
    const { username } = await params;
    const caller = await currentCaller();
    if (isClosedTo(caller.user)) throw new AppError('members_only');
    const user = await getProfileOrThrow(username);
    if (username !== user.username) redirect(profileHref(user.username));
    const query = await searchParams;
    const cursor = readProfileCursor(query.cursor);
    const at = now();
    const page = await listOrNotFound(() =>
      browseProfile({ limit: PAGE_SIZE, cursor, ownerId: user.id }, { caller, at }),
    );
    if (page.items.length === 0 || cursor !== undefined) setPageHeader('X-Robots-Tag', 'noindex, follow');
    const isOwn = caller.user?.id === user.id;
    const t = await getTranslations('profile');
    const own = await getTranslations('own');
    const explore = await getTranslations('explore');
    const deleted = isOwn ? readDoneCount(query.deleted) : null;
    return (
      <>
        {deleted === null ? null : <Notice name="deleted">{own('deleted', { count: deleted })}</Notice>}
        <PageMain width="wide">
          <ProfileHead user={user} isOwn={isOwn} />
          {page.items.length === 0 ? (
            <p className="mt-8 border-t border-hair pt-8 text-muted">
              {cursor === undefined ? t(isOwn ? 'emptyOwn' : 'empty') : explore('end')}
            </p>
          ) : (
            <ProfilePastes
              pastes={page.items}
              now={at}
              back={isOwn ? profileHref(user.username, cursor) : null}
            />
          )}
          <ListPages
            label={explore('pages')}
            isFirst={cursor === undefined}
            nextCursor={page.nextCursor}
            hrefOf={(next) => profileHref(user.username, next)}
          />
          <LocalTimes />
        </PageMain>
      </>
    );
  });
}
