import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import type { Span } from '@opentelemetry/api';
import { env } from './env';
import { observeRequests } from './http/finished-request';
import { perProcess } from './per-process';
import type { SpanOptions, Tracer } from './tracer';

/** The longest a stop waits for the last spans to be accepted. */
const FLUSH_WITHIN_MS = 1_000;

const state = perProcess('tracing', () => ({
  tracer: undefined as Tracer | undefined,
  /** Of the work in progress. */
  span: new AsyncLocalStorage<Span | undefined>(),
}));

/** Whether OpenTelemetry has an endpoint and is not turned off. */
function isConfigured(): boolean {
  const { OTEL_SDK_DISABLED, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = env();
  const endpoint = OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? OTEL_EXPORTER_OTLP_ENDPOINT;
  return endpoint !== undefined && !OTEL_SDK_DISABLED;
}

/** Call once when a process starts. Loads OpenTelemetry only if it is configured. */
export async function startTracing(): Promise<void> {
  if (!isConfigured()) return;
  const { createOtlpTracer } = await import('./otlp-tracer');
  const tracer = createOtlpTracer();
  state.get().tracer = tracer;
  observeRequests((request) => {
    const span = state.get().span.getStore();
    if (span) tracer.endRequest(span, request);
  });
}

/** Sends the spans that have ended. Resolves after `FLUSH_WITHIN_MS` at the latest, whether they were accepted or not. */
export async function flushTraces(): Promise<void> {
  const { tracer } = state.get();
  if (!tracer) return;
  await new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, FLUSH_WITHIN_MS);
    const end = () => {
      clearTimeout(limit);
      resolve();
    };
    tracer.flush().then(end, end);
  });
}

/** For a process that is ended by Next, which asks nothing of Sheaf; serverless hosts send no signal. */
export function flushTracesAtSignals(): void {
  if (state.get().tracer === undefined || env().VERCEL) return;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, flushTraces);
}

/** Begins the span of a request, for all that `work` starts. It ends with `finishRequest`. */
export function traceRequest(headers: IncomingHttpHeaders, work: () => void): void {
  const span = beginRequest(headers);
  if (span) state.get().span.run(span, work);
  else work();
}

/** Begins the span of a request, for all that follows in it. It ends with `finishRequest`. */
export function enterRequestSpan(headers: IncomingHttpHeaders): void {
  const span = beginRequest(headers);
  if (span) state.get().span.enterWith(span);
}

/** For a process whose caller has the span of the request: what follows becomes a part of that one. */
export function enterCallersSpan(headers: IncomingHttpHeaders): void {
  const { tracer, span } = state.get();
  if (tracer) span.enterWith(tracer.callerOf(headers));
}

function beginRequest(headers: IncomingHttpHeaders): Span | undefined {
  const { tracer } = state.get();
  return tracer?.start('request', { kind: 'SERVER', parent: tracer.callerOf(headers) });
}

/** Headers for a request to another process of Sheaf, whose spans then belong to the request in progress. */
export function traceHeaders(): Record<string, string> {
  const { tracer, span } = state.get();
  const current = span.getStore();
  return tracer && current ? tracer.headersOf(current) : {};
}

/** `callback`, called as a part of the span in progress, wherever it is called. */
export function withinSpan<Callback extends (...values: never[]) => unknown>(callback: Callback): Callback {
  return isTraced() ? AsyncLocalStorage.bind(callback) : callback;
}

/** Whether there is a span that further spans belong to. */
export function isTraced(): boolean {
  const { tracer, span } = state.get();
  return tracer !== undefined && span.getStore() !== undefined;
}

/** Does `work` as a span of the one in progress; where there is none, without a span. */
export function traced<T>(name: string, work: () => Promise<T>, options: SpanOptions = {}): Promise<T> {
  return isTraced() ? tracedRun(name, work, options) : work();
}

/** Does `work` as a span of the one in progress, or else as the first span of a trace. */
export function tracedRun<T>(name: string, work: () => Promise<T>, options: SpanOptions = {}): Promise<T> {
  const { tracer, span } = state.get();
  if (!tracer) return work();
  const own = tracer.start(name, { ...options, parent: span.getStore() });
  return span.run(own, async () => {
    try {
      const result = await work();
      own.end();
      return result;
    } catch (error) {
      tracer.fail(own, error);
      throw error;
    }
  });
}
