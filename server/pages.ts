import 'server-only';
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { createProxyServer } from 'httpxy';
import { env } from '@/lib/core/env';
import { FRONT_TOKEN_HEADER } from '@/lib/core/http/admit-request';
import { logger } from '@/lib/core/logger';
import { forgetSettings } from '@/lib/core/settings/stored-settings';
import { traceHeaders } from '@/lib/core/tracing';
import { mayBeReveal, readReveal } from './posted-reveal';
import { sendUnavailable } from './unavailable';

const PAGE_WITHIN_MS = 120_000;
/** Shorter than the child's keep-alive timeout, so that no connection is reused while the child closes it. */
const IDLE_CONNECTION_MS = 30_000;

/** Forwards requests to the Next child on loopback and streams its responses. */
export function createPageProxy(): (request: IncomingMessage, response: ServerResponse) => void {
  const port = env().NEXT_PORT;
  if (port === undefined) return sendUnavailable;
  const proxy = createProxyServer({
    target: { protocol: 'http:', host: '127.0.0.1', port },
    agent: new Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS, scheduling: 'lifo' }),
    proxyTimeout: PAGE_WITHIN_MS,
  });
  /** Of reveals, which are offered to be posted again if Next does not answer. */
  const bodies = new WeakMap<IncomingMessage, Buffer<ArrayBuffer>>();
  proxy.on('error', async (error, request, response) => {
    if (!request || !response || !('setHeader' in response)) return;
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    logger().error({ err: error }, 'the Next process did not answer');
    const body = bodies.get(request);
    sendUnavailable(request, response, body && (await readReveal(request, body)));
  });
  proxy.on('proxyRes', (_answer, request) => {
    // A form that Next answered may have changed the settings of the instance.
    if (request.method === 'POST') forgetSettings();
  });
  async function forwardForm(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = await request.toArray().catch(() => null);
    // The client has closed the connection.
    if (chunks === null) return;
    const body = Buffer.concat(chunks as Buffer[]);
    bodies.set(request, body);
    await proxy.web(request, response, { buffer: Readable.from([body]) });
  }
  return (request, response) => {
    dropConnectionHeaders(request);
    const token = env().FRONT_TOKEN;
    if (token !== undefined) request.headers[FRONT_TOKEN_HEADER] = token;
    Object.assign(request.headers, traceHeaders());
    void (mayBeReveal(request) ? forwardForm(request, response) : proxy.web(request, response));
  };
}

/** Headers about the client's connection, which must not be forwarded to the child's. */
function dropConnectionHeaders({ headers }: IncomingMessage): void {
  const close = /\bclose\b/i.test(headers.connection ?? '');
  for (const name of ['connection', 'keep-alive', 'upgrade', 'te', 'trailer', 'expect']) delete headers[name];
  if (close) headers.connection = 'close';
}
