import { hrefWith, parseListQuery, type Query, readSearch } from '@/components/page/query';
import { type ListPastes, listPastesSchema } from '@/lib/pastes/list-schema';

/** The query of a page of the feed; empty fields of the form are ignored. @throws AppError not_found */
export function readFeedQuery({ q, language, cursor }: Query): ListPastes {
  return parseListQuery(listPastesSchema, { q: readSearch(q), language, cursor });
}

export function feedHref({ q, language, cursor }: Partial<ListPastes>): string {
  return hrefWith('/explore', { q, language, cursor });
}
