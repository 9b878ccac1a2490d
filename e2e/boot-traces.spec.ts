import { expect, test } from './fixtures';
import { Api } from './support/api';
import {
  Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
  startMount,
} from './support/mounts';
import { drawTree, type OtlpStandIn, type ReceivedSpan, startOtlpStandIn } from './support/otlp-stand-in';

const TEXT = 'otters at dusk';
const ADDRESS = '203.0.113.7';
const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

const cleanup = new Cleanup();

test.afterEach(() => cleanup.run());

async function startCollector(): Promise<OtlpStandIn> {
  const collector = await startOtlpStandIn();
  cleanup.add(() => collector.close());
  return collector;
}

async function prepare(collector: OtlpStandIn): Promise<Record<string, string>> {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  return {
    ...serviceVariables({ databaseUrl, store }),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    TRUSTED_PROXIES: '127.0.0.1',
    SWEEP_INTERVAL_SECONDS: '0',
  };
}

/** The tree of the first request with this name, without the settings, which any request may have read again. */
function treeOf(spans: readonly ReceivedSpan[], name: string): string[] {
  const root = spans.find((span) => span.name === name);
  const tree = root ? drawTree(spans, root) : [];
  return tree.filter((line) => line.trim() !== 'instance-settings');
}

for (const mount of ['front', 'next'] as const) {
  test(`a request is one span with what it waited for, on ${mount}`, async () => {
    const collector = await startCollector();
    const env = await prepare(collector);
    const server = await startMount(mount, { env, cleanup });
    const api = new Api(server.url);
    const headers = {
      'x-forwarded-for': ADDRESS,
      traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01`,
    };
    const created = await api.send('/api/v1/pastes', { method: 'POST', headers, json: { content: TEXT } });
    const { slug, edit_key: editKey } = JSON.parse(created.text) as { slug: string; edit_key: string };
    expect((await api.get(`/${slug}/raw`)).text).toBe(TEXT);
    expect((await api.get(`/${slug}`)).status).toBe(200);
    expect((await api.get('/explore?q=squirrel')).status).toBe(200);

    await expect.poll(() => treeOf(collector.spans, 'GET /explore').length).toBeGreaterThan(1);
    const { spans } = collector;
    const create = treeOf(spans, 'POST /api/v1/pastes');
    expect(create.slice(1)).toEqual(expect.arrayContaining(['  store put', '  insert-pastes']));
    expect(treeOf(spans, 'GET /:slug/raw')).toEqual(['GET /:slug/raw', '  find-pastes', '  store get']);
    expect(spans.find(({ name }) => name === 'POST /api/v1/pastes')).toMatchObject({
      traceId: CALLER.traceId,
      parentSpanId: CALLER.spanId,
      attributes: {
        'http.response.status_code': 201,
        'sheaf.request_id': created.headers.get('x-request-id'),
      },
    });
    // One span for each request, also where two processes answer it, and none of Next's own, which have paths.
    expect(spans.filter(({ name }) => name === 'GET /explore')).toHaveLength(1);
    expect(new Set(spans.map(({ kind }) => kind))).toEqual(new Set([2, 3]));
    const sent = JSON.stringify(spans);
    for (const secret of [slug, editKey, TEXT, ADDRESS, 'squirrel']) expect(sent).not.toContain(secret);
    await server.stop();
  });
}

test('a collector that hangs keeps neither requests nor a stop waiting', async () => {
  const collector = await startCollector();
  collector.fail('hang');
  const front = await startFront({
    dataFolder: await makeFolder(cleanup),
    env: await prepare(collector),
  });
  cleanup.add(() => front.kill());
  const api = new Api(front.url);
  const { slug } = await api.create({ content: TEXT });
  await expect.poll(() => collector.open).toBeGreaterThan(0);
  expect((await api.get(`/${slug}/raw`)).text).toBe(TEXT);
  await front.stop();
  // The front ended by itself: a process that has to be killed is reported.
  expect(front.output()).not.toContain('ended unexpectedly');
});
