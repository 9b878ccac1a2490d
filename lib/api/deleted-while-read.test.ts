import { expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { prisma } from '../core/prisma';
import { blobStore } from '../storage/blob-store';
import { api } from './app';

useTestDatabase();

/** The text is unique, so that no earlier read has it in memory. */
async function createPaste(text: string): Promise<string> {
  const created = await api.request('/api/v1/pastes', { method: 'POST', body: text });
  return new URL(created.headers.get('location') ?? '').pathname;
}

it.each(['/raw', '/download'])(
  '%s: a paste that is deleted while its body is read is not found',
  async (end) => {
    const path = await createPaste(`a text for ${end}`);
    vi.spyOn(blobStore(), 'get').mockImplementationOnce(async () => {
      await prisma().paste.updateMany({ where: { slug: path.slice(1) }, data: { deletedAt: new Date() } });
      return null;
    });
    expect((await api.request(path + end)).status).toBe(404);
  },
);

it('a body that is absent from the store is an error', async () => {
  const path = await createPaste('a text that gets lost');
  vi.spyOn(blobStore(), 'get').mockResolvedValueOnce(null);
  expect((await api.request(`${path}/raw`)).status).toBe(503);
});
