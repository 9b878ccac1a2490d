import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { adminHref, readAdminDone, readAdminQuery } from '@/components/admin/admin-query';
import { InviteForm } from '@/components/admin/invite-form';
import { UserRow } from '@/components/admin/user-row';
import { UserSearch } from '@/components/admin/user-search';
import { shownSession } from '@/components/layout/shown-session';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { Notice } from '@/components/page/notice';
import { guardMemberPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import type { SearchPageProps } from '@/components/page/page-props';
import { LocalTimes } from '@/components/reading/local-times';
import { setPageHeader } from '@/components/request/page-response';
import { listUsers } from '@/lib/admin/queries';
import { now } from '@/lib/core/clock';

/** To those below an admin even the title says that there is nothing. */
export async function generateMetadata(): Promise<Metadata> {
  if ((await shownSession())?.user.role !== 'admin') return notFoundMetadata();
  const t = await getTranslations('admin');
  return { title: t('heading'), robots: { index: false, follow: false } };
}

export default function AdminPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('admin', async ({ user: self }) => {
    const query = await searchParams;
    const filter = readAdminQuery(query);
    const at = now();
    setPageHeader('X-Robots-Tag', 'noindex');
    const { items, nextCursor } = await listOrNotFound(() => listUsers(filter, at));
    const t = await getTranslations('admin');
    const explore = await getTranslations('explore');
    const { q, role, cursor } = filter;
    const done = readAdminDone(query.done);
    return (
      <>
        {done === null ? null : (
          <Notice name="done">{t(`done.${done.done}`, { username: done.username })}</Notice>
        )}
        <main id="main" className="gutter flex grow flex-col pt-8 pb-10">
          <div className="mx-auto w-full max-w-[820px]">
            <PageHeading>{t('heading')}</PageHeading>
            <p className="mt-1 text-muted">{t('description')}</p>
            <UserSearch filter={filter} />
            {items.length === 0 ? (
              <p className="mt-8 text-muted">{t(cursor === undefined ? 'none' : 'end')}</p>
            ) : (
              <ul className="mt-5 border-t border-hair">
                {items.map((user) => (
                  <UserRow key={user.uuid} user={user} now={at} isSelf={user.uuid === self.id} />
                ))}
              </ul>
            )}
            <ListPages
              label={t('pages')}
              first={cursor === undefined ? null : { href: adminHref({ q, role }), label: explore('newest') }}
              next={
                nextCursor === null
                  ? null
                  : { href: adminHref({ q, role, cursor: nextCursor }), label: explore('older') }
              }
            />
            <InviteForm />
          </div>
          <LocalTimes />
        </main>
      </>
    );
  });
}
