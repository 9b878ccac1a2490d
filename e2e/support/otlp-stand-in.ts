import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { listenAsStandIn } from './stand-in-server';

/** How it answers: `500` with an error, `hang` never. */
export type OtlpMode = 'ok' | '500' | 'hang';

const valueSchema = z
  .strictObject({
    stringValue: z.string(),
    intValue: z.union([z.number(), z.string()]),
    doubleValue: z.number(),
    boolValue: z.boolean(),
    arrayValue: z.unknown(),
  })
  .partial()
  .transform((value) => Object.values(value)[0]);

const attributesSchema = z
  .array(z.strictObject({ key: z.string(), value: valueSchema }))
  .transform((pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, value])));

const spanSchema = z.object({
  traceId: z.string().regex(/^[\da-f]{32}$/),
  spanId: z.string().regex(/^[\da-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[\da-f]{16}$/)
    .optional(),
  name: z.string(),
  kind: z.int(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes: attributesSchema,
  status: z.object({ code: z.int().default(0), message: z.string().optional() }),
});

const requestSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});

export type ReceivedSpan = z.output<typeof spanSchema> & { service: unknown };

export interface OtlpStandIn {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  url: string;
  /** What it took. */
  spans: ReceivedSpan[];
  /** The headers of the last request. */
  headers: Record<string, unknown>;
  /** How many requests it has neither answered nor seen aborted. */
  open: number;
  fail(mode: OtlpMode): void;
  close(): Promise<void>;
}

/** A collector of OpenTelemetry on loopback that takes spans as OTLP over HTTP, in JSON. */
export async function startOtlpStandIn(): Promise<OtlpStandIn> {
  let mode: OtlpMode = 'ok';
  const server = createServer(async (request, response) => {
    standIn.headers = request.headers;
    standIn.open += 1;
    response.once('close', () => {
      standIn.open -= 1;
    });
    if (mode === 'hang') return;
    if (mode === '500' || request.method !== 'POST' || request.url !== '/v1/traces') {
      response.writeHead(mode === '500' ? 500 : 404).end();
      return;
    }
    const parsed = requestSchema.safeParse(await json(request));
    if (!parsed.success) {
      response.writeHead(400).end(parsed.error.message);
      return;
    }
    for (const { resource, scopeSpans } of parsed.data.resourceSpans) {
      const service = resource.attributes['service.name'];
      standIn.spans.push(...scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service }))));
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const { url, stop } = await listenAsStandIn(server);
  const standIn: OtlpStandIn = {
    url,
    spans: [],
    headers: {},
    open: 0,
    fail(next) {
      mode = next;
    },
    close: stop,
  };
  return standIn;
}

/** The names of a span and of those below it, indented. Siblings are in the order of their start. */
export function drawTree(spans: readonly ReceivedSpan[], root: ReceivedSpan, depth = 0): string[] {
  const children = spans
    .filter(({ parentSpanId, traceId }) => parentSpanId === root.spanId && traceId === root.traceId)
    .sort((one, other) => Number(BigInt(one.startTimeUnixNano) - BigInt(other.startTimeUnixNano)));
  const below = children.flatMap((child) => drawTree(spans, child, depth + 1));
  return [`${'  '.repeat(depth)}${root.name}`, ...below];
}
