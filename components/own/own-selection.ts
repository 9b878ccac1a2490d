import { safeNextPath } from '@/lib/core/next-path';
import { isSlugShaped } from '@/lib/pastes/slug';

/** How many pastes are deleted by one form. */
export const MAX_CHOSEN = 100;

/** The slugs of a form or a URL, without duplicates, in order; invalid ones are left out. */
export function readChosenSlugs(values: readonly unknown[]): string[] {
  const slugs = values.filter((value) => typeof value === 'string').filter(isSlugShaped);
  return [...new Set(slugs)].slice(0, MAX_CHOSEN);
}

/** The page of the selection: the user's own pastes, or their profile. */
export function readBackHref(value: unknown): string {
  const href = safeNextPath(value, '/me');
  return /^\/(me|u\/[a-z0-9_-]+)(\?|$)/.test(href) ? href : '/me';
}
