export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { databaseReady } = await import('./lib/core/database-ready');
  await databaseReady();
  const { assertConfigured, enableSourceMaps, setActionKey } = await import('./lib/core/startup');
  await assertConfigured();
  setActionKey();
  enableSourceMaps();
  const { flushTracesAtSignals, startTracing } = await import('./lib/core/tracing');
  await startTracing();
  flushTracesAtSignals();
  const { trackRequests } = await import('./components/request/track-requests');
  trackRequests();
  const { env } = await import('./lib/core/env');
  // Behind a front, that one counts.
  if (env().METRICS_TOKEN !== undefined && env().FRONT_TOKEN === undefined) {
    const { startMetrics } = await import('./lib/core/metrics');
    startMetrics();
  }
  const { quietAborts } = await import('./components/request/quiet-aborts');
  quietAborts();
  // Not from `next/server`, which is larger than everything else that is loaded here.
  const { after } = await import('next/dist/server/after');
  const { registerAfterResponse } = await import('./lib/core/after-response');
  registerAfterResponse(after);
}
