import { getTranslations } from 'next-intl/server';
import type { DuplicateGroup } from '@/lib/contacts/duplicates';
import { displayEmail } from '@/lib/core/email-display';
import { contactName } from './contact-name';

/** Contacts of one name, each with its email address or phone number. */
export async function DuplicateLinks({ contacts }: Pick<DuplicateGroup, 'contacts'>) {
  const t = await getTranslations('contacts.duplicates');
  return (
    <ul className="dotted flex flex-wrap">
      {contacts.map((contact) => (
        <li key={contact.id} className="max-w-full [overflow-wrap:anywhere]">
          <a href={`/contacts/${contact.id}`} className="tap text-link">
            <bdi>{contactName(contact)}</bdi>
          </a>{' '}
          <span className="ml-1 text-xs text-muted">
            {(contact.email && displayEmail(contact.email)) ?? contact.phone ?? t('bare')}
          </span>
        </li>
      ))}
    </ul>
  );
}
