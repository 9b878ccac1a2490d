import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { PAGE_PATH_HEADER } from './lib/page-path';
import { SAVED_COOKIE } from './lib/pastes/saved-cookie';
import { commonHeaders, pagePolicy } from './lib/security-headers';

/** Gives every page a fresh nonce and the security headers. API routes bring their own (lib/api). */
export function proxy(request: NextRequest): NextResponse {
  const policy = pagePolicy(randomBytes(16).toString('base64'));
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set(PAGE_PATH_HEADER, pathOf(request));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Cache-Control', 'private, no-store');
  for (const [name, value] of Object.entries(commonHeaders())) response.headers.set(name, value);
  // With `no-referrer` forms posted without JavaScript would come from the origin `null`, and be refused.
  response.headers.set('Referrer-Policy', 'same-origin');
  if (showsNewKey(request)) response.headers.append('Set-Cookie', forgetNewKey(request));
  return response;
}

function pathOf({ nextUrl }: NextRequest): string {
  return `/${nextUrl.pathname.replace(/^[/\\]+/, '')}${nextUrl.search}`;
}

function showsNewKey(request: NextRequest): boolean {
  const { nextUrl } = request;
  return request.method === 'GET' && nextUrl.searchParams.has('saved') && request.cookies.has(SAVED_COOKIE);
}

// Not by `response.cookies`: Next would then hide the cookie from the page that is to show it.
function forgetNewKey({ nextUrl }: NextRequest): string {
  return `${SAVED_COOKIE}=; Path=${nextUrl.pathname}; Max-Age=0; HttpOnly; SameSite=Lax`;
}

export const config = {
  matcher: [
    '/((?!api/|documents|raw/|_next/|[^/]+/raw|[^/]+/download|.*\\.(?:png|svg|ico|woff2|txt|webmanifest)$).*)',
  ],
};
