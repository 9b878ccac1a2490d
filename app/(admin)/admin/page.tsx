import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { adminHref, readAdminDone, readAdminQuery } from '@/components/admin/admin-query';
import { InviteForm } from '@/components/admin/invite-form';
import { UserRow } from '@/components/admin/user-row';
import { UserSearch } from '@/components/admin/user-search';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { Notice } from '@/components/page/notice';
import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { listUsers } from '@/lib/admin/queries';
import { now } from '@/lib/core/clock';

export const generateMetadata = staffMetadata('users');

export default function AdminPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('admin', async ({ user: self }) => {
    const query = await searchParams;
    const filter = readAdminQuery(query);
    const at = now();
    const { items, nextCursor } = await listOrNotFound(() => listUsers(filter, at));
    const t = await getTranslations('admin');
    const isFirst = filter.cursor === undefined;
    const done = readAdminDone(query.done);
    const notice =
      query.done === 'erased' ? t('erased') : done && t(`done.${done.done}`, { username: done.username });
    return (
      <AdminFrame current="users" notice={notice === null ? null : <Notice name="done">{notice}</Notice>}>
        <UserSearch filter={filter} />
        {items.length === 0 ? (
          <p className="mt-8 text-muted">{t(isFirst ? 'none' : 'end')}</p>
        ) : (
          <ul className="mt-5 border-t border-hair">
            {items.map((user) => (
              <UserRow key={user.uuid} user={user} now={at} isSelf={user.uuid === self.id} />
            ))}
          </ul>
        )}
        <ListPages
          label={t('pages')}
          isFirst={isFirst}
          nextCursor={nextCursor}
          hrefOf={(cursor) => adminHref({ ...filter, cursor })}
        />
        <InviteForm />
      </AdminFrame>
    );
  });
}
