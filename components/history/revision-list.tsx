import { getTranslations } from 'next-intl/server';
import { ListPages } from '@/components/page/list-pages';
import { Notice } from '@/components/page/notice';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { hrefWith } from '@/components/page/query';
import { titleOf } from '@/components/reading/display';
import { LocalTimes } from '@/components/reading/local-times';
import { SecretLinks } from '@/components/reading/secret/secret-links';
import { getPageText } from '@/components/request/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';
import type { RevisionRecord } from '@/lib/pastes/revision-queries';
import { RevisionItem } from './revision-item';

interface RevisionListProps {
  paste: PasteRecord;
  /** One more than shown, if there is one: the last shown revision is compared with it. */
  revisions: readonly RevisionRecord[];
  shown: number;
  isFirstPage: boolean;
  done: 'restored' | 'deleted' | null;
  now: Date;
}

export async function RevisionList({ paste, revisions, shown, isFirstPage, done, now }: RevisionListProps) {
  const t = await getTranslations('history');
  const title = titleOf(paste, await getPageText());
  const page = revisions.slice(0, shown);
  const last = revisions.length > shown ? page.at(-1) : undefined;
  return (
    <>
      {done === null ? null : <Notice name={done}>{t(done)}</Notice>}
      <PageMain width="wide">
        <PageHeading>{t('heading')}</PageHeading>
        <p className="mt-1 text-muted [overflow-wrap:anywhere]">
          <a href={`/${paste.slug}`} className="tap text-link touch:-my-2.5">
            <bdi>{title}</bdi>
          </a>
        </p>
        <ol className="mt-5 border-t border-hair">
          {page.map((revision, index) => (
            <RevisionItem
              key={revision.number}
              paste={paste}
              revision={revision}
              previous={revisions[index + 1] ?? null}
              isCurrent={revision.number === paste.revision}
              now={now}
            />
          ))}
        </ol>
        {revisions.length === 1 && isFirstPage ? <p className="mt-5 text-muted">{t('only')}</p> : null}
        <ListPages
          label={t('pages')}
          isFirst={isFirstPage}
          nextCursor={last ? String(last.number) : null}
          hrefOf={(before) => hrefWith(`/${paste.slug}/history`, { before })}
        />
      </PageMain>
      <LocalTimes />
      {paste.isSecret ? <SecretLinks slug={paste.slug} /> : null}
    </>
  );
}
