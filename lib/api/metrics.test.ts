import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { pool } from '../core/db';
import { env } from '../core/env';
import { startMetrics } from '../core/metrics';
import { api } from './app';

const TOKEN = 'a token of a scraper';

useTestDatabase();

beforeAll(() => startMetrics());
beforeEach(() => {
  Object.assign(env(), { METRICS_TOKEN: TOKEN });
});

async function scrape(authorization = `Bearer ${TOKEN}`): Promise<{ status: number; text: string }> {
  const response = await api.request('/api/metrics', { headers: { authorization } });
  return { status: response.status, text: await response.text() };
}

it('are for those who have the token, where there is one', async () => {
  expect((await scrape('Bearer another token of a scraper')).status).toBe(401);
  expect((await api.request('/api/metrics')).status).toBe(401);
  expect((await scrape()).status).toBe(200);
  Object.assign(env(), { METRICS_TOKEN: undefined });
  expect((await scrape()).status).toBe(404);
});

it('count requests by pattern, without anything that identifies them', async () => {
  const created = await api.request('/api/v1/pastes', { method: 'POST', body: 'a text of Ada' });
  const [slug = ''] = (await created.text()).trim().split('/').slice(-1);
  expect(slug).toMatch(/^\w{10,}$/);
  await api.request(`/${slug}/raw`, { headers: { 'x-forwarded-for': '203.0.113.77' } });
  await api.request(`/${slug}/raw/ada@example.com`);
  await api.request('/api/v1/users/ada-lovelace');
  await api.request('/api/v1/nothing/here');
  const { text } = await scrape();
  for (const [method, route, status] of [
    ['POST', '/api/v1/pastes', 201],
    ['GET', '/:slug/raw', 200],
    ['GET', '/:slug/raw/:n', 404],
    ['GET', '/api/v1/users/:username', 404],
    ['GET', 'unknown', 404],
  ]) {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    expect(text).toContain(`sheaf_http_request_duration_seconds_count{${labels}} 1\n`);
  }
  for (const secret of [slug, 'ada', '203.0.113', 'nothing']) expect(text).not.toContain(secret);
});

it('tell what waits in the database', async () => {
  await pool().query(`insert into blob_deletions (key) values ('a/one'), ('a/two')`);
  const { text } = await scrape();
  expect(text).toMatch(/^sheaf_database_up 1$/m);
  expect(text).toMatch(/^sheaf_bodies_to_delete 2$/m);
  expect(text).toMatch(/^sheaf_mails_waiting 0$/m);
  expect(text).toMatch(/^sheaf_database_connections\{state="idle"\} \d+$/m);
});

it('are answered while the database is not', async () => {
  const failing = vi.spyOn(pool(), 'query').mockRejectedValue(new Error('gone') as never);
  try {
    const { status, text } = await scrape();
    expect(status).toBe(200);
    expect(text).toMatch(/^sheaf_database_up 0$/m);
    expect(text).not.toMatch(/^sheaf_mails_waiting /m);
    expect(text).toContain('process_resident_memory_bytes');
  } finally {
    failing.mockRestore();
  }
});
