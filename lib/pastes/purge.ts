import 'server-only';
import { prisma } from '../db';
import type { Prisma } from '../generated/prisma/client';
import { logger } from '../logger';
import { blobStore } from '../storage/blob-store';
import { forgetBodies } from '../storage/body-cache';

const BATCH = 200;

/**
 * Tombstones the pastes that `condition` names (SQL over `pastes p`, `$1` is `now`) and queues their blobs
 * for removal in the same transaction. Reads stop with it. The queue is filled by a second statement, whose
 * snapshot holds whatever an edit committed while the first one waited for its lock.
 * @returns how many pastes.
 */
async function entomb(condition: string, { values, lock }: Entombment): Promise<number> {
  return prisma().$transaction((tx) => entombWithin(tx, condition, { values, lock }));
}

interface Entombment {
  values: unknown[];
  lock: string;
}

async function entombWithin(
  tx: Prisma.TransactionClient,
  condition: string,
  { values, lock }: Entombment,
): Promise<number> {
  const gone = await tx.$queryRawUnsafe<{ id: string }[]>(
    `update pastes set deleted_at = $1 where id in (
       select p.id from pastes p where p.deleted_at is null and ${condition} limit ${BATCH} ${lock})
     returning id::text`,
    ...values,
  );
  if (gone.length === 0) return 0;
  const ids = gone.map((row) => row.id);
  await tx.$executeRaw`
    insert into blob_deletions (key, queued_at)
    select f.blob_key, ${values[0]} from revisions r join files f on f.revision_id = r.id
    where r.paste_id = any(${ids}::uuid[]) on conflict do nothing`;
  return gone.length;
}

/** Tombstones a batch of what somebody owns; within `tx`, or in a transaction of its own. @returns how many */
export function entombOwned(ownerId: string, now: Date, tx?: Prisma.TransactionClient): Promise<number> {
  const owned = 'p.owner_id = $2::uuid';
  const entombment = { values: [now, ownerId], lock: 'for update' };
  return tx ? entombWithin(tx, owned, entombment) : entomb(owned, entombment);
}

/** Tombstones what is past its lifetime or its reads, a batch at a time. @returns how many. */
export function entombExpired(now: Date): Promise<number> {
  const expired = '(p.expires_at <= $1 or p.reads >= p.burn_after)';
  return entomb(expired, { values: [now], lock: 'for update skip locked' });
}

/** Removes a batch of queued blobs from the store, then from the queue. @returns how many were removed. */
export async function removeQueuedBlobs(keys?: readonly string[]): Promise<number> {
  const queued = await prisma().blobDeletion.findMany({
    ...(keys ? { where: { key: { in: [...keys] } } } : {}),
    orderBy: [{ attempts: 'asc' }, { queuedAt: 'asc' }],
    take: BATCH,
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

/** Deletes the rows of tombstoned pastes none of whose blobs is still queued. @returns how many. */
export async function removeEmptiedPastes(): Promise<number> {
  return prisma().$executeRaw`
    delete from pastes where id in (
      select p.id from pastes p where p.deleted_at is not null and not exists (
        select 1 from revisions r join files f on f.revision_id = r.id
        join blob_deletions d on d.key = f.blob_key where r.paste_id = p.id)
      limit ${BATCH} for update skip locked)`;
}

/**
 * Ends one paste. Reads stop at once; what the store does not give up now is left to the sweep.
 */
export async function purgePaste(id: string, now: Date): Promise<void> {
  await entomb('p.id = $2::uuid', { values: [now, id], lock: 'for update' });
  try {
    const files = await prisma().file.findMany({
      where: { revision: { pasteId: id } },
      select: { blobKey: true },
    });
    await removeQueuedBlobs(files.map((file) => file.blobKey));
    await removeEmptiedPastes();
  } catch (error) {
    logger().warn({ err: error, paste: id }, 'bodies of a deleted paste are left to the sweep');
  }
}

/** Ends one revision, which must not be the current one. @returns whether there was such a revision */
export async function purgeRevision(pasteId: string, number: number, now: Date): Promise<boolean> {
  const keys = await prisma().$transaction(async (tx) => {
    const revision = await tx.revision.findFirst({
      where: { pasteId, number, paste: { revision: { not: number } } },
      select: { id: true, files: { select: { blobKey: true } } },
    });
    if (!revision) return null;
    const doomed = revision.files.map((file) => file.blobKey);
    await tx.blobDeletion.createMany({
      data: doomed.map((key) => ({ key, queuedAt: now })),
      skipDuplicates: true,
    });
    await tx.revision.deleteMany({ where: { id: revision.id } });
    return doomed;
  });
  if (keys === null) return false;
  await removeQueuedBlobs(keys).catch((error: unknown) => {
    logger().warn({ err: error, paste: pasteId }, 'bodies of a deleted revision are left to the sweep');
  });
  return true;
}
