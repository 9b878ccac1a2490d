import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { FeedItem } from '@/components/explore/feed-item';
import { guardPage } from '@/components/layout/page-guard';
import type { SearchPageProps } from '@/components/layout/page-props';
import { buttonVariants } from '@/components/ui/button-variants';
import { now } from '@/lib/clock';
import { AppError } from '@/lib/errors';
import { listPublicPastes, type PastePage } from '@/lib/pastes/queries';
import { PAGE_SIZE } from '@/lib/pastes/schema';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('explore');
  return { title: t('heading'), description: t('description') };
}

export default function ExplorePage({ searchParams }: SearchPageProps) {
  return guardPage(async () => {
    const { cursor } = await searchParams;
    const at = now();
    const after = typeof cursor === 'string' ? cursor : undefined;
    const page = await listOrNotFound(after, at);
    const t = await getTranslations('explore');
    return (
      <main id="main" className="gutter flex grow flex-col pt-8 pb-10">
        <div className="mx-auto flex w-full max-w-[820px] grow flex-col">
          <h1 className="text-[26px] leading-tight font-[620] tracking-[-0.015em]">{t('heading')}</h1>
          <p className="mt-1 text-muted">{t('description')}</p>
          {page.items.length === 0 ? (
            <Empty isFirst={after === undefined} />
          ) : (
            <ul className="mt-5 border-t border-hair">
              {page.items.map((paste) => (
                <FeedItem key={paste.id} paste={paste} now={at} />
              ))}
            </ul>
          )}
          <nav className="mt-6 flex gap-2 text-[14px]">
            {after === undefined ? null : (
              <a href="/explore" className={buttonVariants()}>
                {t('newest')}
              </a>
            )}
            {page.nextCursor === null ? null : (
              <a href={`/explore?cursor=${page.nextCursor}`} rel="next" className={buttonVariants()}>
                {t('older')}
              </a>
            )}
          </nav>
        </div>
      </main>
    );
  });
}

async function listOrNotFound(cursor: string | undefined, at: Date): Promise<PastePage> {
  try {
    return await listPublicPastes({ limit: PAGE_SIZE, cursor }, at);
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') notFound();
    throw error;
  }
}

async function Empty({ isFirst }: { isFirst: boolean }) {
  const t = await getTranslations('explore');
  if (!isFirst) return <p className="mt-8 text-muted">{t('end')}</p>;
  return (
    <div className="flex grow flex-col items-start justify-center py-16">
      <p className="text-[19px] font-[620]">{t('empty')}</p>
      <p className="mt-1 text-muted">{t('emptyExplain')}</p>
      <a href="/" className={`${buttonVariants({ variant: 'primary', size: 'lg' })} mt-6`}>
        {t('emptyAction')}
      </a>
    </div>
  );
}
