import { AppError } from '@/lib/core/errors';
import { type ListOwnPastes, listOwnPastesSchema } from '@/lib/pastes/schema';

const SEARCH_MAX = 200;

type Query = Record<string, string | string[] | undefined>;

/** The query of a page of the user's own pastes; empty fields are ignored. @throws AppError not_found */
export function readOwnQuery({ q, language, visibility, sort, cursor }: Query): ListOwnPastes {
  const search = first(q)?.replaceAll('\0', '').slice(0, SEARCH_MAX).toWellFormed().trim();
  const parsed = listOwnPastesSchema.safeParse({
    q: search || undefined,
    language: first(language) || undefined,
    visibility: first(visibility) || undefined,
    sort: first(sort) || undefined,
    cursor: first(cursor) || undefined,
  });
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}

export function ownHref({ q, language, visibility, sort, cursor }: Partial<ListOwnPastes>): string {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  if (language) query.set('language', language);
  if (visibility) query.set('visibility', visibility);
  if (sort && sort !== 'newest') query.set('sort', sort);
  if (cursor) query.set('cursor', cursor);
  const text = query.toString();
  return text === '' ? '/me' : `/me?${text}`;
}

/** A small count of completed operations in the URL; null if it is invalid. */
export function readDoneCount(value: string | string[] | undefined): number | null {
  const text = first(value);
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : null;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
