import { firstOf, hrefWith, type Query } from '@/components/page/query';

/** Longer than any valid cursor. */
const MAX_CURSOR = 200;

export function profileHref(username: string, cursor?: string): string {
  return hrefWith(`/u/${username}`, { cursor });
}

export function readProfileCursor(value: Query[string]): string | undefined {
  return firstOf(value)?.slice(0, MAX_CURSOR) || undefined;
}
