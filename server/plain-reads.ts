import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limitHeadersOf } from '@/lib/api/middleware/limited';
import { readMetadata } from '@/lib/api/routes/metadata';
import { readRaw } from '@/lib/api/routes/raw';
import type { Caller } from '@/lib/core/caller';
import { sessionCookieName } from '@/lib/core/http/cookie';
import { DATA_POLICY } from '@/lib/core/http/security-headers';
import { enforceLimit } from '@/lib/limits/enforce';
import type { LimitState } from '@/lib/limits/limiter';
import { editKeysCookieName } from '@/lib/pastes/edit-key';
import { isClosedTo } from '@/lib/pastes/policy';
import { sharesCookieName } from '@/lib/sharing/confirmed-shares';
import { type Answer, answerPlainly, hasPlainHost, type PlainAnswer, plainCaller } from './plain-answer';

/** `/{slug}/raw`, `/{slug}/raw/{n}`, and `/raw/{slug}` with any extension, without a query. */
const RAW_PATH = /^\/(?:([A-Za-z0-9-]{3,64})\/raw(?:\/(\d{1,2}))?|raw\/([A-Za-z0-9-]{3,64})(?:\.\w*)?)$/;
const METADATA_PATH = /^\/api\/v1\/pastes\/([A-Za-z0-9-]{3,64})$/;

/** A request with one of these has a body, or authorizes for more than an anonymous caller may read. */
const SPECIAL_HEADERS = ['authorization', 'x-edit-key', 'content-length', 'transfer-encoding'];

/** Who asks, for a read that only they and `If-None-Match` decide. */
interface Asked {
  caller: Caller;
  ifNoneMatch: string | undefined;
  /** Receives the limits that the read is counted against. */
  counted: LimitState[];
}

/** What reads what a path names, and the pattern of the path. */
interface Route {
  route: string;
  read: (asked: Asked) => Promise<PlainAnswer>;
}

/**
 * Answers plain reads of raw text and of metadata as the API does, without its framework. `answerApi` gets those that
 * fail, to answer with the error.
 * @returns a function that answers a request, or returns false for one that is not a plain read
 */
export function createPlainReads(
  answerApi: Answer,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const found = isPlain(request) ? findRoute(request) : null;
    if (!found) return false;
    const { route, read } = found;
    const { headers } = request;
    const asked: Asked = {
      caller: plainCaller(request),
      ifNoneMatch: headers['if-none-match'],
      counted: [],
    };
    answerPlainly(request, response, { route, work: () => read(asked), counted: asked.counted, answerApi });
    return true;
  };
}

/** Whether nothing but the path, `If-None-Match` and `Origin` decides how the request is answered. */
function isPlain({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (SPECIAL_HEADERS.some((name) => headers[name] !== undefined)) return false;
  if (!hasPlainHost(headers)) return false;
  const { cookie } = headers;
  return cookie === undefined || !authorizingCookies().some((name) => cookie.includes(name));
}

/** An edit key authorizes to read only where reading is for members. */
function authorizingCookies(): string[] {
  const names = [sessionCookieName(), sharesCookieName()];
  return isClosedTo(null) ? [...names, editKeysCookieName()] : names;
}

/** Null for other paths, and for pages of other origins that call the API. */
function findRoute({ url = '', headers }: IncomingMessage): Route | null {
  const raw = RAW_PATH.exec(url);
  if (raw) {
    const [, slug, position = '1', key = ''] = raw;
    const route = slug === undefined ? '/raw/:key' : '/:slug/raw';
    return { route, read: (asked) => readRaw(slug ?? key, { position, ...asked }) };
  }
  const slug = METADATA_PATH.exec(url)?.[1];
  if (slug === undefined || headers.origin !== undefined) return null;
  return { route: '/api/v1/pastes/:slug', read: (asked) => countAndRead(slug, asked) };
}

async function countAndRead(slug: string, { counted, ...asked }: Asked): Promise<PlainAnswer> {
  counted.push(...(await enforceLimit('read-api', asked.caller)));
  const { status, headers, body } = await readMetadata(slug, asked);
  return {
    status,
    headers: {
      ...limitHeadersOf(counted),
      ...headers,
      'Content-Security-Policy': DATA_POLICY,
      Vary: 'Origin',
      ...(body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    },
    body,
  };
}
