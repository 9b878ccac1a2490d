import { type ListContacts, listContactsSchema } from '@/lib/contacts/schema';
import { AppError } from '@/lib/core/errors';
import { isContactId } from './contact-form-fields';

export const CONTACTS_PAGE_SIZE = 50;
const SEARCH_MAX = 200;
const DONE = ['added', 'changed', 'restored'] as const;

type Word = string | string[] | undefined;

/** Reads the query of the list's URL; empty fields are ignored. @throws AppError not_found */
export function readContactQuery({ q, cursor }: Record<string, Word>): ListContacts {
  const search = first(q)?.replaceAll('\0', '').slice(0, SEARCH_MAX).toWellFormed().trim();
  const parsed = listContactsSchema.safeParse({
    search: search || undefined,
    cursor: first(cursor) || undefined,
    limit: CONTACTS_PAGE_SIZE,
  });
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}

export function contactsHref({ search, cursor }: Pick<Partial<ListContacts>, 'search' | 'cursor'>): string {
  const query = new URLSearchParams();
  if (search) query.set('q', search);
  if (cursor) query.set('cursor', cursor);
  const text = query.toString();
  return text === '' ? '/contacts' : `/contacts?${text}`;
}

/** Reads what was just done and to which contact: `added.` and an id. */
export function readContactDone(value: Word): { done: (typeof DONE)[number]; id: string } | null {
  const [word, id = ''] = first(value)?.split('.') ?? [];
  const done = DONE.find((one) => one === word);
  return done && isContactId(id) ? { done, id } : null;
}

function first(value: Word): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
