import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { unblockHashAction } from '@/components/admin/report-actions';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { Notice } from '@/components/page/notice';
import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { hrefWith, parseListQuery } from '@/components/page/query';
import { momentValues } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import { now } from '@/lib/core/clock';
import { listBlockedHashes } from '@/lib/reports/blocked';
import { listBlockedSchema } from '@/lib/reports/schema';

const PATH = '/admin/blocked';

export const generateMetadata = staffMetadata('blocked');

export default function BlockedPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('moderator', async () => {
    const { cursor: asked, done } = await searchParams;
    const filter = parseListQuery(listBlockedSchema, { cursor: asked });
    const { items, nextCursor } = await listOrNotFound(() => listBlockedHashes(filter));
    const t = await getTranslations('moderation');
    const text = await getPageText();
    const at = now();
    const isFirst = asked === undefined;
    return (
      <AdminFrame
        current="blocked"
        notice={done === 'unblocked' ? <Notice name="done">{t('done.unblocked')}</Notice> : null}
      >
        {items.length === 0 ? (
          <p className="mt-8 text-muted">{t(isFirst ? 'blocked.none' : 'blocked.end')}</p>
        ) : (
          <ul className="mt-5 border-t border-hair">
            {items.map(({ sha256, reason, blocked_at }) => (
              <li
                key={sha256}
                className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-hair py-3.5"
              >
                <div className="min-w-0 grow basis-0 max-sm:basis-full">
                  <p className="font-mono text-xs [overflow-wrap:anywhere]">{sha256}</p>
                  <p className="mt-1 text-sm [overflow-wrap:anywhere]">
                    <bdi>{reason}</bdi>
                  </p>
                  <p className="text-xs text-muted">
                    {t.rich('blocked.when', momentValues(new Date(blocked_at), at, text))}
                  </p>
                </div>
                <ButtonForm action={unblockHashAction.bind(null, sha256)}>
                  <button
                    type="submit"
                    aria-label={t('blocked.unblockNamed', { hash: sha256.slice(0, 8) })}
                    className={buttonVariants({ size: 'sm' })}
                  >
                    {t('blocked.unblock')}
                  </button>
                </ButtonForm>
              </li>
            ))}
          </ul>
        )}
        <ListPages
          label={t('blocked.pages')}
          isFirst={isFirst}
          nextCursor={nextCursor}
          hrefOf={(cursor) => hrefWith(PATH, { cursor })}
        />
      </AdminFrame>
    );
  });
}
