import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isApiPath } from '@/lib/api/paths';
import { RSC_MARK_HEADER } from '@/lib/api/terminal-path';
import { admitRequest } from '@/lib/core/http/admit-request';
import { joinChunks } from '@/lib/core/http/join-chunks';
import { limitPageRequest } from '@/lib/core/http/limit-page-request';
import { pathOf } from '@/lib/core/http/request-path';
import { setCommonHeaders } from '@/lib/core/http/security-headers';
import { refuseUnreadable } from '@/lib/core/http/unreadable-request';
import { logger } from '@/lib/core/logger';

// Next has no way for a page to answer 503 or 422, or to set a header. Node announces every request on a
// channel before any handler sees it, which is enough: the response waits in a context until a page asks.
const globals = globalThis as typeof globalThis & {
  sheafResponses?: AsyncLocalStorage<ServerResponse>;
  /** Responses to requests in which a server action has begun. */
  sheafBegunActions?: WeakSet<ServerResponse>;
};

interface RequestStart {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/**
 * Call once when the Next server starts; also admits each request (see `admit-request.ts`), bounds what it
 * may hold and gives each answer the common headers.
 */
export function trackResponses(): void {
  if (globals.sheafResponses) return;
  const responses = new AsyncLocalStorage<ServerResponse>();
  globals.sheafResponses = responses;
  subscribe('http.server.request.start', (message) => {
    const { request, response, server } = message as RequestStart;
    if (server.listenerCount('clientError') === 0) server.on('clientError', refuseUnreadable);
    response.on('error', () => {});
    setCommonHeaders(response);
    admitRequest(request);
    refuseUndecodedAction(request, response);
    if (!isApiPath(pathOf(request.url ?? '/'))) limitPageRequest(request, response);
    joinChunks(request);
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

/** Adds to the `Vary` of the page being rendered, which has Next's own names already. */
export function addPageVary(names: string): void {
  const response = globals.sheafResponses?.getStore();
  if (response && !response.headersSent) response.appendHeader('Vary', names);
}

/** Whether the page being rendered was posted to, and no action took what was posted. */
export function isPostWithoutAction(): boolean {
  const response = globals.sheafResponses?.getStore();
  if (response?.req.method !== 'POST' || response.req.headers['next-action'] !== undefined) return false;
  return !begun().has(response);
}

/** Each action calls this once it has its arguments; see `refuseUndecodedAction`. */
export function noteActionBegan(): void {
  const response = globals.sheafResponses?.getStore();
  if (response) begun().add(response);
}

function begun(): WeakSet<ServerResponse> {
  globals.sheafBegunActions ??= new WeakSet();
  return globals.sheafBegunActions;
}

/**
 * Next answers 500 when it cannot decode what was posted to an action, and when an action refuses its
 * arguments. Neither is a fault of ours: as long as no action has begun, such a 500 becomes a 400.
 */
function refuseUndecodedAction({ method, url, headers }: IncomingMessage, response: ServerResponse): void {
  const isAction =
    headers['next-action'] !== undefined || /^multipart\//i.test(headers['content-type'] ?? '');
  if (method !== 'POST' || !isAction) return;
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || begun().has(response)) return writeHead(status, ...rest);
    logger().info({ method, url: url?.split('?', 1)[0] }, 'an action could not be decoded');
    return writeHead(400, ...rest);
  };
}

/** By which the page being rendered is asked for: a HEAD is rendered like a GET. */
export function pageMethod(): string {
  return globals.sheafResponses?.getStore()?.req.method ?? 'GET';
}
