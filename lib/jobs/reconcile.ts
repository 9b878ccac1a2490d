import 'server-only';
import { prisma } from '../db';
import { blobStore } from '../storage/blob-store';
import type { StoredBlob } from '../storage/store';

const DAY_MS = 86_400_000;
const BATCH = 500;

/**
 * Removes blobs older than a day that no row names: what a process left behind that was killed between
 * storing a body and committing its row. Younger ones may belong to a create under way.
 * @param options.deadline on the scale of `performance.now()`.
 * @returns how many were removed.
 */
export async function reconcileBlobs({ now, deadline }: { now: Date; deadline: number }): Promise<number> {
  const store = blobStore();
  let removed = 0;
  let batch: string[] = [];
  const flush = async () => {
    const strays = await findStrays(batch);
    batch = [];
    if (strays.length > 0) await store.delete(strays);
    removed += strays.length;
  };
  for await (const blob of store.list()) {
    if (performance.now() > deadline) return removed;
    if (isOldEnough(blob, now)) batch.push(blob.key);
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return removed;
}

function isOldEnough(blob: StoredBlob, now: Date): boolean {
  return now.getTime() - blob.modifiedAt.getTime() > DAY_MS;
}

async function findStrays(keys: readonly string[]): Promise<string[]> {
  const named = await prisma().file.findMany({
    where: { blobKey: { in: [...keys] } },
    select: { blobKey: true },
  });
  const known = new Set(named.map((file) => file.blobKey));
  return keys.filter((key) => !known.has(key));
}
