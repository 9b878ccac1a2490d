import { AsyncResource } from 'node:async_hooks';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { drawTree, type OtlpStandIn, type ReceivedSpan, startOtlpStandIn } from '@/e2e/support/otlp-stand-in';
import { useTestDatabase } from '@/test/test-env';
import { api } from '../api/app';
import { runSweep } from '../jobs/sweep';
import { pool } from './db';
import { env } from './env';
import { finishRequest } from './http/finished-request';
import { logger } from './logger';
import { statementName } from './traced-statement';
import { flushTraces, startTracing, traced, traceHeaders, traceRequest } from './tracing';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = `00-${TRACE}-b7ad6b7169203331-01`;
const SPAN_KIND = { server: 2, client: 3 };
const ERROR = 2;

let collector: OtlpStandIn;

useTestDatabase();

beforeAll(async () => {
  collector = await startOtlpStandIn();
  process.env.OTEL_EXPORTER_OTLP_HEADERS = 'x-key=opensesame';
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  await startTracing();
});
afterAll(() => collector.close());
beforeEach(async () => {
  collector.fail('ok');
  await flushTraces();
  collector.spans.length = 0;
});

/** As a mount does it. @returns also the spans of the request, its own first */
async function send(path: string, init: RequestInit = {}, headers: Record<string, string> = {}) {
  const request = new AsyncResource('request');
  const response = await new Promise<Response>((resolve, reject) => {
    request.runInAsyncScope(() =>
      traceRequest(headers, () => {
        Promise.resolve(api.request(path, init)).then(resolve, reject);
      }),
    );
  });
  const text = await response.text();
  await flushTraces();
  const root = collector.spans.find(({ kind }) => kind === SPAN_KIND.server);
  if (!root) throw new Error('No span of a request was sent.');
  return { response, text, root, tree: drawTree(collector.spans, root) };
}

function everything(spans: readonly ReceivedSpan[]): string {
  return JSON.stringify(spans);
}

/** Whose turn it is to read the settings again depends on time. */
function withoutSettings(tree: readonly string[]): string[] {
  return tree.filter((line) => !/^ {2}(?:SELECT instance_settings|instance-settings)$/.test(line));
}

it('a create and a read are a span each, with their statements and what they did with the store', async () => {
  const content = 'otters at dusk, ada@example.com';
  const created = await send('/api/v1/pastes?secret=squirrel', {
    method: 'POST',
    body: JSON.stringify({ content, title: 'About otters' }),
    headers: { 'content-type': 'application/json', 'x-request-id': 'of-a-create' },
  });
  expect(created.response.status).toBe(201);
  const { slug, edit_key: editKey } = JSON.parse(created.text) as { slug: string; edit_key: string };
  expect(created.root).toMatchObject({
    name: 'POST /api/v1/pastes',
    service: 'sheaf',
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/api/v1/pastes',
      'http.response.status_code': 201,
      'sheaf.request_id': 'of-a-create',
    },
  });
  expect(created.root.parentSpanId).toBeUndefined();
  // Behind a pooler, statements have no names.
  const [count, insert, find] = env().DATABASE_POOLED
    ? ['WITH settings', 'WITH jsonb_to_recordset', 'SELECT p']
    : ['count-2', 'insert-pastes', 'find-pastes'];
  expect(withoutSettings(created.tree)).toEqual([
    'POST /api/v1/pastes',
    `  ${count}`,
    '  store put',
    `  ${insert}`,
  ]);
  const ofCreate = everything(collector.spans);
  collector.spans.length = 0;

  const read = await send(`/${slug}/raw`, { headers: { 'x-edit-key': editKey } });
  expect(read.text).toBe(content);
  const work = withoutSettings(read.tree);
  expect(work).toEqual(['GET /:slug/raw', `  ${find}`, '  store get']);
  const calls = collector.spans.filter(({ kind }) => kind === SPAN_KIND.client);
  expect(calls).toHaveLength(2 + read.tree.length - work.length);
  const sent = ofCreate + everything(collector.spans);
  for (const secret of [slug, editKey, 'squirrel', 'otters', 'ada@', '127.0.0.1']) {
    expect(sent).not.toContain(secret);
  }
});

it('a request with a traceparent belongs to the trace of its caller, and one that is not sampled is not sent', async () => {
  const { root } = await send('/api/health', {}, { traceparent: CALLER });
  expect(root).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331' });
  collector.spans.length = 0;
  await expect(send('/api/health', {}, { traceparent: `${CALLER.slice(0, -1)}0` })).rejects.toThrow();
  const forged = await send('/api/health', {}, { traceparent: `00-${'0'.repeat(32)}-x-01` });
  expect(forged.root.parentSpanId).toBeUndefined();
});

it('names the request in progress to another process', () => {
  const request = new AsyncResource('request');
  request.runInAsyncScope(() =>
    traceRequest({ traceparent: CALLER, tracestate: 'vendor=1' }, () => {
      expect(traceHeaders()).toEqual({
        traceparent: expect.stringMatching(new RegExp(`^00-${TRACE}-(?!b7ad6b7169203331)[\\da-f]{16}-01$`)),
        tracestate: 'vendor=1',
      });
    }),
  );
  expect(traceHeaders()).toEqual({});
});

it('names what failed by its code, and never by its message', async () => {
  await new Promise<void>((resolve) => {
    traceRequest({}, async () => {
      await pool()
        .query(`select * from no_table where title = 'About otters'`)
        .catch(() => {});
      await traced('a step', () => Promise.reject(new RangeError('About otters'))).catch(() => {});
      finishRequest({ id: null, method: 'SPRING', route: '/:slug', status: 500, elapsed: 1 });
      resolve();
    });
  });
  await flushTraces();
  const failed = collector.spans.map(({ name, attributes, status }) => [
    name,
    attributes['error.type'],
    status,
  ]);
  expect(failed).toEqual([
    ['SELECT no_table', '42P01', { code: ERROR }],
    ['a step', 'RangeError', { code: ERROR }],
    ['_OTHER /:slug', undefined, { code: ERROR }],
  ]);
  expect(everything(collector.spans)).not.toContain('otters');
});

it('a sweep is a trace of its steps and their statements', async () => {
  await runSweep({ now: new Date(), budgetMs: 10_000 });
  await flushTraces();
  const root = collector.spans.find(({ name }) => name === 'sweep');
  const tree = root ? drawTree(collector.spans, root) : [];
  for (const step of ['end pastes', 'remove texts', 'expire rows', 'send mail', 'record']) {
    expect(tree).toContain(`  sweep ${step}`);
  }
  expect(tree).toContain('    INSERT job_runs');
  expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
});

it('a connection that was waited for serves the request that waited', async () => {
  const { max } = pool().options;
  const held = await Promise.all(Array.from({ length: max }, () => pool().connect()));
  const waiting = send('/api/v1/pastes/Absent-paste-1');
  await vi.waitFor(() => expect(pool().waitingCount).toBeGreaterThan(0));
  for (const client of held) client.release();
  expect((await waiting).tree.length).toBeGreaterThan(1);
});

it('sends its headers, and says once a minute that spans are not accepted', async () => {
  const log = vi.spyOn(logger(), 'error');
  await send('/api/health');
  expect(collector.headers['x-key']).toBe('opensesame');
  collector.fail('500');
  collector.spans.length = 0;
  for (let times = 0; times < 2; times += 1) await expect(send('/api/health')).rejects.toThrow();
  expect(log.mock.calls).toEqual([[expect.objectContaining({ spans: 1 }), 'traces_not_sent']]);
});

it('neither a request nor a stop waits for a collector that does not answer', async () => {
  collector.fail('hang');
  await expect(send('/api/health')).rejects.toThrow('No span');
  // `send` has flushed as a stop does, and the collector has not answered.
  expect(collector.open).toBe(1);
});

it.each([
  [{ name: 'find-pastes', text: 'select 1' }, 'find-pastes'],
  ['begin; set local statement_timeout = 10', 'BEGIN'],
  [{ text: 'SELECT "public"."users"."id" FROM "public"."users" WHERE 1=1' }, 'SELECT users'],
  ['insert into rate_limits (key) values ($1)', 'INSERT rate_limits'],
  ['\n  with a as (select 1) update pastes set x = $1', 'WITH pastes'],
  ['', 'statement'],
])('the span of %j is %s', (query, name) => {
  expect(statementName(query)).toBe(name);
});

it('is off without an endpoint, and where it is turned off', async () => {
  vi.resetModules();
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('sheaf.tracing')];
  const load = vi.fn();
  vi.doMock('./otlp-tracer', () => {
    load();
    return {};
  });
  Object.assign(env(), { OTEL_SDK_DISABLED: true });
  const fresh = await import('./tracing');
  const { env: freshEnv } = await import('./env');
  Object.assign(freshEnv(), { OTEL_SDK_DISABLED: true });
  await fresh.startTracing();
  Object.assign(freshEnv(), { OTEL_SDK_DISABLED: false, OTEL_EXPORTER_OTLP_ENDPOINT: undefined });
  await fresh.startTracing();
  expect(load).not.toHaveBeenCalled();
  expect(await fresh.traced('x', async () => fresh.isTraced())).toBe(false);
});
