import { isDebugging, logger } from '../logger';
import { perProcess } from '../per-process';

/** A request that was answered. */
export interface FinishedRequest {
  /** The value of `X-Request-Id`; null where there is none. */
  id: string | null;
  method: string;
  /** The pattern of the path, such as `/:slug/raw`: paths themselves contain links. */
  route: string;
  status: number;
  /** How long it took, in milliseconds. */
  elapsed: number;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** The method, if it is a usual one: a client may send any word. */
export function knownMethod(method: string): string | undefined {
  return METHODS.find((known) => known === method);
}

type Observer = (request: FinishedRequest) => void;

const observers = perProcess('request-observers', () => new Set<Observer>());

/** Has `observer` called for each request of this process from now on. */
export function observeRequests(observer: Observer): void {
  observers.get().add(observer);
}

/** To be called once for each request: writes its line in the log, and informs the observers. */
export function finishRequest(request: FinishedRequest): void {
  if (isDebugging()) {
    const { elapsed, ...facts } = request;
    logger().debug({ ...facts, ms: Math.round(elapsed) }, 'answered');
  }
  for (const observe of observers.get()) observe(request);
}
