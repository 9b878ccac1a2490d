import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { readQueueDone } from '@/components/admin/admin-query';
import { CaseList } from '@/components/admin/case-list';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { Notice } from '@/components/page/notice';
import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { hrefWith, parseListQuery } from '@/components/page/query';
import { now } from '@/lib/core/clock';
import { listCases } from '@/lib/reports/queries';
import { listCasesSchema } from '@/lib/reports/schema';

const PATH = '/admin/reports';

export const generateMetadata = staffMetadata('reports');

export default function QueuePage({ searchParams }: SearchPageProps) {
  return guardMemberPage('moderator', async (caller) => {
    const query = await searchParams;
    const filter = parseListQuery(listCasesSchema, { sort: query.sort, cursor: query.cursor });
    const { items, nextCursor } = await listOrNotFound(() =>
      listCases(filter, { ...caller, role: caller.user.role }),
    );
    const t = await getTranslations('moderation');
    const { sort } = filter;
    const isFirst = filter.cursor === undefined;
    const done = readQueueDone(query.done);
    return (
      <AdminFrame
        current="reports"
        notice={
          done === null ? null : <Notice name="done">{t(`done.${done.done}`, { count: done.count })}</Notice>
        }
      >
        <p className="mt-4 flex gap-x-4 text-sm">
          {(['newest', 'most'] as const).map((order) => (
            <a
              key={order}
              href={hrefWith(PATH, { sort: order === 'newest' ? undefined : order })}
              aria-current={order === sort ? 'true' : undefined}
              className="tap text-muted hover:text-ink aria-[current]:font-medium aria-[current]:text-ink"
            >
              {t(`sort.${order}`)}
            </a>
          ))}
        </p>
        {items.length === 0 ? (
          <p className="mt-8 text-muted">{t(isFirst ? 'none' : 'end')}</p>
        ) : (
          <CaseList entries={items} now={now()} />
        )}
        <ListPages
          label={t('pages')}
          isFirst={isFirst}
          nextCursor={nextCursor}
          hrefOf={(cursor) => hrefWith(PATH, { sort, cursor })}
        />
      </AdminFrame>
    );
  });
}
