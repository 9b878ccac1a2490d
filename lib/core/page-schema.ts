import { z } from 'zod';
import { MAX_PAGE_SIZE, PAGE_SIZE } from './pagination';

/** `limit` in the query of a list. */
export const pageLimit = z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE);

/** A page of a list; `id` is its name in the document of the API. */
export function pageOf<S extends z.ZodType>(
  item: S,
  id: string,
  cursor: z.ZodType<string | null> = z.string().nullable(),
) {
  return z.object({ items: z.array(item), next_cursor: cursor }).meta({ id });
}

/** A list that is always answered whole. */
export function listOf<S extends z.ZodType>(item: S, id: string) {
  return pageOf(item, id, z.null());
}
