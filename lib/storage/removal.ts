import 'server-only';
import { logger } from '../core/logger';
import { prisma } from '../core/prisma';
import { withTimeout } from '../core/timeout';
import type { Prisma } from '../generated/prisma/client';
import { blobStore } from './blob-store';
import { forgetBodies } from './body-cache';

/** How many blobs are removed at a time. */
export const REMOVAL_BATCH = 200;
/** How soon a store that has just failed must answer to be asked again: a delete waits for both. */
const ANSWERS_WITHIN_MS = 500;

/** Queues blobs for removal; those that are queued already stay as they are. */
export async function queueBlobs(
  client: Prisma.TransactionClient,
  keys: readonly string[],
  queuedAt: Date,
): Promise<void> {
  await client.blobDeletion.createMany({
    data: keys.map((key) => ({ key, queuedAt })),
    skipDuplicates: true,
  });
}

/**
 * Removes a batch of queued blobs from the store, then from the queue. A blob that cannot be removed stays in
 * the queue, behind those that were tried less often.
 * @returns how many were removed.
 * @throws AppError storage_unavailable, if the store does not answer
 */
export async function removeQueuedBlobs(keys?: readonly string[]): Promise<number> {
  const queued = await prisma().blobDeletion.findMany({
    ...(keys ? { where: { key: { in: [...keys] } } } : {}),
    orderBy: [{ attempts: 'asc' }, { queuedAt: 'asc' }],
    take: REMOVAL_BATCH,
    select: { key: true },
  });
  if (queued.length === 0) return 0;
  const batch = queued.map((row) => row.key);
  let removed: string[] = [];
  try {
    removed = await removeBlobs(batch);
  } finally {
    if (removed.length < batch.length) await countAttempt(batch.filter((key) => !removed.includes(key)));
  }
  await prisma().blobDeletion.deleteMany({ where: { key: { in: removed } } });
  return removed.length;
}

async function countAttempt(keys: string[]): Promise<void> {
  await prisma().blobDeletion.updateMany({
    where: { key: { in: keys } },
    data: { attempts: { increment: 1 } },
  });
}

/** How many queued blobs the store could not remove so far. */
export function countFailedRemovals(): Promise<number> {
  return prisma().blobDeletion.count({ where: { attempts: { gt: 0 } } });
}

/**
 * Removes those of the blobs that the store can remove, and logs why it cannot remove the others.
 * @returns the keys of the removed ones.
 * @throws AppError storage_unavailable, if the store does not answer
 */
export async function removeBlobs(keys: readonly string[]): Promise<string[]> {
  const removed = await removeTogether(keys);
  forgetBodies(removed);
  return removed;
}

async function removeTogether(keys: readonly string[]): Promise<string[]> {
  try {
    await blobStore().delete(keys);
    return [...keys];
  } catch (error) {
    // If the store itself is down, there is no use in asking for each blob.
    if (!(await isAnswering())) throw error;
    if (keys.length > 1) return removeOneByOne(keys);
    logger().error({ err: error, key: keys[0] }, 'a blob could not be removed');
    return [];
  }
}

async function isAnswering(): Promise<boolean> {
  const limit = { ms: ANSWERS_WITHIN_MS, message: 'no answer' };
  return withTimeout(limit, () => blobStore().ping()).then(
    () => true,
    () => false,
  );
}

async function removeOneByOne(keys: readonly string[]): Promise<string[]> {
  return (await Promise.all(keys.map((key) => removeTogether([key])))).flat();
}
