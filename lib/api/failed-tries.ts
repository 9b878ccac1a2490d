import type { IncomingMessage } from 'node:http';
import type { LimitState } from '../limits/limiter';
import type { ApiContext } from './context';

/** Why a read that the front tried by itself failed. */
interface FailedRead {
  error: unknown;
  /** The limits that it was counted against. */
  counted: readonly LimitState[];
}

const failedReads = new WeakMap<IncomingMessage, FailedRead>();

/** Makes the API answer a request with the error of the read that was tried for it, without another try. */
export function answerWithFailure(request: IncomingMessage, failed: FailedRead): void {
  failedReads.set(request, failed);
}

/** The read that failed for this request, if one was tried. */
export function failedReadOf(c: ApiContext): FailedRead | undefined {
  const incoming = c.env?.incoming;
  return incoming && failedReads.get(incoming);
}
