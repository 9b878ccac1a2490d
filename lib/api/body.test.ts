import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';

useTestDatabase({ RATE_LIMIT_SCALE: '100' });

async function post(body: string): Promise<{ status: number; body: string }> {
  const { api } = await import('./app');
  const response = await api.request('/api/v1/pastes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  return { status: response.status, body: await response.text() };
}

it('reports a few of very many errors', async () => {
  const answer = await post(`{"content":"x",${Array.from({ length: 500 }, (_, n) => `"${n}":0`).join()}}`);
  expect(answer.status).toBe(422);
  expect(JSON.parse(answer.body).errors.length).toBeLessThan(50);
});

it('rejects a large body of many parts without parsing it', async () => {
  expect((await post(`{"files":[${'{},'.repeat(500_000)}{}]}`)).status).toBe(422);
  expect((await post(`{${Array.from({ length: 200_000 }, (_, n) => `"${n}":0`).join()}}`)).status).toBe(422);
});

it('accepts a large text of any characters', async () => {
  const content = '{[,:"\\'.repeat(200_000);
  expect((await post(JSON.stringify({ content }))).status).toBe(201);
});
