import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isApiPath } from './api/paths';
import { RSC_MARK_HEADER } from './api/terminal-path';
import { admitRequest } from './entry';
import { pathOf } from './front/request';
import { limitPageRequest } from './multipart/limit-page-request';

// Next has no way for a page to answer 503 or 422, or to set a header. Node announces every request on a
// channel before any handler sees it, which is enough: the response waits in a context until a page asks.
const globals = globalThis as typeof globalThis & {
  sheafResponses?: AsyncLocalStorage<ServerResponse>;
  /** Responses to requests in which a server action has run. */
  sheafActed?: WeakSet<ServerResponse>;
};

/** To be called once, when the Next server starts; also admits each request (see `entry.ts`) and bounds what it may hold. */
export function trackResponses(): void {
  if (globals.sheafResponses) return;
  const responses = new AsyncLocalStorage<ServerResponse>();
  globals.sheafResponses = responses;
  globals.sheafActed = new WeakSet();
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    admitRequest(request);
    if (!isApiPath(pathOf(request.url ?? '/'))) limitPageRequest(request, response);
    if (request.headers.rsc !== undefined) request.headers[RSC_MARK_HEADER] = '1';
    responses.enterWith(response);
  });
}

/** Sets the status of the page being rendered. @returns false where the host hides the response from us */
export function setPageStatus(status: number): boolean {
  const response = globals.sheafResponses?.getStore();
  if (!response || response.headersSent) return false;
  response.statusCode = status;
  return true;
}

/** Sets a header of the page being rendered; where that is impossible, nothing happens. */
export function setPageHeader(name: string, value: string): void {
  const response = globals.sheafResponses?.getStore();
  if (response && !response.headersSent) response.setHeader(name, value);
}

/** To be called by every server action: what was posted has an effect. */
export function noteAction(): void {
  const response = globals.sheafResponses?.getStore();
  if (response) globals.sheafActed?.add(response);
}

/** Whether the page being rendered was posted to, and no action took what was posted. */
export function isPostWithoutAction(): boolean {
  const response = globals.sheafResponses?.getStore();
  if (response?.req.method !== 'POST' || response.req.headers['next-action'] !== undefined) return false;
  return globals.sheafActed?.has(response) === false;
}

/** By which the page being rendered is asked for: a HEAD is rendered like a GET. */
export function pageMethod(): string {
  return globals.sheafResponses?.getStore()?.req.method ?? 'GET';
}
