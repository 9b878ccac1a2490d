import { statfs } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { api } from '../api/app';
import { env } from '../core/env';

useTestDatabase();

const create = () => api.request('/api/v1/pastes', { method: 'POST', body: 'a text' });

it('pastes are rejected while too little is free, and read', async () => {
  const first = await create();
  expect(first.status).toBe(201);
  const path = new URL(first.headers.get('location') ?? '').pathname;
  const { bavail, bsize } = await statfs(env().BLOB_DIR);
  const halfFree = Math.floor((bavail * bsize) / 2 / 1024 / 1024);
  for (const [min, status] of [
    [halfFree * 4, 507],
    [0, 201],
    [halfFree, 201],
  ] as const) {
    Object.assign(env(), { MIN_FREE_DISK_MB: min });
    const answer = await create();
    expect(answer.status).toBe(status);
    if (status === 507) expect(await answer.json()).toMatchObject({ code: 'storage_full' });
    expect((await api.request(`${path}/raw`)).status).toBe(200);
  }
});
