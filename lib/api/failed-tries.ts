import type { IncomingMessage } from 'node:http';
import type { LimitState } from '../limits/limiter';
import type { ApiContext } from './context';

/** Why what the front tried by itself failed. */
export interface FailedTry {
  error: unknown;
  /** When the request began, as `performance.now()` tells it. */
  start: number;
  /** The limits that it was counted against. */
  counted: readonly LimitState[];
}

const failedTries = new WeakMap<IncomingMessage, FailedTry>();

/** Makes the API answer a request with the error of what was tried for it, without another try. */
export function answerWithFailure(request: IncomingMessage, failed: FailedTry): void {
  failedTries.set(request, failed);
}

/** What failed for this request, if it was tried. */
export function failedTryOf(c: ApiContext): FailedTry | undefined {
  const incoming = c.env?.incoming;
  return incoming && failedTries.get(incoming);
}
