import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { readJson, type ServerlessBuild } from './build';
import { type OutputFunction, type OutputItem, type Prerendered, readOutput } from './functions';
import { type FunctionInstances, InvocationError } from './instances';
import {
  type Destination,
  groupRoutes,
  type MiddlewareAnswer,
  type Route,
  type Routing,
  route,
  routeError,
} from './routes';

/** Of a request, and of a response that is not streamed: 4.5 MB. */
export const MAX_BODY_BYTES = 4_500_000;
const MAX_URL_BYTES = 14 * 1024;

/** What clients on this machine have, in place of 127.0.0.0/24, so that they differ from the host. */
const CLIENT_NETWORK = '203.0.113.';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** A client cannot set these: the host does. */
const OF_THE_HOST = /^(?:x-forwarded-|x-vercel-|x-matched-path$|x-middleware-|x-now-|x-real-ip$|forwarded$)/;
const NOT_PASSED_ON = new Set(['connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade']);

interface OutputConfig {
  routes?: Route[];
  overrides?: Record<string, { path?: string; contentType?: string }>;
}

export interface Host {
  port: number;
  close(): Promise<void>;
}

/** Something that ends a request with an error of the host's own, as its plain text. */
class HostError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

/** Serves a build as the host does: files, middleware and functions, by the routes of its `config.json`. */
export async function startHost(options: {
  build: ServerlessBuild;
  port: number;
  /** The instances of a function, which run or will start. */
  instancesOf(run: OutputFunction): FunctionInstances;
}): Promise<Host> {
  const { routes = [], overrides } = await readJson<OutputConfig>(join(options.build.output, 'config.json'));
  const items = await readOutput(options.build, overrides);
  const phases = groupRoutes(routes);
  const middlewarePaths = new Set(routes.map(({ middlewarePath }) => middlewarePath));
  const find = (path: string): OutputItem | undefined =>
    middlewarePaths.has(path) ? undefined : (items.get(path) ?? items.get(decoded(path)));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if ((request.url ?? '').length > MAX_URL_BYTES) throw new HostError(414, 'URL_TOO_LONG');
    const body = await readBody(request);
    const routing = beginRouting(request);
    const around = {
      phases,
      exists: (path: string) => find(path) !== undefined,
      runMiddleware: (path: string, current: Routing) => runMiddleware(path, current, request, body),
    };
    const destination = await route(routing, around);
    if (await send(destination, { routing, request, response, body })) return;
    const fallback = await routeError(routing, around, 404);
    if (!(await send(fallback, { routing, request, response, body }))) throw new HostError(404, 'NOT_FOUND');
  }

  /** False where there is nothing to send. */
  async function send(
    destination: Destination,
    { routing, request, response, body }: Exchange,
  ): Promise<boolean> {
    if (destination.kind === 'middleware') {
      sendMiddlewareAnswer(destination.answer, response);
      return true;
    }
    if (destination.kind === 'none') {
      if (!routing.responseHeaders.has('location')) return false;
      response.writeHead(routing.status ?? 307, joinHeaders(routing, {})).end();
      return true;
    }
    const item = find(routing.path);
    if (item === undefined) return false;
    if (item.kind === 'file') {
      await sendFile(item, { routing, request, response });
      return true;
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (item.kind === 'prerendered' && isRead) {
      await sendPrerendered(item.prerendered, { routing, request, response });
      return true;
    }
    const headers = { ...routing.requestHeaders, 'x-matched-path': routing.path };
    const url = pathWithQuery(request.url ?? '/', routing.query);
    const result = await options
      .instancesOf(item.run)
      .invoke({ method: request.method ?? 'GET', url, headers: withLength(headers, body), body });
    passOn(result, { routing, request, response });
    return true;
  }

  async function runMiddleware(
    path: string,
    routing: Routing,
    request: IncomingMessage,
    body: Buffer,
  ): Promise<MiddlewareAnswer | null> {
    const item = items.get(path);
    if (item?.kind !== 'function') throw new HostError(500, 'MIDDLEWARE_NOT_FOUND');
    const result = await options.instancesOf(item.run).invoke({
      method: request.method ?? 'GET',
      url: pathWithQuery(request.url ?? '/', routing.query),
      headers: withLength(routing.requestHeaders, body),
      body,
    });
    return applyMiddleware(result, routing);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => sendError(error, response));
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Exchange {
  routing: Routing;
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
}

function beginRouting(request: IncomingMessage): Routing {
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

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function withLength(headers: Record<string, string>, body: Buffer): OutgoingHttpHeaders {
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
function pathWithQuery(target: string, query: URLSearchParams): string {
  const before = splitTarget(target);
  const isChanged = before.query.toString() !== query.toString();
  if (!isChanged) return target;
  return query.size === 0 ? before.pathname : `${before.pathname}?${query}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Takes over what the middleware says in its headers. Null where the request goes on. */
async function applyMiddleware(result: IncomingMessage, routing: Routing): Promise<MiddlewareAnswer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of result as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = new Map(Object.entries(plainHeaders({ ...result.headers, 'set-cookie': undefined })));
  headers.delete('set-cookie');
  const cookies = result.headers['set-cookie'] ?? [];
  const said = (name: string) => {
    const value = headers.get(name);
    headers.delete(name);
    return value;
  };
  overrideRequestHeaders(headers, routing);
  const rewrite = said('x-middleware-rewrite');
  const goesOn = said('x-middleware-next') !== undefined || rewrite !== undefined;
  for (const name of [...headers.keys()]) {
    if (name.startsWith('x-middleware-') || NOT_PASSED_ON.has(name)) headers.delete(name);
  }
  if (!goesOn) {
    headers.delete('content-length');
    return { status: result.statusCode ?? 500, headers, cookies, body: Buffer.concat(chunks) };
  }
  if (rewrite !== undefined) {
    const url = new URL(rewrite, `https://${routing.host}`);
    routing.path = url.pathname;
    routing.query = url.searchParams;
  }
  for (const [name, value] of headers) if (name !== 'date') routing.responseHeaders.set(name, value);
  routing.cookies.push(...cookies);
  return null;
}

function overrideRequestHeaders(headers: Map<string, string>, routing: Routing): void {
  const names = headers.get('x-middleware-override-headers');
  if (names === undefined) return;
  const kept = names.split(',').map((name) => name.trim());
  for (const name of Object.keys(routing.requestHeaders)) {
    if (!kept.includes(name)) delete routing.requestHeaders[name];
  }
  for (const name of kept) {
    const value = headers.get(`x-middleware-request-${name}`);
    if (value !== undefined) routing.requestHeaders[name] = value;
  }
}

/** Headers of a response: those of the routes and the middleware are replaced by its own, and these by important ones. */
function joinHeaders(routing: Routing, own: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const { 'set-cookie': cookies = [], ...others } = own;
  const allCookies = [...routing.cookies, ...[cookies].flat().map(String)];
  return {
    ...Object.fromEntries(routing.responseHeaders),
    ...others,
    ...Object.fromEntries(routing.importantHeaders),
    ...(allCookies.length > 0 ? { 'set-cookie': allCookies } : {}),
  };
}

async function sendFile(
  { file, contentType }: Extract<OutputItem, { kind: 'file' }>,
  { routing, request, response }: Omit<Exchange, 'body'>,
): Promise<void> {
  const { mtimeMs, size } = await stat(file);
  const etag = `"${size.toString(16)}-${Math.round(mtimeMs).toString(16)}"`;
  const headers = joinHeaders(routing, {
    'content-type': contentType ?? TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'public, max-age=0, must-revalidate',
    etag,
  });
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new HostError(405, 'INVALID_REQUEST_METHOD');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const body = await readFile(file);
  response.writeHead(routing.status ?? 200, { ...headers, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function sendPrerendered(
  { file, initialHeaders = {}, initialStatus = 200 }: Prerendered,
  { routing, request, response }: Omit<Exchange, 'body'>,
): Promise<void> {
  const body = await readFile(file);
  const own = Object.fromEntries(
    Object.entries(initialHeaders).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const headers = joinHeaders(routing, { 'content-length': body.length, ...own });
  response.writeHead(routing.status ?? initialStatus, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sendMiddlewareAnswer(
  { status, headers, cookies, body }: MiddlewareAnswer,
  response: ServerResponse,
): void {
  for (const [name, value] of headers) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.writeHead(status).end(body);
}

function passOn(result: IncomingMessage, { routing, request, response }: Omit<Exchange, 'body'>): void {
  if (request.method !== 'HEAD' && Number(result.headers['content-length']) > MAX_BODY_BYTES) {
    result.resume();
    throw new HostError(500, 'FUNCTION_RESPONSE_PAYLOAD_TOO_LARGE');
  }
  const own = Object.fromEntries(Object.entries(result.headers).filter(([name]) => !NOT_PASSED_ON.has(name)));
  const status =
    routing.status !== undefined && result.statusCode === 200 ? routing.status : result.statusCode;
  response.writeHead(status ?? 500, joinHeaders(routing, own));
  result.on('error', () => response.destroy());
  // A client that leaves does not stop the function.
  response.on('close', () => result.resume());
  result.pipe(response);
}

function sendError(error: unknown, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = error instanceof HostError || error instanceof InvocationError;
  const { status, code } = known ? error : { status: 500, code: 'INTERNAL_ERROR' };
  if (!known) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-vercel-error': code });
  response.end(`${code}\n`);
}
