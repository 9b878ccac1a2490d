import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import {
  Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
} from './support/mounts';
import { listTree } from './support/process';

const cleanup = new Cleanup();
const urls: string[] = [];
let frontPid = 0;

test.use({ serviceWorkers: 'allow' });

test.beforeAll(async () => {
  const services = { databaseUrl: await createDatabase(cleanup), store: await startBlobStore(cleanup) };
  const env = { ...serviceVariables(services), SERVICE_WORKER: '0' };
  const front = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => front.stop());
  frontPid = front.pid;
  const next = await startNext(env);
  cleanup.add(() => next.stop());
  urls.push(front.url, next.url);
});

test.afterAll(() => cleanup.run());

test('turned off, the worker is one that removes itself, and pages register none', async ({ page }) => {
  const off = await readFile('public/sw-off.js', 'utf8');
  for (const url of urls) {
    const answer = await fetch(`${url}/sw.js`);
    expect(await answer.text()).toBe(off);
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; connect-src 'self'; worker-src 'self'",
    );
    const posted = await fetch(`${url}/sw.js`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    await new ComposerPage(page).openEditor(`${url}/`);
    const registered = await page.evaluate(() => navigator.serviceWorker.getRegistrations());
    expect(registered).toEqual([]);
  }
});

test('a start loads no compiler, whose binary a container may not let it unpack', async () => {
  test.skip(process.platform !== 'linux', 'reads what a process has loaded from /proc');
  const pids = await listTree(frontPid);
  expect(pids.length).toBeGreaterThan(2);
  for (const pid of pids) {
    expect(await readFile(`/proc/${pid}/maps`, 'utf8')).not.toMatch(/swc|esbuild|typescript/);
  }
});

/** A site whose page registers the worker at `/sw.js`, of which there can be another text at any time. */
async function startSite(script: string) {
  const site = { script, url: '' };
  const server = createServer(({ url }, response) => {
    const isWorker = url === '/sw.js';
    response.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html');
    response.end(isWorker ? site.script : '<main class="composer-page"></main>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.add(async () => void server.close());
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return site;
}

test('a worker gives way to the next, and to the one that removes itself', async ({ page }) => {
  const script = await readFile('public/sw.js', 'utf8');
  const site = await startSite(script);
  const cacheNames = () => page.evaluate(() => caches.keys());
  const update = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
    });
  /** Installing, waiting, active. */
  const states = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return [registration?.installing, registration?.waiting, registration?.active].map(
        (worker) => worker?.state,
      );
    });
  const onlyActive = [undefined, undefined, 'activated'];
  await page.goto(site.url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  });
  // A worker that is still starting would remove the cache of the test, or delay the update.
  await expect.poll(states).toEqual(onlyActive);
  await expect.poll(cacheNames).toContain('composer-1');
  await page.evaluate(() => caches.open('composer-0'));

  site.script = `${script}\n// The next build.\n`;
  await update();
  await expect.poll(cacheNames).not.toContain('composer-0');
  expect(await cacheNames()).toContain('composer-1');
  await expect.poll(states).toEqual(onlyActive);

  site.script = await readFile('public/sw-off.js', 'utf8');
  await update();
  await expect.poll(cacheNames).toEqual([]);
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length))
    .toBe(0);
});
