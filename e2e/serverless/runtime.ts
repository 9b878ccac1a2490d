// Runs one function in a process, as the host's runtime does: `node runtime.mjs HANDLER (node|web)`. As JavaScript it
// is beside the functions, where it has no packages and no other file of Sheaf.
import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;
type WebHandler = (request: Request) => Promise<Response>;

/** What the process tells the host, one JSON object a line, on file descriptor 3. */
export type RuntimeEvent =
  | { name: 'listening'; port: number }
  /** A response is sent, and everything that was to be done after it is done. */
  | { name: 'settled' };

const EVENTS = 3;
const tell = (event: RuntimeEvent) => writeSync(EVENTS, `${JSON.stringify(event)}\n`);

interface RequestContext {
  waitUntil(work: Promise<unknown>): void;
}

const context = new AsyncLocalStorage<RequestContext>();
// Where Next finds it.
Object.assign(globalThis, {
  [Symbol.for('@vercel/request-context')]: { get: () => context.getStore() },
});

async function serveWeb(handle: WebHandler, request: IncomingMessage, response: ServerResponse) {
  const { headers, method = 'GET', url = '/' } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const asked = new Request(`https://${headers.host}${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(hasBody ? { body: Readable.toWeb(request) as BodyInit, duplex: 'half' } : {}),
  } as RequestInit);
  const answer = await handle(asked);
  const cookies = answer.headers.getSetCookie();
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.writeHead(answer.status);
  if (answer.body === null) response.end();
  else Readable.fromWeb(answer.body as ReadableStream).pipe(response);
}

const [, , path = '', kind] = process.argv;
const loaded: unknown = await createRequire(path)(path);

const server = createServer((request, response) => {
  const waiting: Promise<unknown>[] = [];
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  const settle = async () => {
    await closed;
    // Work may add more work.
    while (waiting.length > 0) await Promise.allSettled(waiting.splice(0));
    tell({ name: 'settled' });
  };
  void settle();
  const answer = async () => {
    if (kind === 'web') await serveWeb(loaded as WebHandler, request, response);
    else await (loaded as NodeHandler)(request, response);
  };
  context.run({ waitUntil: (work) => waiting.push(work) }, answer).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    if (!response.headersSent) response.writeHead(500, { 'x-vercel-error': 'FUNCTION_INVOCATION_FAILED' });
    response.end();
  });
});
// While the process is frozen no time passes for it; the host ends what it does not need any more.
server.keepAliveTimeout = 0;
server.requestTimeout = 0;
server.headersTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  tell({ name: 'listening', port: (server.address() as AddressInfo).port });
});
