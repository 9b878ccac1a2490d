/** How many items a page of a list has unless more or fewer are requested. */
export const PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/** The items of a page, made of up to `limit + 1` rows, and the last of them if more rows follow. */
export function cutPage<T>(rows: readonly T[], limit: number): { items: T[]; last: T | undefined } {
  const items = rows.slice(0, limit);
  return { items, last: rows.length > limit ? items.at(-1) : undefined };
}
