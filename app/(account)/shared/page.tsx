import { getTranslations } from 'next-intl/server';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { guardMemberPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { hrefWith } from '@/components/page/query';
import { LocalTimes } from '@/components/reading/local-times';
import { SharedItem } from '@/components/sharing/shared-item';
import { now } from '@/lib/core/clock';
import { displayEmail } from '@/lib/core/email-display';
import { PAGE_SIZE } from '@/lib/core/pagination';
import { listSharedPastes } from '@/lib/sharing/shared-pastes';

export const generateMetadata = privateMetadata('sharing.mineHeading');

export default function SharedPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async (caller) => {
    const { cursor } = await searchParams;
    const isFirst = cursor === undefined;
    const at = now();
    const { items, nextCursor } = await listOrNotFound(() =>
      listSharedPastes(
        caller.user.email,
        { limit: PAGE_SIZE, cursor: Array.isArray(cursor) ? cursor.join() : cursor },
        at,
      ),
    );
    const t = await getTranslations('sharing');
    const explore = await getTranslations('explore');
    return (
      <PageMain width="wide">
        <PageHeading>{t('mineHeading')}</PageHeading>
        {items.length > 0 ? (
          <ul className="mt-5 border-t border-hair">
            {items.map((shared) => (
              <SharedItem key={shared.paste.id} shared={shared} caller={caller} now={at} />
            ))}
          </ul>
        ) : null}
        {items.length === 0 && isFirst ? (
          <div className="flex flex-col items-start py-10">
            <p className="text-xl font-[620]">{t('mineEmpty')}</p>
            <p className="mt-1 max-w-measure text-muted [overflow-wrap:anywhere]">
              {t('mineEmptyExplain', { address: displayEmail(caller.user.email) })}
            </p>
          </div>
        ) : null}
        {items.length === 0 && !isFirst ? <p className="mt-8 text-muted">{explore('end')}</p> : null}
        <ListPages
          label={explore('pages')}
          first={t('toStart')}
          isFirst={isFirst}
          nextCursor={nextCursor}
          hrefOf={(next) => hrefWith('/shared', { cursor: next })}
        />
        <LocalTimes />
      </PageMain>
    );
  });
}
