import { hrefWith, parseListQuery, type Query, readSearch } from '@/components/page/query';
import { type ListPastes, listPastesSchema } from '@/lib/pastes/schema';

/** What a page of the feed is asked for. @throws AppError not_found */
export function readFeedQuery({ q, language, cursor }: Query): ListPastes {
  return parseListQuery(listPastesSchema, { q: readSearch(q), language, cursor });
}

export function feedHref({ q, language, cursor }: Partial<ListPastes>): string {
  return hrefWith('/explore', { q, language, cursor });
}
