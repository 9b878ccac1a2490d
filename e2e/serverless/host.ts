import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readJson, type ServerlessBuild } from './build';
import { type OutputFunction, type OutputItem, readOutput } from './functions';
import type { FunctionInstances } from './instances';
import { applyMiddleware } from './middleware';
import { admit, beginRouting, HostError, pathWithQuery, withLength } from './request';
import {
  type Exchange,
  joinHeaders,
  passOn,
  sendError,
  sendFile,
  sendMiddlewareAnswer,
  sendPrerendered,
} from './response';
import {
  type Destination,
  groupRoutes,
  type MiddlewareAnswer,
  type Route,
  type Routing,
  route,
  routeError,
} from './routes';

interface OutputConfig {
  routes?: Route[];
  overrides?: Record<string, { path?: string; contentType?: string }>;
}

export interface Host {
  port: number;
  close(): Promise<void>;
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
    const body = await admit(request);
    const routing = beginRouting(request);
    const around = {
      phases,
      exists: (path: string) => find(path) !== undefined,
      runMiddleware: (path: string, current: Routing) => runMiddleware(path, current, request, body),
    };
    const destination = await route(routing, around);
    if (await send(destination, { routing, request, response }, body)) return;
    const fallback = await routeError(routing, around, 404);
    if (!(await send(fallback, { routing, request, response }, body))) throw new HostError(404, 'NOT_FOUND');
  }

  /** False where there is nothing to send. */
  async function send(
    destination: Destination,
    { routing, request, response }: Exchange,
    body: Buffer,
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

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
