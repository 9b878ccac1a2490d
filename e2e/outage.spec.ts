import type { Browser, Page } from 'playwright/test';
import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';
import { Api } from './support/api';
import { expectProblem } from './support/checks';
import { Cleanup, createDatabase, serviceVariables, startBlobStore, startMount } from './support/mounts';
import { countRows, query } from './support/storage';
import { startTcpRelay, type TcpRelay } from './support/tcp-relay';
import type { VercelBlobStandIn } from './support/vercel-blob-stand-in';

/** The longest response time of a save. */
const ANSWER_WITHIN_MS = 3_000;

interface Service {
  api: Api;
  databaseUrl: string;
  relay: TcpRelay;
  store: VercelBlobStandIn;
}

interface Outage {
  name: string;
  code: 'database_unavailable' | 'storage_unavailable';
  begin(service: Service): Promise<void>;
  end(service: Service): Promise<void>;
}

const databaseOutage = (name: string, mode: 'refuse' | 'hang'): Outage => ({
  name,
  code: 'database_unavailable',
  begin: ({ relay }) => relay.fail(mode),
  end: ({ relay }) => relay.fail('ok'),
});

const storeOutage = (name: string, mode: '500' | 'hang' | 'refuse'): Outage => ({
  name,
  code: 'storage_unavailable',
  begin: ({ store }) => store.fail(mode),
  end: ({ store }) => store.fail('ok'),
});

const OUTAGES = [
  databaseOutage('the database is gone', 'refuse'),
  databaseOutage('the database hangs', 'hang'),
  storeOutage('the store fails', '500'),
  storeOutage('the store hangs', 'hang'),
  storeOutage('the store is gone', 'refuse'),
];

async function startService(name: 'front' | 'next', cleanup: Cleanup): Promise<Service> {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const relay = await startTcpRelay({ port: Number(new URL(databaseUrl).port) });
  cleanup.add(() => relay.close());
  const relayed = new URL(databaseUrl);
  relayed.port = String(relay.port);
  const env = serviceVariables({ databaseUrl: relayed.href, store });
  const server = await startMount(name, { env, cleanup });
  return { api: new Api(server.url), databaseUrl, relay, store };
}

async function expectWriteRejected({ api }: Service, code: string): Promise<void> {
  const start = performance.now();
  const answers = await Promise.all([
    api.post('/api/v1/pastes', { content: 'not to be lost' }),
    api.postText('', 'not to be lost'),
  ]);
  expect(performance.now() - start).toBeLessThan(ANSWER_WITHIN_MS);
  for (const answer of answers) {
    expectProblem(answer, 503, code);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
}

/** Tries to save from a page opened before the outage, and expects an error and the typed text. */
async function expectSaveRejected(page: Page): Promise<void> {
  const composer = new ComposerPage(page);
  await composer.fill({ title: 'Not lost', text: 'typed by hand\n', lifetime: 'Expires in 1 hour' });
  await composer.createLink();
  await expect(composer.alert).toContainText(/try again in a moment/i);
  await composer.expectText('typed by hand\n');
  await expect(composer.title).toHaveValue('Not lost');
  await expect(composer.lifetime).toHaveValue('1h');
}

async function openComposer(browser: Browser, url: string, javaScriptEnabled: boolean): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: url, javaScriptEnabled })).newPage();
  await new ComposerPage(page).open();
  return page;
}

for (const mount of ['front', 'next'] as const) {
  test.describe(mount, () => {
    const cleanup = new Cleanup();
    let service: Service;

    test.beforeAll(async () => {
      service = await startService(mount, cleanup);
    });

    test.afterAll(() => cleanup.run());

    for (const outage of OUTAGES) {
      test(`${outage.name}: responds with an error at once, keeps the typed text, loses nothing`, async ({
        browser,
      }) => {
        const { api } = service;
        const read = await api.create({ content: 'read before' });
        expect((await api.get(`/${read.slug}/raw`)).text).toBe('read before');
        const pages = [
          await openComposer(browser, api.baseUrl, true),
          await openComposer(browser, api.baseUrl, false),
        ];
        const before = await countRows(service.databaseUrl);

        await outage.begin(service);
        try {
          await expectWriteRejected(service, outage.code);
          const [again, ready] = await Promise.all([
            api.get(`/${read.slug}/raw`),
            api.get('/api/ready'),
            ...pages.map(expectSaveRejected),
          ]);
          // Either from memory, with the right text, or not at all.
          if (again.status === 200) expect(again.text).toBe('read before');
          else expectProblem(again, 503, outage.code);
          expect((await api.get('/api/health')).status).toBe(200);
          expect(ready.status).toBe(503);
          expect(JSON.parse(ready.text)).toMatchObject({
            status: 'not_ready',
            database: outage.code !== 'database_unavailable',
            storage: outage.code !== 'storage_unavailable',
          });
        } finally {
          await outage.end(service);
        }

        expect(await countRows(service.databaseUrl)).toEqual(before);
        await expect.poll(async () => (await api.get('/api/ready')).status).toBe(200);
        expect((await api.get(`/${read.slug}/raw`)).text).toBe('read before');
        for (const page of pages) {
          await new ComposerPage(page).createLink();
          const saved = await new PastePage(page).readSaved();
          expect((await api.get(`/${saved.slug}/raw`)).text).toBe('typed by hand\n');
          await page.context().close();
        }
      });
    }

    for (const outage of OUTAGES) {
      test(`${outage.name}: a reveal is posted again with its nonce, and counts one read`, async ({
        browser,
      }) => {
        const { api, databaseUrl } = service;
        const { slug } = await api.create({ content: 'revealed after the outage', burn_after: 1 });
        const context = await browser.newContext({ baseURL: api.baseUrl, javaScriptEnabled: false });
        const page = await context.newPage();
        await page.goto(`/${slug}`);
        const nonce = await page.locator('[name="nonce"]').inputValue();
        await outage.begin(service);
        try {
          await page.getByRole('button', { name: 'Reveal' }).click();
          await expect(page.getByRole('heading', { level: 1 })).toHaveText('The paste could not be revealed');
          await expect(page.locator('[name="nonce"]')).toHaveValue(nonce);
        } finally {
          await outage.end(service);
        }
        await expect.poll(async () => (await api.get('/api/ready')).status).toBe(200);
        await page.getByRole('button', { name: 'Try again' }).click();
        await expect(page.locator('.code-text')).toHaveText('revealed after the outage');
        const text =
          'select p.reads, r.number from pastes p join reveals r on r.paste_id = p.id where p.slug = $1';
        expect(await query(databaseUrl, text, [slug])).toEqual([{ reads: 1, number: 1 }]);
        await context.close();
      });
    }
  });
}
