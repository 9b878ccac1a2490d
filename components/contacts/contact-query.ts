import { type ListContacts, listContactsSchema } from '@/lib/contacts/schema';
import { AppError } from '@/lib/core/errors';
import { isContactId } from './contact-form-fields';

export const CONTACTS_PAGE_SIZE = 50;
const SEARCH_MAX = 200;
const DONE = ['added', 'changed', 'restored'] as const;
const COUNTS = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/;

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

export interface ImportedCounts {
  created: number;
  completed: number;
  skipped: number;
  left: number;
  /** Contacts whose notes had no room for all values. */
  crowded: number;
}

/** Reads the result of an import: `12.3.4.1.2`. */
export function readImported(value: Word): ImportedCounts | null {
  const counts = COUNTS.exec(first(value) ?? '')
    ?.slice(1)
    .map(Number);
  if (!counts) return null;
  const [created = 0, completed = 0, skipped = 0, left = 0, crowded = 0] = counts;
  return { created, completed, skipped, left, crowded };
}

const LINES = /^\d{1,7}(?:\.\d{1,7}){0,19}$/;

/** Reads the line numbers that an import reports: `5.17`. */
export function readLines(value: Word): number[] {
  const given = first(value) ?? '';
  return LINES.test(given) ? given.split('.').map(Number) : [];
}

function first(value: Word): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
