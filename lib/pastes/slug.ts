import { customAlphabet } from 'nanoid';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
export const MIN_SLUG_LENGTH = 3;
export const MAX_SLUG_LENGTH = 64;

const SLUG_SHAPE = /^[A-Za-z0-9-]{3,64}$/;
const RANDOM_SHAPE = /^[1-9A-HJ-NP-Za-km-z]{12}$/;
const CUSTOM_SHAPE = /^[a-z0-9-]{3,64}$/;

const randomSlug = customAlphabet(BASE58, 12);

/** Paths of the service itself, present and to come; neither slugs nor usernames. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'about account admin api app apple-touch-icon assets auth blog burn contact contacts create dashboard delete ' +
    'docs document documents download edit embed explore export favicon feed file files forgot-password ' +
    'health help history home icon import index inbox invite legal live login logout manifest me new next ' +
    'null oauth opengraph-image outbox paste pastes people person preview privacy profile public raw ready ' +
    'register report reports reset-password reveal revisions robots root rss search secret security ' +
    'session sessions settings share shared shares sheaf signin signout signup sitemap static status ' +
    'support system terms token tokens trash undefined unlock user users verify-email webhook well-known www'
  ).split(' '),
);

/** A fresh random slug: 12 characters of base58 from a CSPRNG, about 70 bits. */
export function newSlug(): string {
  let slug = randomSlug();
  while (RESERVED_WORDS.has(slug.toLowerCase())) slug = randomSlug();
  return slug;
}

/** Whether a string could be a slug at all; asked before any look-up. */
export function isSlugShaped(text: string): boolean {
  return SLUG_SHAPE.test(text);
}

/**
 * The chosen slug that is meant by one in another case; null where there can be none. What could be a random
 * slug is taken as it is: a chosen one must never be found in place of a random one that is gone.
 */
export function chosenSlugMeantBy(slug: string): string | null {
  const chosen = slug.toLowerCase();
  return chosen === slug || RANDOM_SHAPE.test(slug) ? null : chosen;
}

/** Whether somebody may choose this, reserved words aside. */
export function isCustomSlug(text: string): boolean {
  return CUSTOM_SHAPE.test(text);
}
