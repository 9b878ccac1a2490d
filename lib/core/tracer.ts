import type { IncomingHttpHeaders } from 'node:http';
import type { Attributes, Span, SpanKind } from '@opentelemetry/api';
import type { FinishedRequest } from './http/finished-request';

/** Starts spans and sends them; there is none unless an endpoint is configured. */
export interface Tracer {
  start(name: string, options: SpanOptions & { parent: Span | undefined }): Span;
  /** Names and ends the span of a request. */
  endRequest(span: Span, request: FinishedRequest): void;
  /** Ends the span of what threw `error`. */
  fail(span: Span, error: unknown): void;
  /** The span of the caller that `traceparent` names. */
  callerOf(headers: IncomingHttpHeaders): Span | undefined;
  /** The headers that name `span` to another process. */
  headersOf(span: Span): Record<string, string>;
  /** Sends the spans that have ended. Rejects if they are not accepted. */
  flush(): Promise<void>;
}

export interface SpanOptions {
  kind?: keyof typeof SpanKind;
  attributes?: Attributes;
}
