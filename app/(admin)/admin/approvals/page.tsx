import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { readDone } from '@/components/admin/admin-query';
import { ApprovalList } from '@/components/admin/approval-list';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { Notice } from '@/components/page/notice';
import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { hrefWith, parseListQuery } from '@/components/page/query';
import { now } from '@/lib/core/clock';
import { listApprovals } from '@/lib/reports/approval-queries';
import { listApprovalsSchema } from '@/lib/reports/approval-schema';

const PATH = '/admin/approvals';

export const generateMetadata = staffMetadata('approvals');

export default function ApprovalsPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('moderator', async () => {
    const query = await searchParams;
    const filter = parseListQuery(listApprovalsSchema, { cursor: query.cursor });
    const { items, nextCursor } = await listOrNotFound(() => listApprovals(filter));
    const t = await getTranslations('approvals');
    const isFirst = filter.cursor === undefined;
    const done = readDone(query.done, ['approved', 'declined']);
    return (
      <AdminFrame
        current="approvals"
        notice={
          done === null ? null : (
            <Notice name="done">{t(`done.${done.done}`, { username: done.username })}</Notice>
          )
        }
      >
        {items.length === 0 ? (
          <p className="mt-8 text-muted">{t(isFirst ? 'none' : 'end')}</p>
        ) : (
          <ApprovalList entries={items} now={now()} />
        )}
        <ListPages
          label={t('pages')}
          first={t('first')}
          next={t('next')}
          isFirst={isFirst}
          nextCursor={nextCursor}
          hrefOf={(cursor) => hrefWith(PATH, { cursor })}
        />
      </AdminFrame>
    );
  });
}
