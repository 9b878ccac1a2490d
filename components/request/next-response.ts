import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
// Not from `next/server`, which loads more than everything else here.
import { after } from 'next/dist/server/after';
import type { Caller } from '@/lib/core/caller';
import { perProcess } from '@/lib/core/per-process';
import type { LargeReader } from '@/lib/pastes/large-reads';

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

/** Who reads a large text on the page in progress, until its response is complete or its client has gone. */
export function largeReader({ address }: Pick<Caller, 'address'>): LargeReader {
  if (!currentResponse()) return { address };
  const closing = new AbortController();
  afterResponse(() => closing.abort());
  return { address, signal: closing.signal };
}

/** What is done after a response; one listener, however many files a page has. */
const afterwards = perProcess('after-responses', () => new WeakMap<ServerResponse, (() => void)[]>());

/**
 * Calls `work` when the response in progress is complete or its client has gone. Next's `after` is not called for a
 * client that went before Next began to render.
 */
export function afterResponse(work: () => void): void {
  const response = currentResponse();
  if (!response) {
    after(work);
    return;
  }
  if (response.closed) {
    work();
    return;
  }
  const known = afterwards.get().get(response);
  if (known) {
    known.push(work);
    return;
  }
  const works = [work];
  afterwards.get().set(response, works);
  response.once('close', () => {
    for (const one of works) one();
  });
}
