import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { setAvatar } from '../accounts/users/avatars';
import { env } from '../core/env';
import { prisma } from '../core/prisma';
import { createPaste } from '../pastes/create';
import { createPasteSchema } from '../pastes/schema';
import { newBlobKey } from '../storage/blob-key';
import { blobStore } from '../storage/blob-store';
import { reconcileBlobs } from './reconcile';

useTestDatabase();

const DAY_AND_HOUR_MS = 25 * 3_600_000;

function reconcileTomorrow(): Promise<number> {
  return reconcileBlobs({
    now: new Date(Date.now() + DAY_AND_HOUR_MS),
    deadline: performance.now() + 10_000,
  });
}

async function leaveStray(): Promise<string> {
  const key = newBlobKey();
  await blobStore().put(key, Buffer.from('left behind'));
  return key;
}

it('knows a store as ours by an avatar alone, and keeps avatars beside bodies', async () => {
  const { id } = await prisma().user.create({ data: { email: 'ada@example.com', username: 'ada' } });
  await setAvatar(
    id,
    await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  );
  const { image } = await prisma().user.findUniqueOrThrow({ where: { id } });
  const avatar = image ?? 'none';

  const first = await leaveStray();
  expect(await reconcileTomorrow()).toBe(1);
  expect(await blobStore().get(first)).toBeNull();
  expect(await blobStore().get(avatar)).not.toBeNull();

  const { paste } = await createPaste(createPasteSchema.parse({ content: 'x' }), ANONYMOUS);
  const second = await leaveStray();
  expect(await reconcileTomorrow()).toBe(1);
  expect(await blobStore().get(second)).toBeNull();
  expect(await blobStore().get(avatar)).not.toBeNull();
  expect(await blobStore().get(paste.files[0]?.key ?? '')).not.toBeNull();
});

async function leaveStrays(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const key = newBlobKey();
    const folder = join(env().BLOB_DIR, key.slice(0, 2), key.slice(2, 4));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, key), '');
  }
}

it('reaches the end of a store in several runs, and then starts from the beginning', async () => {
  for (let n = 0; n < 60; n += 1) {
    await createPaste(createPasteSchema.parse({ content: 'x' }), ANONYMOUS);
  }
  await leaveStrays(1_700);
  let removed = 0;
  for (let run = 1; run <= 3; run += 1) {
    const clock = vi.spyOn(performance, 'now');
    // Time for 600 bodies, which is one batch.
    for (let body = 1; body <= 600; body += 1) clock.mockReturnValueOnce(0);
    clock.mockReturnValue(2);
    removed += await reconcileBlobs({ now: new Date(Date.now() + DAY_AND_HOUR_MS), deadline: 1 });
    clock.mockRestore();
    expect(await prisma().jobCursor.count()).toBe(1);
  }
  expect(removed).toBeGreaterThan(500);
  removed += await reconcileTomorrow();
  expect(removed).toBe(1_700);
  expect(await prisma().jobCursor.count()).toBe(0);
  await leaveStray();
  expect(await reconcileTomorrow()).toBe(1);
});

it('starts from the beginning if the store rejects the cursor', async () => {
  await createPaste(createPasteSchema.parse({ content: 'x' }), ANONYMOUS);
  await prisma().jobCursor.create({ data: { job: 'reconcile', cursor: 'forgotten' } });
  await leaveStray();
  const list = vi.spyOn(blobStore(), 'list').mockImplementationOnce(() => {
    throw new Error('unknown cursor');
  });
  await expect(reconcileTomorrow()).rejects.toThrow('unknown cursor');
  expect(list).toHaveBeenCalledWith('forgotten');
  list.mockRestore();
  expect(await reconcileTomorrow()).toBe(1);
});
