import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import type { OutputItem, Prerendered } from './functions';
import { InvocationError } from './instances';
import { HostError, MAX_BODY_BYTES, NOT_PASSED_ON } from './request';
import type { MiddlewareAnswer, Routing } from './routes';

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

export interface Exchange {
  routing: Routing;
  request: IncomingMessage;
  response: ServerResponse;
}

/** Headers of a response: those of the routes and the middleware are replaced by its own, and these by important ones. */
export function joinHeaders(routing: Routing, own: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const { 'set-cookie': cookies = [], ...others } = own;
  const allCookies = [...routing.cookies, ...[cookies].flat().map(String)];
  return {
    ...Object.fromEntries(routing.responseHeaders),
    ...others,
    ...Object.fromEntries(routing.importantHeaders),
    ...(allCookies.length > 0 ? { 'set-cookie': allCookies } : {}),
  };
}

export async function sendFile(
  { file, contentType }: Extract<OutputItem, { kind: 'file' }>,
  { routing, request, response }: Exchange,
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

export async function sendPrerendered(
  { file, initialHeaders = {}, initialStatus = 200 }: Prerendered,
  { routing, request, response }: Exchange,
): Promise<void> {
  const body = await readFile(file);
  const own = Object.fromEntries(
    Object.entries(initialHeaders).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const headers = joinHeaders(routing, { 'content-length': body.length, ...own });
  response.writeHead(routing.status ?? initialStatus, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function sendMiddlewareAnswer(
  { status, headers, cookies, body }: MiddlewareAnswer,
  response: ServerResponse,
): void {
  for (const [name, value] of headers) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.writeHead(status).end(body);
}

export function passOn(result: IncomingMessage, { routing, request, response }: Exchange): void {
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

export function sendError(error: unknown, response: ServerResponse): void {
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
