import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Routing } from './routes';

/** Of a request, and of a response that is not streamed: 4.5 MB. */
export const MAX_BODY_BYTES = 4_500_000;
const MAX_URL_BYTES = 14 * 1024;

/** What clients on this machine have, in place of 127.0.0.0/24, so that they differ from the host. */
const CLIENT_NETWORK = '203.0.113.';

/** A client cannot set these: the host does. */
const OF_THE_HOST = /^(?:x-forwarded-|x-vercel-|x-matched-path$|x-middleware-|x-now-|x-real-ip$|forwarded$)/;
/** Headers of one connection. */
export const NOT_PASSED_ON = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
]);

/** Something that ends a request with an error of the host's own, as its plain text. */
export class HostError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

/** The body of a request. Throws if the host refuses the body or the address. */
export async function admit(request: IncomingMessage): Promise<Buffer> {
  if ((request.url ?? '').length > MAX_URL_BYTES) throw new HostError(414, 'URL_TOO_LONG');
  return readBody(request);
}

/** A request before the first route. */
export function beginRouting(request: IncomingMessage): Routing {
  const { pathname, query } = splitTarget(request.url ?? '/');
  const host = request.headers.host ?? '';
  return {
    method: request.method ?? 'GET',
    host: host.replace(/:\d+$/, ''),
    path: pathname,
    query,
    requestHeaders: forwardedHeaders(request, host),
    responseHeaders: new Map(),
    importantHeaders: new Map(),
    cookies: [],
    status: undefined,
  };
}

/** What the client sent, without what only the host may say, and with what the host says. */
function forwardedHeaders(request: IncomingMessage, host: string): Record<string, string> {
  const address = (request.socket.remoteAddress ?? '').replace(/^(?:::ffff:)?127\.0\.0\./, CLIENT_NETWORK);
  const sent = Object.entries(plainHeaders(request.headers)).filter(
    ([name]) => !OF_THE_HOST.test(name) && !NOT_PASSED_ON.has(name),
  );
  return {
    ...Object.fromEntries(sent),
    host,
    forwarded: `for=${address};host=${host};proto=https`,
    'x-forwarded-for': address,
    'x-forwarded-host': host,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    'x-real-ip': address,
    'x-vercel-deployment-url': host,
    'x-vercel-forwarded-for': address,
    'x-vercel-id': `iad1::${randomUUID()}`,
    'x-vercel-proxied-for': address,
  };
}

export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

export function withLength(headers: Record<string, string>, body: Buffer): OutgoingHttpHeaders {
  const { 'content-length': announced, ...others } = headers;
  return body.length > 0 || announced !== undefined
    ? { ...others, 'content-length': String(body.length) }
    : others;
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = () => {
      chunks.length = 0;
      reject(new HostError(413, 'FUNCTION_PAYLOAD_TOO_LARGE'));
    };
    if (Number(request.headers['content-length']) > MAX_BODY_BYTES) refuse();
    // What comes after a refusal is read too, so that the client finds the answer.
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) refuse();
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => reject(new HostError(400, 'REQUEST_ABORTED')));
  });
}

function splitTarget(target: string): { pathname: string; query: URLSearchParams } {
  const mark = target.indexOf('?');
  const pathname = mark < 0 ? target : target.slice(0, mark);
  return { pathname, query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)) };
}

/** The address as the client sent it, with the query that the routes added to. */
export function pathWithQuery(target: string, query: URLSearchParams): string {
  const before = splitTarget(target);
  const isChanged = before.query.toString() !== query.toString();
  if (!isChanged) return target;
  return query.size === 0 ? before.pathname : `${before.pathname}?${query}`;
}
