import { getTranslations } from 'next-intl/server';
import { ListPages } from '@/components/page/list-pages';
import type { ContactPage } from '@/lib/contacts/queries';
import type { ListContacts } from '@/lib/contacts/schema';
import { contactsHref } from './contact-query';
import { ContactRow } from './contact-row';
import { EmptyContacts } from './empty-contacts';

/** A page of the list with links to the other pages. */
export async function ContactList({ filter, page }: { filter: ListContacts; page: ContactPage }) {
  const t = await getTranslations('contacts');
  const isFirst = filter.cursor === undefined;
  const back = contactsHref(filter);
  return (
    <>
      {page.items.length === 0 ? (
        <EmptyContacts isSearch={filter.search !== undefined} isFirst={isFirst} />
      ) : (
        <ul className="mt-5 border-t border-hair">
          {page.items.map((contact) => (
            <ContactRow key={contact.id} contact={contact} back={back} />
          ))}
        </ul>
      )}
      <ListPages
        label={t('pages')}
        first={t('toStart')}
        next={t('more')}
        isFirst={isFirst}
        nextCursor={page.nextCursor}
        hrefOf={(cursor) => contactsHref({ ...filter, cursor })}
      />
    </>
  );
}
