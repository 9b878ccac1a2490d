import type { IncomingMessage } from 'node:http';
import { CLIENT_ADDRESS_HEADER } from '../entry';

/** Hono also reads the raw headers, which `admitRequest` leaves as the client sent them. */
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

/** The path of a request target, which may be a whole URL. */
export function pathOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return path.split('?', 1)[0] ?? '/';
}
