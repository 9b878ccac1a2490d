import { getTranslations } from 'next-intl/server';
import { ListPages } from '@/components/page/list-pages';
import type { ContactPage } from '@/lib/contacts/queries';
import type { ListContacts } from '@/lib/contacts/schema';
import { EmptyPeople } from './empty-people';
import { peopleHref } from './people-query';
import { PersonRow } from './person-row';

/** A page of the list, and the ways to the others. */
export async function PeopleList({ filter, page }: { filter: ListContacts; page: ContactPage }) {
  const t = await getTranslations('people');
  const { search, cursor } = filter;
  const isFirst = cursor === undefined;
  const back = peopleHref(filter);
  return (
    <>
      {page.items.length === 0 ? (
        <EmptyPeople isSearch={search !== undefined} isFirst={isFirst} />
      ) : (
        <ul className="mt-5 border-t border-hair">
          {page.items.map((person) => (
            <PersonRow key={person.id} person={person} back={back} />
          ))}
        </ul>
      )}
      <ListPages
        label={t('pages')}
        first={isFirst ? null : { href: peopleHref({ search }), label: t('toStart') }}
        next={
          page.nextCursor === null
            ? null
            : { href: peopleHref({ search, cursor: page.nextCursor }), label: t('more') }
        }
      />
    </>
  );
}
