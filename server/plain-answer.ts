import 'server-only';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { serverTiming } from '@/lib/api/middleware/answer';
import { requestIdOf } from '@/lib/api/middleware/request-id';
import { anonymousCaller, type Caller } from '@/lib/core/caller';
import { finishRequest } from '@/lib/core/http/finished-request';

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

/** Answers a request as the API does, without its framework, with what `work` resolves with. Rejects as `work` does. */
export async function answerPlainly(
  request: IncomingMessage,
  response: ServerResponse,
  { route, work }: { route: string; work: () => Promise<PlainAnswer> },
): Promise<void> {
  const start = performance.now();
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
