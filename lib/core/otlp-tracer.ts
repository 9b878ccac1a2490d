import 'server-only';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { knownMethod } from './http/finished-request';
import { logOutage } from './outage-log';
import type { Tracer } from './tracer';

/**
 * A tracer of the OpenTelemetry SDK, which reads the standard variables by itself: endpoint, headers, sampler, limits
 * of its queue. The SDK is not registered globally, so that Next does not add spans, which would have paths.
 */
export function createOtlpTracer(): Tracer {
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'sheaf' }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(reportFailures(new OTLPTraceExporter()))],
  });
  const tracer = provider.getTracer('sheaf');
  const propagator = new W3CTraceContextPropagator();
  return {
    start(name, { kind = 'INTERNAL', attributes = {}, parent }) {
      const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
      return tracer.startSpan(name, { kind: SpanKind[kind], attributes }, context);
    },
    endRequest(span, { id, method, route, status }) {
      const name = knownMethod(method) ?? '_OTHER';
      span.updateName(`${name} ${route}`);
      span.setAttributes({
        'http.request.method': name,
        'http.route': route,
        'http.response.status_code': status,
        ...(id === null ? {} : { 'sheaf.request_id': id }),
      });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
    fail(span, error) {
      // Messages may repeat what was stored or sent.
      span.setAttribute('error.type', typeOf(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
    callerOf: (headers) => trace.getSpan(propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)),
    headersOf(span) {
      const headers = {};
      propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
      return headers;
    },
    flush: () => provider.forceFlush(),
  };
}

/** The code of an error of Sheaf, PostgreSQL or the network, or its class. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Logs that spans were not accepted, which the SDK does not say. */
function reportFailures(exporter: SpanExporter): SpanExporter {
  return {
    export(spans, respond) {
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS) {
          logOutage('traces_not_sent', { spans: spans.length, reason: result.error?.message });
        }
        respond(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
