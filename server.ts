import { subscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { api } from '@/lib/api/app';
import { isApiPath } from '@/lib/api/paths';
import { databaseReady } from '@/lib/core/database-ready';
import { disconnect } from '@/lib/core/db';
import { env } from '@/lib/core/env';
import { admitRequest } from '@/lib/core/http/admit-request';
import { joinChunks } from '@/lib/core/http/join-chunks';
import { limitPageRequest } from '@/lib/core/http/limit-page-request';
import { recordPage } from '@/lib/core/http/page-route';
import { pathOf } from '@/lib/core/http/request-path';
import { setCommonHeaders } from '@/lib/core/http/security-headers';
import { rejectConnect, rejectUnreadable } from '@/lib/core/http/unreadable-request';
import { logger } from '@/lib/core/logger';
import { areSettingsFresh, refreshSettings } from '@/lib/core/settings/stored-settings';
import { flushTraces, startTracing, traceRequest } from '@/lib/core/tracing';
import { cancelPurges } from '@/lib/pastes/purge-later';
import { trackConnections } from '@/server/drain';
import { createPageProxy } from '@/server/pages';
import { createPlainCreates } from '@/server/plain-creates';
import { createPlainReads } from '@/server/plain-reads';
import { createReadingPages } from '@/server/reading/reading-pages';
import { alignRawHeaders, rewriteForTerminal } from '@/server/request';
import { createStaticFiles } from '@/server/static-files';
import { startSweepTimer } from '@/server/sweep-timer';
import { sendUnavailable } from '@/server/unavailable';

await databaseReady();

const DRAIN_MS = env().DRAIN_SECONDS * 1_000;
/** For what is left after the last request: a sweep in progress, and the connections to the database. */
const EXIT_WITHIN_MS = 4_000;
/** A service manager signals every process of the service, and `npm start` then signals this one again. */
const SAME_SIGNAL_MS = 1_000;

const answerApi = getRequestListener(api.fetch);
const answerStatic = createStaticFiles();
const answerPage = createPageProxy();
const answerFailure = (request: IncomingMessage, response: ServerResponse) => {
  alignRawHeaders(request);
  void answerApi(request, response);
};
const answerPlainRead = createPlainReads(answerFailure);
const answerPlainCreate = createPlainCreates(answerFailure);
const answerReading = createReadingPages();

// Before the handler below, because Node itself responds to requests without a Host header.
subscribe('http.server.request.start', (message) => {
  setCommonHeaders((message as { response: ServerResponse }).response);
});

const server = createServer(
  { headersTimeout: 15_000, requestTimeout: 120_000, keepAliveTimeout: 75_000 },
  (request, response) => {
    response.on('error', () => {});
    admitRequest(request);
    const run = () => traceRequest(request.headers, () => answer(request, response));
    if (areSettingsFresh()) run();
    else void refreshSettings().then(run);
  },
);

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (answerPlainRead(request, response) || answerPlainCreate(request, response)) return;
  alignRawHeaders(request);
  if (isApiPath(pathOf(request.url ?? '/')) || rewriteForTerminal(request)) {
    joinChunks(request);
    void answerApi(request, response);
    return;
  }
  recordPage(request, response);
  if (answerStatic(request, response)) return;
  const isWithinLimits = limitPageRequest(request, response);
  joinChunks(request);
  if (isWithinLimits) void answerForReader(request, response);
}

async function answerForReader(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (!(await answerReading(request, response))) answerPage(request, response);
  } catch (error) {
    logger().error({ err: error }, 'a page was not rendered');
    if (!response.headersSent) sendUnavailable(request, response);
  }
}

function explain(error: NodeJS.ErrnoException): string {
  const { HOST, PORT } = env();
  if (error.code === 'EADDRINUSE') {
    return `Port ${PORT} is taken. Stop what listens there, or choose another with PORT.`;
  }
  if (error.code === 'EACCES') return `Port ${PORT} may not be used by this user: choose another with PORT.`;
  return `Cannot listen on ${HOST}:${PORT} (HOST, PORT): ${error.message}`;
}

server.on('clientError', rejectUnreadable);
server.on('connect', (_request, socket) => rejectConnect(socket));

server.once('error', (error) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});

if (env().METRICS_TOKEN !== undefined) {
  const { startMetrics } = await import('@/lib/core/metrics');
  startMetrics();
}

await startTracing();

const drain = trackConnections(server);
const stopSweeping = startSweepTimer();
let stoppingSince: number | undefined;

async function stop(): Promise<void> {
  const start = performance.now();
  await drain(DRAIN_MS);
  logger().info({ ms: Math.round(performance.now() - start) }, 'drained');
  setTimeout(() => process.exit(0), EXIT_WITHIN_MS).unref();
  await stopSweeping();
  cancelPurges();
  await Promise.all([disconnect(), flushTraces()]);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(0);
      return;
    }
    stoppingSince = performance.now();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger().error({ err: error }, 'the front did not stop cleanly');
        process.exit(1);
      },
    );
  });
}

server.listen(env().PORT, env().HOST);
