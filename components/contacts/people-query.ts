import { type ListContacts, listContactsSchema } from '@/lib/contacts/schema';
import { AppError } from '@/lib/core/errors';
import { isContactId } from './person-fields';

export const PEOPLE_PAGE_SIZE = 50;
const SEARCH_MAX = 200;
const DONE = ['added', 'changed', 'restored'] as const;
const COUNTS = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/;

type Word = string | string[] | undefined;

/** What a page of the list is asked for; empty fields count for nothing. @throws AppError not_found */
export function readPeopleQuery({ q, cursor }: Record<string, Word>): ListContacts {
  const search = first(q)?.replaceAll('\0', '').slice(0, SEARCH_MAX).toWellFormed().trim();
  const parsed = listContactsSchema.safeParse({
    search: search || undefined,
    cursor: first(cursor) || undefined,
    limit: PEOPLE_PAGE_SIZE,
  });
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}

export function peopleHref({ search, cursor }: Pick<Partial<ListContacts>, 'search' | 'cursor'>): string {
  const query = new URLSearchParams();
  if (search) query.set('q', search);
  if (cursor) query.set('cursor', cursor);
  const text = query.toString();
  return text === '' ? '/people' : `/people?${text}`;
}

/** What has just been done, and to whom: `added.` and an id. */
export function readPersonDone(value: Word): { done: (typeof DONE)[number]; id: string } | null {
  const [word, id = ''] = first(value)?.split('.') ?? [];
  const done = DONE.find((one) => one === word);
  return done && isContactId(id) ? { done, id } : null;
}

export interface ImportedCounts {
  created: number;
  completed: number;
  skipped: number;
  left: number;
  /** Whose notes had no room for all. */
  crowded: number;
}

/** What an import came to: `12.3.4.1`. */
export function readImported(value: Word): ImportedCounts | null {
  const counts = COUNTS.exec(first(value) ?? '')
    ?.slice(1)
    .map(Number);
  if (!counts) return null;
  const [created = 0, completed = 0, skipped = 0, left = 0, crowded = 0] = counts;
  return { created, completed, skipped, left, crowded };
}

const LINES = /^\d{1,7}(?:\.\d{1,7}){0,19}$/;

/** The lines of a file that the page of an import names: `5.17`. */
export function readLines(value: Word): number[] {
  const given = first(value) ?? '';
  return LINES.test(given) ? given.split('.').map(Number) : [];
}

function first(value: Word): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
