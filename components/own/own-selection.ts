import { safeNextPath } from '@/lib/core/next-path';
import { isSlugShaped } from '@/lib/pastes/slug';

/** How many pastes are deleted by one form. */
export const MAX_CHOSEN = 100;

/** The slugs of a form or an address, each once, in their order; what cannot be one is left out. */
export function readChosenSlugs(values: readonly unknown[]): string[] {
  const slugs = values.filter((value) => typeof value === 'string').filter(isSlugShaped);
  return [...new Set(slugs)].slice(0, MAX_CHOSEN);
}

/** Where the choice was made: one's own pastes, or one's profile. */
export function readBackHref(value: unknown): string {
  const href = safeNextPath(value, '/me');
  return /^\/(me|u\/[a-z0-9_-]+)(\?|$)/.test(href) ? href : '/me';
}
