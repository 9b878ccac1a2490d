import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';
import { Api } from './support/api';
import { expectProblem } from './support/checks';
import { type Cleanup, createDatabase, serviceVariables, startBlobStore, startMount } from './support/mounts';
import { query } from './support/storage';
import { startUpstashStandIn, type UpstashStandIn } from './support/upstash-stand-in';

interface Limited {
  url: string;
  databaseUrl: string;
  upstash: UpstashStandIn;
}

async function startLimited(name: 'front' | 'next', cleanup: Cleanup): Promise<Limited> {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const upstash = await startUpstashStandIn();
  cleanup.add(() => upstash.close());
  const env = {
    ...serviceVariables({ databaseUrl, store }),
    RATE_LIMIT_SCALE: '1',
    UPSTASH_REDIS_REST_URL: upstash.url,
    UPSTASH_REDIS_REST_TOKEN: upstash.token,
  };
  const server = await startMount(name, { env, cleanup });
  return { url: server.url, databaseUrl, upstash };
}

for (const name of ['front', 'next'] as const) {
  test(`counts forms and the API together in Upstash, on ${name}`, async ({ page, cleanup }) => {
    const { url, databaseUrl, upstash } = await startLimited(name, cleanup);
    const api = new Api(url);
    const forged = { 'x-sheaf-client': 'mark 198.51.100.1', 'x-forwarded-for': '198.51.100.1' };
    await page.setExtraHTTPHeaders(forged);
    const answer = await page.goto(url);
    expect(JSON.stringify(await answer?.allHeaders())).not.toMatch(/x-sheaf|127\.0\.0\.1/);
    const composer = new ComposerPage(page);
    await composer.fill({ text: 'counted' });
    await composer.createLink();
    await new PastePage(page).readSaved();
    await api.create({ content: 'x' });

    const counted = [...upstash.values()].filter(([key]) => key.startsWith('sheaf:86400:'));
    expect(counted).toEqual([[expect.stringContaining(':change-pastes:a:127.0.0.1:'), '2']]);
    const rows = await query<{ key: string }>(databaseUrl, 'select key from rate_limits');
    expect(rows).toEqual([]);

    await upstash.fail('500');
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.postText('', 'x')));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expectProblem(await api.postText('', 'x', forged), 429, 'rate_limited');
  });
}
