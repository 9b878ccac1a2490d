import 'server-only';
import { personName } from '@/components/contacts/person-name';
import { type ContactRecord, findContact, listContacts } from '@/lib/contacts/queries';
import { MAX_PAGE_SIZE } from '@/lib/core/pagination';
import type { PeopleQuery } from './share-query';

const SHOWN = 50;

export interface ChoosablePerson {
  id: string;
  name: string;
  email: string;
  isChosen: boolean;
}

export interface ChoosablePeople {
  people: ChoosablePerson[];
  /** Whether there are more than are shown. */
  hasMore: boolean;
}

/** The contacts that a paste can be shared with: those chosen already, then favourites, then by name. */
export async function findChoosablePeople(
  ownerId: string,
  { search, chosen, except }: PeopleQuery & { except: ReadonlySet<string> },
): Promise<ChoosablePeople> {
  const [before, page] = await Promise.all([
    Promise.all(chosen.map((id) => findContact(ownerId, id))),
    listContacts(ownerId, { search: search === '' ? undefined : search, limit: MAX_PAGE_SIZE }),
  ]);
  const first = before.filter((contact) => contact !== null);
  const rest = page.items.filter(({ id }) => !chosen.includes(id));
  const toPerson = (isChosen: boolean) => (contact: ContactRecord) => {
    const { id, email } = contact;
    if (email === null || except.has(email)) return [];
    return [{ id, name: personName(contact), email, isChosen }];
  };
  const found = rest.flatMap(toPerson(false));
  return {
    people: [...first.flatMap(toPerson(true)), ...found.slice(0, SHOWN)],
    hasMore: page.nextCursor !== null || found.length > SHOWN,
  };
}
