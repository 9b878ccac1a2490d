import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { perProcess } from '@/lib/core/per-process';

/*
 * Next gives a page no way to answer 503 or 422 or to set a header
 * (https://github.com/vercel/next.js/discussions/53225). Node announces every request on a diagnostics channel
 * before a handler sees it; the response then stays in this context until a page needs it.
 */
const responses = perProcess('responses', () => new AsyncLocalStorage<ServerResponse>());

/** Makes this the response of all that follows in this request. */
export function enterResponse(response: ServerResponse): void {
  responses.get().enterWith(response);
}

/** The response of the request in progress; undefined where the host hides it. */
export function currentResponse(): ServerResponse | undefined {
  return responses.get().getStore();
}
