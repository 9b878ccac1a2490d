import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACTION_HEADER } from '@/lib/core/http/next-headers';
import { logger } from '@/lib/core/logger';
import { perProcess } from '@/lib/core/per-process';
import { currentResponse } from './next-response';

/*
 * Next answers 500 when it cannot decode what was posted to an action, and when an action rejects its arguments
 * (https://github.com/vercel/next.js/issues/86945, https://github.com/vercel/next.js/issues/95447). Neither is a
 * fault of the server: as long as no action has begun, such a 500 becomes a 400.
 */
const begun = perProcess('begun-actions', () => new WeakSet<ServerResponse>());

/** Each action calls this after it has read its arguments, and each route that answers with JSON. */
export function noteActionBegan(): void {
  const response = currentResponse();
  if (response) begun.get().add(response);
}

/** Whether the page being rendered is the response to a POST that no action handled. */
export function isPostWithoutAction(): boolean {
  const response = currentResponse();
  if (response?.req.method !== 'POST' || response.req.headers[ACTION_HEADER] !== undefined) return false;
  return !begun.get().has(response);
}

/** Turns the 500 of an action that never began into a 400. */
export function answerUndecodedAction(
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const isAction =
    headers[ACTION_HEADER] !== undefined || /^multipart\//i.test(headers['content-type'] ?? '');
  if (method !== 'POST' || !isAction) return;
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || begun.get().has(response)) return writeHead(status, ...rest);
    logger().info({ method, url: url?.split('?', 1)[0] }, 'an action could not be decoded');
    return writeHead(400, ...rest);
  };
}
