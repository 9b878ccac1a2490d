import 'server-only';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { answerWithFailure } from '@/lib/api/failed-tries';
import { serverTiming } from '@/lib/api/middleware/answer';
import { requestIdOf } from '@/lib/api/middleware/request-id';
import { anonymousCaller, type Caller } from '@/lib/core/caller';
import { finishRequest } from '@/lib/core/http/finished-request';
import type { LimitState } from '@/lib/limits/limiter';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface PlainAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
}

/** Hosts that @hono/node-server accepts without parsing them. */
const HOST = /^[a-z0-9._-]+(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/;

export function hasPlainHost({ host = '' }: IncomingHttpHeaders): boolean {
  return HOST.test(host);
}

/** Who sends a request that has no credential. */
export function plainCaller({ headers }: IncomingMessage): Caller {
  return anonymousCaller({ get: (name) => headers[name] as string | undefined });
}

interface PlainWork {
  route: string;
  work: () => Promise<PlainAnswer>;
  /** The limits that the work has been counted against so far. */
  counted: readonly LimitState[];
  /** Answers with the error of work that fails. */
  answerApi: Answer;
}

/** Answers a request as the API does, without its framework, with what `work` resolves with. */
export function answerPlainly(
  request: IncomingMessage,
  response: ServerResponse,
  { counted, answerApi, ...rest }: PlainWork,
): void {
  const start = performance.now();
  sendPlainly(request, response, { start, ...rest }).catch((error: unknown) => {
    answerWithFailure(request, { error, start, counted });
    answerApi(request, response);
  });
}

async function sendPlainly(
  request: IncomingMessage,
  response: ServerResponse,
  { start, route, work }: Pick<PlainWork, 'route' | 'work'> & { start: number },
): Promise<void> {
  const { method = 'GET', url: path = '', headers: sent } = request;
  const { status, headers, body } = await work();
  const id = requestIdOf(sent['x-request-id'] as string | undefined);
  const elapsed = performance.now() - start;
  response.writeHead(status, {
    'X-Request-Id': id,
    ...headers,
    'Server-Timing': serverTiming(elapsed, { status, path }),
  });
  response.end(body);
  finishRequest({ id, method, route, status, elapsed });
}
