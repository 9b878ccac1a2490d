import { AppError } from '@/lib/core/errors';
import { type ListPastes, listPastesSchema } from '@/lib/pastes/schema';

const SEARCH_MAX = 200;

type Query = Record<string, string | string[] | undefined>;

/** The query of a page of the feed; empty fields of the form are ignored. @throws AppError not_found */
export function readFeedQuery({ q, language, cursor }: Query): ListPastes {
  const search = first(q)?.replaceAll('\0', '').slice(0, SEARCH_MAX).toWellFormed().trim();
  const parsed = listPastesSchema.safeParse({
    q: search || undefined,
    language: first(language) || undefined,
    cursor: first(cursor) || undefined,
  });
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

export function feedHref({ q, language, cursor }: Partial<ListPastes>): string {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  if (language) query.set('language', language);
  if (cursor) query.set('cursor', cursor);
  const text = query.toString();
  return text === '' ? '/explore' : `/explore?${text}`;
}
