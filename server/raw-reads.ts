import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serverTiming } from '@/lib/api/middleware/answer';
import { requestIdOf } from '@/lib/api/middleware/request-id';
import { answerWithFailure, readRaw } from '@/lib/api/routes/raw';
import { anonymousCaller } from '@/lib/core/caller';
import { sessionCookieName } from '@/lib/core/http/cookie';
import { finishRequest } from '@/lib/core/http/finished-request';
import { editKeysCookieName } from '@/lib/pastes/edit-key';
import { isClosedTo } from '@/lib/pastes/policy';
import { sharesCookieName } from '@/lib/sharing/confirmed-shares';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** `/{slug}/raw`, `/{slug}/raw/{n}`, and `/raw/{slug}` with any extension, without a query. */
const PATH = /^\/(?:([A-Za-z0-9-]{3,64})\/raw(?:\/(\d{1,2}))?|raw\/([A-Za-z0-9-]{3,64})(?:\.\w*)?)$/;

/** Hosts that @hono/node-server accepts without parsing them. */
const HOST = /^[a-z0-9._-]+(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/;

/** A request with one of these has a body, or authorizes for more than an anonymous caller may read. */
const SPECIAL_HEADERS = ['authorization', 'x-edit-key', 'content-length', 'transfer-encoding'];

/**
 * Answers plain reads of raw text as the API does, without its framework. `answerApi` gets those that fail, to
 * answer with the error.
 * @returns a function that answers a request, or returns false for one that is not a plain read
 */
export function createRawReads(
  answerApi: Answer,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const wanted = isPlain(request) ? PATH.exec(request.url ?? '') : null;
    if (!wanted) return false;
    const [, slug, position = '1', key = ''] = wanted;
    const route = slug === undefined ? '/raw/:key' : '/:slug/raw';
    answer(request, response, { slug: slug ?? key, position, route }).catch((error: unknown) => {
      answerWithFailure(request, error);
      answerApi(request, response);
    });
    return true;
  };
}

/** Whether nothing but the path and `If-None-Match` decides how the request is answered. */
function isPlain({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (SPECIAL_HEADERS.some((name) => headers[name] !== undefined)) return false;
  if (!HOST.test(headers.host ?? '')) return false;
  const { cookie } = headers;
  return cookie === undefined || !authorizingCookies().some((name) => cookie.includes(name));
}

/** An edit key authorizes to read only where reading is for members. */
function authorizingCookies(): string[] {
  const names = [sessionCookieName(), sharesCookieName()];
  return isClosedTo(null) ? [...names, editKeysCookieName()] : names;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { slug, position, route }: { slug: string; position: string; route: string },
): Promise<void> {
  const start = performance.now();
  const { method = 'GET', url: path = '', headers } = request;
  const caller = anonymousCaller({ get: (name) => headers[name] as string | undefined });
  const read = await readRaw(slug, { position, caller, ifNoneMatch: headers['if-none-match'] });
  const { status } = read;
  const id = requestIdOf(headers['x-request-id'] as string | undefined);
  const elapsed = performance.now() - start;
  response.writeHead(status, {
    'X-Request-Id': id,
    ...read.headers,
    'Server-Timing': serverTiming(elapsed, { status, path }),
  });
  response.end(read.body);
  finishRequest({ id, method, route, status, elapsed });
}
