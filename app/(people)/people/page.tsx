import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PeopleList } from '@/components/contacts/people-list';
import { PeopleNotices } from '@/components/contacts/people-notices';
import { readPeopleQuery } from '@/components/contacts/people-query';
import { PeopleSearch } from '@/components/contacts/people-search';
import { PeopleStart } from '@/components/contacts/people-start';
import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { setPageHeader } from '@/components/request/page-response';
import { buttonVariants } from '@/components/ui/button-variants';
import { type ContactPage, listContacts } from '@/lib/contacts/queries';
import type { ListContacts } from '@/lib/contacts/schema';
import { AppError } from '@/lib/core/errors';
import { searchPeopleAction } from './search-action';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people');
  return { title: t('heading'), robots: { index: false, follow: false } };
}

export default function PeoplePage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    const query = await searchParams;
    const filter = readPeopleQuery(query);
    setPageHeader('X-Robots-Tag', 'noindex');
    const page = await listOrNotFound(user.id, filter);
    const t = await getTranslations('people');
    const composer = await getTranslations('composer');
    const isStart = filter.search === undefined && filter.cursor === undefined;
    const isEmpty = isStart && page.items.length === 0;
    return (
      <>
        <PeopleNotices ownerId={user.id} query={query} />
        <main id="main" className="gutter flex grow flex-col pt-8 pb-10">
          <div className="mx-auto flex w-full max-w-[820px] grow flex-col">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
              <h1 className="text-[26px] leading-tight font-[620] tracking-[-0.015em]">{t('heading')}</h1>
              {isEmpty ? null : (
                <div className="flex flex-wrap gap-2 max-sm:w-full">
                  <a href="/people/new" className={buttonVariants({ variant: 'primary' })}>
                    {t('new')}
                  </a>
                  <a href="/people/import" className={buttonVariants({ variant: 'quiet' })}>
                    {t('exchange')}
                  </a>
                </div>
              )}
            </div>
            {isEmpty ? (
              <PeopleList filter={filter} page={page} />
            ) : (
              <PeopleSearch
                q={filter.search ?? ''}
                search={searchPeopleAction}
                words={{
                  label: t('searchLabel'),
                  submit: t('search'),
                  unreachable: composer('unreachable'),
                }}
              >
                {isStart ? (
                  <PeopleStart ownerId={user.id} filter={filter} page={page} />
                ) : (
                  <PeopleList filter={filter} page={page} />
                )}
              </PeopleSearch>
            )}
          </div>
        </main>
      </>
    );
  });
}

/** A cursor that leads nowhere is an address that leads nowhere. */
async function listOrNotFound(ownerId: string, filter: ListContacts): Promise<ContactPage> {
  try {
    return await listContacts(ownerId, filter);
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') throw new AppError('not_found');
    throw error;
  }
}
