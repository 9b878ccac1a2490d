import { ACTION_HEADER, RSC_HEADER } from '../core/http/next-headers';
import { RESERVED_WORDS } from '../core/reserved-words';
import { isSlugShaped } from '../pastes/slug';
import { isApiPath } from './paths';

/** Below this the API answers requests for the paths of pages that do not come from a browser. */
export const TERMINAL_PREFIX = '/api/terminal';

/** Set on a request that has `RSC`, which Next removes before `proxy.ts` runs. */
export const RSC_MARK_HEADER = 'x-sheaf-rsc';

/** Files at the root of the site, which Next serves. */
const SITE_FILES: ReadonlySet<string> = new Set([
  'apple-icon.png',
  'favicon.ico',
  'icon.svg',
  'manifest.webmanifest',
  'robots.txt',
  'sheaf.mjs',
  'sitemap.xml',
  'sw-off.js',
  'sw.js',
]);

const TERMINAL_CLIENT = /^(?:curl|wget|httpie|xh)\/|\b(?:Windows)?PowerShell\//i;

export interface PageRequest {
  method: string;
  /** As it was sent, percent-encoded. */
  pathname: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * The path by which the API answers a request for the path of a page: text for a terminal client that asks
 * for a link, a paste for what is sent to `/` or put under a name, 405 for other methods. Null where Next
 * answers.
 */
export function terminalPath(request: PageRequest): string | null {
  const { method, pathname } = request;
  // Next redirects these to the path without the slash.
  if (pathname !== '/' && pathname.endsWith('/')) return null;
  // A URL would resolve them to another route.
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(pathname)) return null;
  const isAnswered =
    method === 'GET' || method === 'HEAD' ? isLinkToText(request) : method !== 'POST' || isUpload(request);
  if (!isAnswered) return null;
  return pathname === '/' ? TERMINAL_PREFIX : TERMINAL_PREFIX + pathname;
}

/** The request that `proxy.ts` rewrote, for which Next keeps the address of the page, as the API is asked. */
export function rewrittenForApi(request: Request): Request {
  const url = new URL(request.url);
  if (isApiPath(url.pathname)) return request;
  const { method, headers } = request;
  const path = terminalPath({ method, pathname: url.pathname, headers: Object.fromEntries(headers) });
  return path === null ? request : new Request(new URL(path + url.search, url), request);
}

/** The slug of `/{slug}` and `/{slug}.ext`; null for any other path. */
export function slugOfLink(pathname: string): string | null {
  const [, name = ''] = /^\/([^/]+)$/.exec(pathname) ?? [];
  const [slug = ''] = name.split('.', 1);
  return isSlugShaped(slug) && !RESERVED_WORDS.has(slug) && !isSiteFile(pathname) ? slug : null;
}

export function isSiteFile(pathname: string): boolean {
  return SITE_FILES.has(pathname.slice(1));
}

function isLinkToText({ pathname, headers }: PageRequest): boolean {
  return slugOfLink(pathname) !== null && wantsText(headers);
}

/** Whether neither a browser nor a script of a page sent it: those send their origin. */
function isUpload({ pathname, headers }: PageRequest): boolean {
  if (pathname !== '/') return false;
  return !Object.keys(headers).some(
    (name) => name === ACTION_HEADER || name === 'origin' || name.startsWith('sec-fetch-'),
  );
}

function wantsText(headers: PageRequest['headers']): boolean {
  const accept = headerOf(headers, 'accept')?.trim();
  if (accept !== undefined && prefersText(accept)) return true;
  if (accept !== undefined && accept !== '' && accept !== '*/*') return false;
  if (
    [RSC_HEADER, RSC_MARK_HEADER, ACTION_HEADER, 'sec-fetch-mode'].some((name) => headers[name] !== undefined)
  )
    return false;
  return TERMINAL_CLIENT.test(headerOf(headers, 'user-agent') ?? '');
}

/** Whether `text/plain` is named, and weighs more than HTML by the most specific range for each (RFC 9110). */
function prefersText(accept: string): boolean {
  const weights = new Map<string, number>();
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    weights.set(type, Math.max(weights.get(type) ?? 0, Number(weight) || 0));
  }
  const text = weights.get('text/plain') ?? 0;
  const html = weights.get('text/html') ?? weights.get('text/*') ?? weights.get('*/*') ?? 0;
  return text > Math.max(html, weights.get('application/xhtml+xml') ?? 0);
}

function headerOf(headers: PageRequest['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
