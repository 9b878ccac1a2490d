import type { IncomingMessage } from 'node:http';
import type { LimitState } from '../limits/limiter';
import type { ApiContext } from './context';

/** An attempt of the front to answer a request without the API, and why it failed. */
export interface FailedTry {
  error: unknown;
  /** When the request began, as `performance.now()` tells it. */
  start: number;
  /** The limits that it was counted against. */
  counted: readonly LimitState[];
}

const failedTries = new WeakMap<IncomingMessage, FailedTry>();

/** Makes the API answer a request with the error of the attempt, without another one. */
export function answerWithFailure(request: IncomingMessage, failed: FailedTry): void {
  failedTries.set(request, failed);
}

/** The failed attempt to answer this request, if there was one. */
export function failedTryOf(c: ApiContext): FailedTry | undefined {
  const incoming = c.env?.incoming;
  return incoming && failedTries.get(incoming);
}
