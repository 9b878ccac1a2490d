import type { ServerResponse } from 'node:http';
import { env } from '../env';

const PAGE_POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** The headers of every response. */
export function commonHeaders(): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(env().APP_URL.startsWith('https:')
      ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }
      : {}),
  };
}

/**
 * Gives an answer the common headers before anything writes to it, so that redirects, static files and errors
 * of the framework have them too. Later code may set its own values.
 */
export function setCommonHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(commonHeaders())) response.setHeader(name, value);
}

/** The policy of a page whose own scripts carry `nonce`. */
export function pagePolicy(nonce: string): string {
  return [
    ...PAGE_POLICY,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
  ].join('; ');
}

/** The policy of a page whose scripts are files of this site, and with styles by their hashes. */
export function readerPagePolicy(styleHashes: string): string {
  return [...PAGE_POLICY, "script-src 'self'", `style-src ${styleHashes}`].join('; ');
}

/** The policy of responses that are not pages: they may run and load nothing. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** The policy of raw text, which a browser may display. */
export const RAW_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";
