import sharp from 'sharp';
import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { setAvatar } from '../accounts/users/avatars';
import { prisma } from '../core/db';
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
