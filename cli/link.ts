import { Failure } from './failure';
import { printable } from './printable';

export interface Link {
  /** An origin: `https://sheaf.example`. */
  host: string;
  slug: string;
  /** What follows `#`, with it; empty without one. Never sent. */
  hash: string;
}

const SLUG = /^[A-Za-z0-9-]{3,64}$/;

export function isSlug(value: unknown): value is string {
  return typeof value === 'string' && SLUG.test(value);
}

/**
 * The origin that a host is reached at; `https` unless a scheme is given.
 * @throws Failure usage
 */
export function parseHost(text: string): string {
  const url = toUrl(text.includes('://') ? text : `https://${text}`);
  if (url?.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new Failure(
      'usage',
      `${printable(text)} is not the address of a host, like https://sheaf.example.`,
    );
  }
  return url.origin;
}

/**
 * Parses the link of a paste, or a slug if there is a host to look for it.
 * @throws Failure usage
 */
export function parseLink(text: string, host: string | undefined): Link {
  const [address = '', ...rest] = text.split('#');
  const hash = rest.length === 0 ? '' : `#${rest.join('#')}`;
  if (host !== undefined && isSlug(address)) return { host, slug: address, hash };
  const url = toUrl(address);
  const slug = /^\/([^/.]+)(?:\.[^/]*)?$/.exec(url?.pathname ?? '')?.[1];
  if (!url || !isSlug(slug)) {
    throw new Failure('usage', `${printable(address)} is not the link of a paste.`);
  }
  return { host: url.origin, slug, hash };
}

/** Null if it is no address of the web, or has a password in it. */
export function toUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && url.username === '' && url.password === '' ? url : null;
}
