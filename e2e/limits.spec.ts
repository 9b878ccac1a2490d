import { expect, test } from './fixtures';
import { Api } from './support/api';
import { expectProblem } from './support/checks';
import { type Cleanup, createDatabase, serviceVariables, startBlobStore, startMount } from './support/mounts';
import { query } from './support/storage';

/** A service of its own with the limits as they are out of the box. */
async function startLimited(
  name: 'front' | 'next',
  cleanup: Cleanup,
): Promise<{ api: Api; databaseUrl: string }> {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const env = { ...serviceVariables({ databaseUrl, store }), RATE_LIMIT_SCALE: '1' };
  const server = await startMount(name, { env, cleanup });
  return { api: new Api(server.url), databaseUrl };
}

for (const name of ['front', 'next'] as const) {
  test(`limits by the address that is real, on ${name}`, async ({ cleanup }) => {
    const { api, databaseUrl } = await startLimited(name, cleanup);
    // All of it in one window, however late in a minute this begins.
    const remaining: number[] = [];
    for (let count = 1; count <= 20; count += 1) {
      const answer = await api.send('/api/v1/pastes', {
        method: 'POST',
        json: { content: 'x' },
        headers: { 'x-forwarded-for': `203.0.113.${count}`, 'x-real-ip': `203.0.113.${count}` },
      });
      expect(answer.status).toBe(201);
      remaining.push(Number(/;r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]));
    }
    expect(remaining).toEqual(Array.from({ length: 20 }, (_, index) => 19 - index));
    for (const forged of [
      'x-forwarded-for',
      'x-real-ip',
      'cf-connecting-ip',
      'forwarded',
      'x-sheaf-client',
    ]) {
      const rejected = await api.send('/api/v1/pastes', {
        method: 'POST',
        json: { content: 'x' },
        headers: { [forged]: forged === 'forwarded' ? 'for=198.51.100.1' : '198.51.100.1' },
      });
      expect(rejected.status, forged).toBe(429);
      expectProblem(rejected, 429, 'rate_limited');
      expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(rejected.headers.get('retry-after'))).toBeLessThanOrEqual(60);
      expect(rejected.headers.get('ratelimit')).toMatch(/;r=0;/);
    }
    expectProblem(await api.postText('', 'x'), 429, 'rate_limited');
    const [row] = await query<{ count: number }>(databaseUrl, 'select count(*)::int from pastes');
    expect(row?.count).toBe(20);
    expect((await api.get('/api/v1/pastes')).status).toBe(200);
  });
}
