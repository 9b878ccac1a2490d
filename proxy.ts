import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { commonHeaders, pagePolicy } from './lib/security-headers';

/** Gives every page a fresh nonce and the security headers. API routes bring their own (lib/api). */
export function proxy(request: NextRequest): NextResponse {
  const policy = pagePolicy(randomBytes(16).toString('base64'));
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Cache-Control', 'private, no-store');
  for (const [name, value] of Object.entries(commonHeaders())) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: ['/((?!api/|documents|raw/|_next/|[^/]+/raw|[^/]+/download|.*\\.(?:png|svg|ico|woff2|txt|webmanifest)$).*)'],
};
