import { findLinkKey, type LinkKey } from '@/components/secret/link-key';
import { EncryptionError } from '@/lib/encryption/errors';
import { formatFragment, parseFragment } from '@/lib/encryption/fragment';
import type { SecretKey } from '@/lib/encryption/key-shape';
import type { HashFormat } from '../aids/hash-format';

/** Pages about a paste that need its key as well; its bytes do not. */
const PAGES = ['', '/edit', '/history'];

/** The fragment of a page that holds the key and then a place: `#AGE-SECRET-KEY-1…&L3`. */
export function secretHash(key: SecretKey): HashFormat {
  return {
    toHash: (place) => formatFragment({ key, place: place.replace(/^#/, '') }),
    toPlace: (hash) => {
      const place = placeIn(hash);
      return place === '' ? '' : `#${place}`;
    },
  };
}

/**
 * The key in the address, or else the one that this browser has kept for the author, which is put there.
 * @throws EncryptionError key_missing, key_malformed
 */
export function getKeyOrThrow(slug: string): LinkKey {
  const found = findLinkKey(slug);
  if ('fault' in found) throw new EncryptionError(found.fault);
  if (found.isKept) {
    const { hash } = window.location;
    window.history.replaceState(window.history.state, '', secretHash(found.key).toHash(hash));
  }
  return found;
}

/** As `getKeyOrThrow`; null if there is none. */
export function readKey(slug: string): SecretKey | null {
  try {
    return getKeyOrThrow(slug).key;
  } catch {
    return null;
  }
}

/** Keeps the key in the address, in the links of this page, and in those that need it. */
export function keepKey(slug: string, key: SecretKey, signal?: AbortSignal): void {
  const { toHash, toPlace } = secretHash(key);

  function arrive() {
    const { hash } = window.location;
    if (isOther(hash, key)) {
      window.location.reload();
      return;
    }
    const kept = toHash(toPlace(hash));
    if (hash !== kept) window.history.replaceState(window.history.state, '', kept);
    showPlace(toPlace(kept));
  }

  // A second click on a link does not change the address.
  function click({ target }: MouseEvent) {
    const link = target instanceof Element && target.closest('a');
    if (link && link.hash === window.location.hash && isThisPage(link)) showPlace(toPlace(link.hash));
  }

  addKeyToLinks(document, { slug, key });
  window.addEventListener('hashchange', arrive, { signal });
  document.addEventListener('click', click, { signal });
}

/** Gives the links to places of this page, and to pages that need it, the key. */
export function addKeyToLinks(root: ParentNode, { slug, key }: { slug: string; key: SecretKey }): void {
  const { toHash } = secretHash(key);
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    if (link.origin !== window.location.origin || link.hash.includes(key)) continue;
    const href = link.getAttribute('href') ?? '';
    const isDuplicate = link.pathname === '/' && new URLSearchParams(link.search).get('from') === slug;
    const isPage = PAGES.some((page) => link.pathname === `/${slug}${page}`);
    // Relative, since the query of this page may change.
    if (href.startsWith('#')) link.setAttribute('href', toHash(href));
    else if (isPage || isDuplicate) link.hash = toHash(link.hash);
  }
}

function isThisPage(link: HTMLAnchorElement): boolean {
  return link.pathname === window.location.pathname && link.search === window.location.search;
}

/** Scrolls to a place that is not a line, and goes on from there for the keyboard. */
function showPlace(place: string): void {
  const target = place === '' ? null : document.getElementById(decodePlace(place.slice(1)));
  if (!target || target.closest('.code-block')) return;
  target.scrollIntoView();
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function decodePlace(place: string): string {
  try {
    return decodeURIComponent(place);
  } catch {
    return place;
  }
}

function placeIn(hash: string): string {
  try {
    return parseFragment(hash).place;
  } catch {
    return hash.replace(/^#/, '');
  }
}

function isOther(hash: string, key: SecretKey): boolean {
  try {
    return parseFragment(hash).key !== key;
  } catch (error) {
    return !isMissing(error);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof EncryptionError && error.code === 'key_missing';
}
