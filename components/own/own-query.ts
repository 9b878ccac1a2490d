import { firstOf, hrefWith, parseListQuery, type Query, readSearch } from '@/components/page/query';
import { type ListOwnPastes, listOwnPastesSchema } from '@/lib/pastes/list-schema';

/** The query of a page of the user's own pastes; empty fields are ignored. @throws AppError not_found */
export function readOwnQuery({ q, language, visibility, sort, cursor }: Query): ListOwnPastes {
  return parseListQuery(listOwnPastesSchema, { q: readSearch(q), language, visibility, sort, cursor });
}

export function ownHref({ q, language, visibility, sort, cursor }: Partial<ListOwnPastes>): string {
  return hrefWith('/me', { q, language, visibility, sort: sort === 'newest' ? undefined : sort, cursor });
}

/** A small count of completed operations in the URL; null if it is invalid. */
export function readDoneCount(value: Query[string]): number | null {
  const text = firstOf(value);
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : null;
}
