import { getTranslations } from 'next-intl/server';
import { EmptyList } from '@/components/explore/empty-list';
import { FeedItem } from '@/components/explore/feed-item';
import { feedHref, readFeedQuery } from '@/components/explore/feed-query';
import { FeedSearch } from '@/components/explore/feed-search';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { guardPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { pageMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { LocalTimes } from '@/components/reading/local-times';
import { currentCaller } from '@/components/request/current-caller';
import { setPageHeader } from '@/components/request/page-response';
import { now } from '@/lib/core/clock';
import { browseFeed, browseLanguages } from '@/lib/pastes/browse';

export const generateMetadata = pageMetadata('explore.heading', 'explore.description');

export default function ExplorePage({ searchParams }: SearchPageProps) {
  return guardPage(async () => {
    const filter = readFeedQuery(await searchParams);
    const at = now();
    const caller = await currentCaller();
    const [page, languages] = await Promise.all([
      listOrNotFound(() => browseFeed(filter, { caller, at })),
      browseLanguages({ caller, at }),
    ]);
    const t = await getTranslations('explore');
    const { q, language } = filter;
    const isFiltered = q !== undefined || language !== undefined;
    const isFirst = filter.cursor === undefined;
    if (isFiltered || !isFirst) setPageHeader('X-Robots-Tag', 'noindex, follow');
    return (
      <PageMain width="wide">
        <PageHeading>{t('heading')}</PageHeading>
        <p className="mt-1 text-muted">{t('description')}</p>
        <FeedSearch q={q} language={language} languages={languages} />
        {page.items.length === 0 ? (
          <EmptyList
            list="explore"
            isFiltered={isFiltered}
            isFirst={isFirst}
            continues={page.nextCursor !== null}
          />
        ) : (
          <ul className="mt-5 border-t border-hair">
            {page.items.map((paste) => (
              <FeedItem key={paste.id} paste={paste} now={at} hasAuthor />
            ))}
          </ul>
        )}
        <ListPages
          label={t('pages')}
          isFirst={isFirst}
          nextCursor={page.nextCursor}
          hrefOf={(cursor) => feedHref({ ...filter, cursor })}
        />
        <LocalTimes />
      </PageMain>
    );
  });
}
