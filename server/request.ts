import type { IncomingMessage } from 'node:http';
import { terminalPath } from '@/lib/api/terminal-path';
import { CLIENT_ADDRESS_HEADER } from '@/lib/core/http/client-address';
import { pathOf } from '@/lib/core/http/request-path';

/** Hono also reads the raw headers, which `admitRequest` does not change. */
export function alignRawHeaders(request: IncomingMessage): void {
  const kept: string[] = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i] ?? '';
    const lower = name.toLowerCase();
    if (lower === CLIENT_ADDRESS_HEADER || request.headers[lower] === undefined) continue;
    kept.push(name, request.rawHeaders[i + 1] ?? '');
  }
  kept.push(CLIENT_ADDRESS_HEADER, String(request.headers[CLIENT_ADDRESS_HEADER] ?? ''));
  request.rawHeaders = kept;
}

/** Rewrites the request of a terminal client for a page to the API. @returns whether it is one */
export function rewriteForTerminal(request: IncomingMessage): boolean {
  const { method = 'GET', url = '/', headers } = request;
  const path = terminalPath({ method, pathname: pathOf(url), headers });
  if (path === null) return false;
  request.url = path + url.slice(url.indexOf('?') < 0 ? url.length : url.indexOf('?'));
  return true;
}
