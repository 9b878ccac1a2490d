import type { IncomingMessage } from 'node:http';
import { NOT_PASSED_ON, plainHeaders } from './request';
import type { MiddlewareAnswer, Routing } from './routes';

/** Takes over what the middleware says in its headers. Null where the request goes on. */
export async function applyMiddleware(
  result: IncomingMessage,
  routing: Routing,
): Promise<MiddlewareAnswer | null> {
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
