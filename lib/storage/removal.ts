import 'server-only';
import { prisma } from '../core/db';
import { blobStore } from './blob-store';
import { forgetBodies } from './body-cache';

/** How many blobs are removed at a time. */
export const REMOVAL_BATCH = 200;

/** Removes a batch of queued blobs from the store, then from the queue. @returns how many were removed. */
export async function removeQueuedBlobs(keys?: readonly string[]): Promise<number> {
  const queued = await prisma().blobDeletion.findMany({
    ...(keys ? { where: { key: { in: [...keys] } } } : {}),
    orderBy: [{ attempts: 'asc' }, { queuedAt: 'asc' }],
    take: REMOVAL_BATCH,
    select: { key: true },
  });
  if (queued.length === 0) return 0;
  const batch = queued.map((row) => row.key);
  const where = { key: { in: batch } };
  try {
    await blobStore().delete(batch);
  } catch (error) {
    await prisma().blobDeletion.updateMany({ where, data: { attempts: { increment: 1 } } });
    throw error;
  }
  forgetBodies(batch);
  await prisma().blobDeletion.deleteMany({ where });
  return batch.length;
}
