import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { UPLOAD_HEADER } from './components/composer/upload-header';
import { PAGE_PATH_HEADER } from './components/request/page-path';
import { isSiteFile, slugOfLink, terminalPath } from './lib/api/terminal-path';
import { env } from './lib/core/env';
import { FOREIGN_FORM, isForeignForm } from './lib/core/http/foreign-form';
import { commonHeaders, DATA_POLICY, pagePolicy } from './lib/core/http/security-headers';
import { LOCALE_COOKIE, localeFor } from './lib/core/i18n/locale';
import { SAVED_COOKIE } from './lib/pastes/saved-cookie';
import { isSlugShaped } from './lib/pastes/slug';

/** `serverActions.bodySizeLimit` of next.config.ts. */
const MAX_FORM_BYTES = 6 * 1024 * 1024;
/** Messages are loaded on first use, as each new instance of the function would have to load all of them. */
const TOO_LARGE = {
  async en() {
    const { default: en } = await import('./lib/core/i18n/messages/en.json');
    return en.composer.tooLargePosted;
  },
  async ru() {
    const { default: ru } = await import('./lib/core/i18n/messages/ru.json');
    return ru.composer.tooLargePosted;
  },
};

/** Next's route handlers answer other methods with 400. */
const KNOWN_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const PAGE_METHODS = ['GET', 'HEAD', 'POST'];
const FILE_METHODS = ['GET', 'HEAD'];
/** Before it was renamed to `/contacts`. */
const OLD_CONTACTS_PATH = /^\/people(?=\/|$)/;
const PREVIEW_IMAGE = /^\/[^/]+\/preview\.png$/;
const SITEMAP_PART = /^\/sitemap\/[^/]+\.xml$/;

/** Gives every page a fresh nonce and the security headers. API routes bring their own (lib/api). */
export function proxy(request: NextRequest): NextResponse | Promise<NextResponse> {
  if (!KNOWN_METHODS.includes(request.method)) return rejectMethod(PAGE_METHODS);
  const terminal = terminalPath({
    method: request.method,
    pathname: request.nextUrl.pathname,
    headers: Object.fromEntries(request.headers),
  });
  if (terminal !== null) return rewriteTo(terminal, request);
  if (isFile(request.nextUrl.pathname)) return answerFile(request);
  if (isFromElsewhere(request)) return denyForeign();
  if (isOversized(request)) return rejectOversized(request);
  if (followsUpload(request)) return new NextResponse(null, { status: 204, headers: commonHeaders() });
  if (OLD_CONTACTS_PATH.test(request.nextUrl.pathname)) return redirectToContacts(request);
  const slug = slugOfLink(request.nextUrl.pathname);
  if (slug !== null && request.nextUrl.pathname !== `/${slug}`) return redirectToLink(slug, request);
  const policy = pagePolicy(randomBytes(16).toString('base64'));
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set(PAGE_PATH_HEADER, pathOf(request));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Cache-Control', 'private, no-store');
  for (const [name, value] of Object.entries(commonHeaders())) response.headers.set(name, value);
  // With `no-referrer` forms posted without JavaScript would come from the origin `null`, and be denied.
  response.headers.set('Referrer-Policy', 'same-origin');
  if (showsNewKey(request)) response.headers.append('Set-Cookie', forgetNewKey(request));
  return response;
}

/** A redirect is not a page: it may run nothing, and must not be stored by shared caches. */
function redirectHeaders(): Record<string, string> {
  const headers = { 'Content-Security-Policy': DATA_POLICY, 'Cache-Control': 'private, no-store' };
  return { ...commonHeaders(), ...headers };
}

function rewriteTo(pathname: string, { nextUrl }: NextRequest): NextResponse {
  const url = nextUrl.clone();
  url.pathname = pathname;
  return NextResponse.rewrite(url);
}

/** From `/{slug}.ext`, as haste clients hand it out, to the paste. */
function redirectToLink(slug: string, { nextUrl }: NextRequest): NextResponse {
  const url = nextUrl.clone();
  url.pathname = `/${slug}`;
  return NextResponse.redirect(url, { status: 307, headers: redirectHeaders() });
}

/** Permanent, and with 308 a posted form is sent again to the new path. */
function redirectToContacts({ nextUrl }: NextRequest): NextResponse {
  const url = nextUrl.clone();
  url.pathname = url.pathname.replace(OLD_CONTACTS_PATH, '/contacts');
  return NextResponse.redirect(url, { status: 308, headers: redirectHeaders() });
}

/** Where an upload led is all that its script asks; the page there, with the key it shows once, comes next. */
function followsUpload({ method, headers }: NextRequest): boolean {
  return method === 'GET' && headers.has(UPLOAD_HEADER);
}

function isFile(pathname: string): boolean {
  return isSiteFile(pathname) || PREVIEW_IMAGE.test(pathname) || SITEMAP_PART.test(pathname);
}

/** Files bring their own headers; but Next answers a post to some of them as if it were a GET. */
function answerFile(request: NextRequest): NextResponse {
  if (!FILE_METHODS.includes(request.method)) return rejectMethod(FILE_METHODS);
  const isOff = request.nextUrl.pathname === '/sw.js' && !env().SERVICE_WORKER;
  return isOff ? rewriteTo('/sw-off.js', request) : NextResponse.next();
}

function rejectMethod(allowed: readonly string[]): NextResponse {
  return new NextResponse(null, { status: 405, headers: { ...commonHeaders(), Allow: allowed.join(', ') } });
}

/** Next denies such a form too, but with a 500. */
function isFromElsewhere({ method, headers }: NextRequest): boolean {
  return method === 'POST' && isForeignForm(headers);
}

function denyForeign(): NextResponse {
  const headers = { ...commonHeaders(), 'Content-Type': 'text/plain; charset=utf-8' };
  return new NextResponse(FOREIGN_FORM, { status: 403, headers });
}

/** Next would cut the body, or answer with a bare 500; only a form posted without JavaScript comes here. */
function isOversized({ method, headers }: NextRequest): boolean {
  return method === 'POST' && Number(headers.get('content-length')) > MAX_FORM_BYTES;
}

async function rejectOversized(request: NextRequest): Promise<NextResponse> {
  const chosen = request.cookies.get(LOCALE_COOKIE)?.value;
  const locale = localeFor(chosen, request.headers.get('accept-language'));
  const headers = { ...commonHeaders(), 'Content-Type': 'text/plain; charset=utf-8' };
  return new NextResponse(await TOO_LARGE[locale](), { status: 413, headers });
}

function pathOf({ nextUrl }: NextRequest): string {
  return `/${nextUrl.pathname.replace(/^[/\\]+/, '')}${nextUrl.search}`;
}

function showsNewKey(request: NextRequest): boolean {
  const { nextUrl } = request;
  const isSavedPage = nextUrl.searchParams.has('saved') && isSlugShaped(nextUrl.pathname.slice(1));
  return request.method === 'GET' && isSavedPage && request.cookies.has(SAVED_COOKIE);
}

// Not by `response.cookies`: Next would then hide the cookie from the page that is to show it.
function forgetNewKey({ nextUrl }: NextRequest): string {
  return `${SAVED_COOKIE}=; Path=${nextUrl.pathname}; Max-Age=0; HttpOnly; SameSite=Lax`;
}

export const config = {
  // All but the paths of the API and the files of the build. What only looks like a file is a page that is not
  // found, or the link of a paste with an extension.
  matcher: [
    '/((?!api(?:/|$)|documents(?:/|$)|raw/[^/]+$|_next/|[^/]+/raw(?:/\\d+)?$|[^/]+/(?:download|lock|reveal)$|settings/export$|preferences$|logout$|\\.well-known/security\\.txt$).*)',
  ],
};
