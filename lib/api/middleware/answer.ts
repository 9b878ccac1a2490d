import type { MiddlewareHandler } from 'hono';
import { finishRequest } from '../../core/http/finished-request';
import { commonHeaders, DATA_POLICY } from '../../core/http/security-headers';
import { type ApiEnv, routeOf } from '../context';
import { failedTryOf } from '../failed-tries';

const COARSE_MS = 10;

/** Headers of every answer, its timing, and its line in the log: no body, no query, no token. */
export const answer: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const start = failedTryOf(c)?.start ?? performance.now();
  await next();
  const elapsed = performance.now() - start;
  if (c.req.method === 'HEAD') await setContentLength(c.res);
  const { headers, status } = c.res;
  for (const [name, value] of Object.entries(commonHeaders())) headers.set(name, value);
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', DATA_POLICY);
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-store');
  const { method, path } = c.req;
  headers.set('Server-Timing', serverTiming(elapsed, { status, path }));
  finishRequest({ id: c.get('requestId'), method, route: routeOf(c), status, elapsed });
};

/** The value of `Server-Timing` for an answer that took `elapsed` milliseconds. */
export function serverTiming(elapsed: number, answer: { status: number; path: string }): string {
  return `total;dur=${shownDuration(elapsed, answer)}`;
}

/** `HEAD` gets the headers of `GET`; the server discards the body unread. */
async function setContentLength(response: Response): Promise<void> {
  const type = response.headers.get('Content-Type') ?? '';
  if (response.headers.has('Content-Length') || !/json$/.test(type)) return;
  const { byteLength } = await response.clone().arrayBuffer();
  response.headers.set('Content-Length', String(byteLength));
}

/** Timing must not distinguish absent from inaccessible pastes, or reveal who has an account. */
function shownDuration(elapsed: number, { status, path }: { status: number; path: string }): string {
  if (status !== 404 && status !== 401 && !path.startsWith('/api/v1/auth/')) return elapsed.toFixed(1);
  return String(Math.ceil(elapsed / COARSE_MS) * COARSE_MS);
}
