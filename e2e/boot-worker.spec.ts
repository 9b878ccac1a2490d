import { readFile } from 'node:fs/promises';
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

const cleanup = new Cleanup();
const urls: string[] = [];

test.use({ serviceWorkers: 'allow' });

test.beforeAll(async () => {
  const services = { databaseUrl: await createDatabase(cleanup), store: await startBlobStore(cleanup) };
  const env = { ...serviceVariables(services), SERVICE_WORKER: '0' };
  const front = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => front.stop());
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
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'");
    await new ComposerPage(page).openEditor(`${url}/`);
    const registered = await page.evaluate(() => navigator.serviceWorker.getRegistrations());
    expect(registered).toEqual([]);
  }
});
