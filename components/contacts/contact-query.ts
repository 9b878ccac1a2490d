import { firstOf, hrefWith, parseListQuery, type Query, readSearch } from '@/components/page/query';
import { type ListContacts, listContactsSchema } from '@/lib/contacts/schema';
import { isUuid } from '@/lib/core/uuid';

const PAGE_SIZE = 50;
const DONE = ['added', 'changed', 'restored'] as const;

/** Reads the query of the list's URL; empty fields are ignored. @throws AppError not_found */
export function readContactQuery({ q, cursor }: Query): ListContacts {
  return { ...parseListQuery(listContactsSchema, { search: readSearch(q), cursor }), limit: PAGE_SIZE };
}

export function contactsHref({ search, cursor }: Pick<Partial<ListContacts>, 'search' | 'cursor'>): string {
  return hrefWith('/contacts', { q: search, cursor });
}

/** Reads what was just done and to which contact: `added.` and an id. */
export function readContactDone(value: Query[string]): { done: (typeof DONE)[number]; id: string } | null {
  const [word, id = ''] = firstOf(value)?.split('.') ?? [];
  const done = DONE.find((one) => one === word);
  return done && isUuid(id) ? { done, id } : null;
}
