import { customAlphabet } from 'nanoid';
import { isReserved } from '../core/reserved-words';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
export const MIN_SLUG_LENGTH = 3;
export const MAX_SLUG_LENGTH = 64;

const SLUG_SHAPE = /^[A-Za-z0-9-]{3,64}$/;
const RANDOM_SHAPE = /^[1-9A-HJ-NP-Za-km-z]{12}$/;
const CUSTOM_SHAPE = /^[a-z0-9-]{3,64}$/;

const randomSlug = customAlphabet(BASE58, 12);

/**
 * A fresh random slug: 12 characters of base58 from a CSPRNG, about 70 bits, uniform over those with a
 * capital letter. Chosen slugs have none, so that no random slug can be chosen after its paste is deleted.
 */
export function newSlug(): string {
  let slug = randomSlug();
  while (!/[A-Z]/.test(slug) || isReserved(slug)) slug = randomSlug();
  return slug;
}

/** Whether a string has the form of a slug; checked before any look-up. */
export function isSlugShaped(text: string): boolean {
  return SLUG_SHAPE.test(text);
}

/** The slugs that a look-up by this text may find, in order of preference; none if it is no slug. */
export function slugsMeantBy(text: string): string[] {
  if (!isSlugShaped(text)) return [];
  const chosen = chosenSlugMeantBy(text);
  return chosen === null ? [text] : [text, chosen];
}

/**
 * The chosen slug that is meant by one in another case; null where there can be none. What could be a random
 * slug is taken as it is: a chosen one must never be found in place of a random one that is deleted.
 */
function chosenSlugMeantBy(slug: string): string | null {
  const chosen = slug.toLowerCase();
  return chosen === slug || RANDOM_SHAPE.test(slug) ? null : chosen;
}

/** Whether this is a valid custom slug, reserved words aside. */
export function isCustomSlug(text: string): boolean {
  return CUSTOM_SHAPE.test(text);
}
