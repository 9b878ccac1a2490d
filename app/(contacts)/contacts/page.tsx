import { getTranslations } from 'next-intl/server';
import { ContactList } from '@/components/contacts/contact-list';
import { ContactNotices } from '@/components/contacts/contact-notices';
import { ContactOverview } from '@/components/contacts/contact-overview';
import { readContactQuery } from '@/components/contacts/contact-query';
import { ContactSearch } from '@/components/contacts/contact-search';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { guardMemberPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { buttonVariants } from '@/components/ui/button-variants';
import { listContacts } from '@/lib/contacts/queries';
import { searchContactsAction } from './search-action';

export const generateMetadata = privateMetadata('contacts.heading');

export default function ContactsPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    const query = await searchParams;
    const filter = readContactQuery(query);
    const page = await listOrNotFound(() => listContacts(user.id, filter));
    const t = await getTranslations('contacts');
    const site = await getTranslations('site');
    const isStart = filter.search === undefined && filter.cursor === undefined;
    const isEmpty = isStart && page.items.length === 0;
    return (
      <>
        <ContactNotices ownerId={user.id} query={query} />
        <PageMain width="wide">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
            <PageHeading>{t('heading')}</PageHeading>
            {isEmpty ? null : (
              <div className="flex flex-wrap gap-2 max-sm:w-full">
                <a href="/contacts/new" className={buttonVariants({ variant: 'primary' })}>
                  {t('new')}
                </a>
                <a href="/contacts/import" className={buttonVariants({ variant: 'quiet' })}>
                  {t('exchange')}
                </a>
              </div>
            )}
          </div>
          {isEmpty ? (
            <ContactList filter={filter} page={page} />
          ) : (
            <ContactSearch
              q={filter.search ?? ''}
              search={searchContactsAction}
              words={{
                label: t('searchLabel'),
                submit: t('search'),
                unreachable: site('unreachable'),
              }}
            >
              {isStart ? (
                <ContactOverview ownerId={user.id} filter={filter} page={page} />
              ) : (
                <ContactList filter={filter} page={page} />
              )}
            </ContactSearch>
          )}
        </PageMain>
      </>
    );
  });
}
