import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESERVED_WORDS } from '../reserved-words';
import { withinSpan } from '../tracing';
import { finishRequest } from './finished-request';
import { pathOf } from './request-path';

/** The client closed its connection before the response was sent, as nginx calls it. */
const ABORTED = 499;
const OF_A_PASTE = new Set(['edit', 'history', 'share', 'report', 'preview.png']);

/**
 * The pattern of a page's path, such as `/docs` or `/:slug/edit`. There are few: it has nothing of a path but words
 * that the service knows.
 */
export function pageRoute(path: string): string {
  const [first = '', second] = path.slice(1).split('/');
  if (first === '' || first === '_next' || RESERVED_WORDS.has(first)) return `/${first}`;
  if (first === 'u') return '/u/:username';
  if (first.includes('.')) return '/:file';
  if (second === undefined) return '/:slug';
  return OF_A_PASTE.has(second) ? `/:slug/${second}` : '/:slug/:other';
}

/** Has the request of a page, or of a file, recorded when its response has ended. */
export function recordPage({ method = 'GET', url = '/' }: IncomingMessage, response: ServerResponse): void {
  const start = performance.now();
  const route = pageRoute(pathOf(url));
  const finish = withinSpan(() => {
    const status = response.writableFinished ? response.statusCode : ABORTED;
    finishRequest({ id: null, method, route, status, elapsed: performance.now() - start });
  });
  response.once('close', finish);
}
