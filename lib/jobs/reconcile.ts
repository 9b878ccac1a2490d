import 'server-only';
import { prisma } from '../core/db';
import { logger } from '../core/logger';
import { blobStore } from '../storage/blob-store';
import type { StoredBlob } from '../storage/store';

const DAY_MS = 86_400_000;
const BATCH = 500;

/**
 * Removes blobs older than a day that no row names: what a process left behind that was killed between
 * storing a body and committing its row. Younger ones may belong to a create under way. Nothing is removed
 * before one blob was met that a row does name: to an empty database, or to another service's, every body
 * of a store would look like a stray.
 * @param options.deadline on the scale of `performance.now()`.
 * @returns how many were removed.
 */
export async function reconcileBlobs({ now, deadline }: { now: Date; deadline: number }): Promise<number> {
  const store = blobStore();
  let removed = 0;
  let batch: string[] = [];
  let strays: string[] = [];
  let isOurs = false;
  const flush = async () => {
    const found = await findStrays(batch);
    isOurs ||= found.length < batch.length;
    strays.push(...found);
    batch = [];
    if (!isOurs || strays.length === 0) return;
    await store.delete(strays.slice(0, BATCH));
    removed += Math.min(strays.length, BATCH);
    strays = strays.slice(BATCH);
  };
  for await (const blob of store.list()) {
    if (performance.now() > deadline) return removed;
    if (isOldEnough(blob, now)) batch.push(blob.key);
    if (batch.length >= BATCH) await flush();
  }
  do await flush();
  while (isOurs && strays.length > 0 && performance.now() < deadline);
  if (!isOurs && strays.length > 0) {
    logger().error({ blobs: strays.length }, 'no row names any blob of this store; nothing was reconciled');
  }
  return removed;
}

function isOldEnough(blob: StoredBlob, now: Date): boolean {
  return now.getTime() - blob.modifiedAt.getTime() > DAY_MS;
}

async function findStrays(keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const [files, avatars] = await Promise.all([
    prisma().file.findMany({ where: { blobKey: { in: [...keys] } }, select: { blobKey: true } }),
    prisma().user.findMany({ where: { image: { in: [...keys] } }, select: { image: true } }),
  ]);
  const known = new Set([...files.map((file) => file.blobKey), ...avatars.map((user) => user.image)]);
  return keys.filter((key) => !known.has(key));
}
