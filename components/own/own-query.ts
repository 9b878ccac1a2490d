import { firstOf, hrefWith, parseListQuery, type Query, readSearch } from '@/components/page/query';
import { type ListOwnPastes, listOwnPastesSchema } from '@/lib/pastes/schema';

/** What a page of one's own pastes is asked for. @throws AppError not_found */
export function readOwnQuery({ q, language, visibility, sort, cursor }: Query): ListOwnPastes {
  return parseListQuery(listOwnPastesSchema, { q: readSearch(q), language, visibility, sort, cursor });
}

export function ownHref({ q, language, visibility, sort, cursor }: Partial<ListOwnPastes>): string {
  return hrefWith('/me', { q, language, visibility, sort: sort === 'newest' ? undefined : sort, cursor });
}

/** A small count in an address, of things just done; null when it is none. */
export function readDoneCount(value: Query[string]): number | null {
  const text = firstOf(value);
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : null;
}
