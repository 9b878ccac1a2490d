import { createHash, timingSafeEqual } from 'node:crypto';
import { nanoid } from 'nanoid';
import { isHttps } from '../core/http/cookie';
import { isSlugShaped } from './slug';

const KEY_SHAPE = /^[A-Za-z0-9_-]{22}$/;
const MAX_REMEMBERED = 50;

/** The edit key of an anonymous paste: 22 URL-safe characters from a CSPRNG, 132 bits. */
export function newEditKey(): string {
  return nanoid(22);
}

/** SHA-256; enough for a random key of this length. */
export function hashEditKey(key: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(key).digest());
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Holds the ring of edit keys. */
export function editKeysCookieName(): string {
  return isHttps() ? '__Host-sheaf_edit_keys' : 'sheaf_edit_keys';
}

/** The edit keys one browser holds, newest first, as kept in its one cookie. */
export type EditKeyRing = readonly { slug: string; key: string }[];

export function parseEditKeyRing(cookie: string | undefined): EditKeyRing {
  return (cookie ?? '')
    .split('.')
    .map((entry) => {
      const [slug = '', key = ''] = entry.split('~');
      return { slug, key };
    })
    .filter(({ slug, key }) => isSlugShaped(slug) && KEY_SHAPE.test(key))
    .slice(0, MAX_REMEMBERED);
}

export function serializeEditKeyRing(ring: EditKeyRing): string {
  return ring.map(({ slug, key }) => `${slug}~${key}`).join('.');
}

export function addToRing(ring: EditKeyRing, entry: { slug: string; key: string }): EditKeyRing {
  return [entry, ...removeFromRing(ring, entry.slug)].slice(0, MAX_REMEMBERED);
}

export function removeFromRing(ring: EditKeyRing, slug: string): EditKeyRing {
  return ring.filter((entry) => entry.slug !== slug);
}

export function findInRing(ring: EditKeyRing, slug: string): string | null {
  return ring.find((entry) => entry.slug === slug)?.key ?? null;
}
