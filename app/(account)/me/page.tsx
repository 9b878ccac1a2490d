import { getTranslations } from 'next-intl/server';
import { EmptyList } from '@/components/explore/empty-list';
import { BurnedList } from '@/components/own/burned-list';
import { ClaimBox } from '@/components/own/claim-box';
import { findClaimablePastes } from '@/components/own/claimable-pastes';
import { OwnFilter } from '@/components/own/own-filter';
import { OwnList } from '@/components/own/own-list';
import { ownHref, readDoneCount, readOwnQuery } from '@/components/own/own-query';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { Notice } from '@/components/page/notice';
import { guardMemberPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { LocalTimes } from '@/components/reading/local-times';
import { now } from '@/lib/core/clock';
import { listBurnRecords } from '@/lib/pastes/burn-records';
import { listOwnLanguages, listOwnPastes } from '@/lib/pastes/list-queries';
import { countShares } from '@/lib/sharing/count-shares';

export const generateMetadata = privateMetadata('own.heading');

export default function OwnPastesPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async (caller) => {
    const query = await searchParams;
    const filter = readOwnQuery(query);
    const at = now();
    const [page, languages, claimable, records] = await Promise.all([
      listOrNotFound(() => listOwnPastes(caller.user.id, filter, at)),
      listOwnLanguages(caller.user.id, at),
      findClaimablePastes(caller, at),
      listBurnRecords(caller.user.id),
    ]);
    const sharedWith = await countShares(page.items.map(({ id }) => id));
    const t = await getTranslations('own');
    const explore = await getTranslations('explore');
    const isFiltered = [filter.q, filter.language, filter.visibility].some((part) => part !== undefined);
    const isFirst = filter.cursor === undefined;
    const isBare = languages.length === 0 && !isFiltered;
    const burned = isFirst && !isFiltered ? records : [];
    const isEmptyElsewhere = claimable.length === 0 && burned.length === 0;
    const deleted = readDoneCount(query.deleted);
    const claimed = readDoneCount(query.claimed);
    return (
      <>
        {query.verified === undefined ? null : <Notice name="verified">{t('verified')}</Notice>}
        {deleted === null ? null : <Notice name="deleted">{t('deleted', { count: deleted })}</Notice>}
        {claimed === null ? null : <Notice name="claimed">{t('claimed', { count: claimed })}</Notice>}
        <PageMain width="wide">
          <PageHeading>{t('heading')}</PageHeading>
          {claimable.length > 0 ? <ClaimBox pastes={claimable} now={at} /> : null}
          {burned.length > 0 ? <BurnedList records={burned} /> : null}
          {isBare ? null : <OwnFilter filter={filter} languages={languages} />}
          {page.items.length > 0 ? (
            <OwnList pastes={page.items} sharedWith={sharedWith} now={at} back={ownHref(filter)} />
          ) : null}
          {page.items.length === 0 && (!isBare || isEmptyElsewhere) ? (
            <EmptyList
              list="own"
              isFiltered={isFiltered}
              isFirst={isFirst}
              continues={page.nextCursor !== null}
            />
          ) : null}
          <ListPages
            label={explore('pages')}
            first={t('toStart')}
            next={t('more')}
            isFirst={isFirst}
            nextCursor={page.nextCursor}
            hrefOf={(cursor) => ownHref({ ...filter, cursor })}
          />
          <LocalTimes />
        </PageMain>
      </>
    );
  });
}
