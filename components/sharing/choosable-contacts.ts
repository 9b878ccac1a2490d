import 'server-only';
import { contactName } from '@/components/contacts/contact-name';
import { type ContactRecord, findContact, listContacts } from '@/lib/contacts/queries';
import { displayEmail } from '@/lib/core/email-display';
import { MAX_PAGE_SIZE } from '@/lib/core/pagination';
import type { ContactChoiceQuery } from './share-query';

const SHOWN = 50;

export interface ChoosableContact {
  id: string;
  name: string;
  email: string;
  isChosen: boolean;
}

export interface ChoosableContacts {
  contacts: ChoosableContact[];
  /** Whether there are more than the list has. */
  hasMore: boolean;
}

/** The contacts that a paste can be shared with: those chosen already, then favorites, then by name. */
export async function findChoosableContacts(
  ownerId: string,
  { search, chosen, except }: ContactChoiceQuery & { except: ReadonlySet<string> },
): Promise<ChoosableContacts> {
  const [before, page] = await Promise.all([
    Promise.all(chosen.map((id) => findContact(ownerId, id))),
    listContacts(ownerId, { search: search === '' ? undefined : search, limit: MAX_PAGE_SIZE }),
  ]);
  const first = before.filter((contact) => contact !== null);
  const rest = page.items.filter(({ id }) => !chosen.includes(id));
  const toChoosable = (isChosen: boolean) => (contact: ContactRecord) => {
    const { id, email } = contact;
    if (email === null || except.has(email)) return [];
    return [{ id, name: contactName(contact), email: displayEmail(email), isChosen }];
  };
  const found = rest.flatMap(toChoosable(false));
  return {
    contacts: [...first.flatMap(toChoosable(true)), ...found.slice(0, SHOWN)],
    hasMore: page.nextCursor !== null || found.length > SHOWN,
  };
}
