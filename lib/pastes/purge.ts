import 'server-only';
import { logger } from '../core/logger';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { queueBlobs, REMOVAL_BATCH, removeQueuedBlobs } from '../storage/removal';
import { REPEAT_MS } from './schema';

const BATCH = 200;

const FILE_BATCH = 2_000;

/**
 * Tombstones a batch of pastes that have expired, and one of pastes whose last read was a minute ago. A
 * tombstoned paste is no longer readable. Each statement reads an index that has no other pastes in its way.
 * @returns how many.
 */
export async function tombstoneExpired(now: Date): Promise<number> {
  const expired = await prisma().$executeRaw`
    update pastes set deleted_at = ${now} where id = any(array(
      select p.id from pastes p where p.deleted_at is null and p.expires_at <= ${now}
      order by p.expires_at limit ${BATCH} for update skip locked))`;
  return expired + (await tombstoneBurned(now));
}

/** @param pasteId only this paste. */
function tombstoneBurned(now: Date, pasteId: string | null = null): Promise<number> {
  const repeatedUntil = new Date(now.getTime() - REPEAT_MS);
  return prisma().$executeRaw`
    update pastes set deleted_at = ${now} where id = any(array(
      select p.id from pastes p where p.deleted_at is null and p.reads >= p.burn_after
        and (${pasteId}::uuid is null or p.id = ${pasteId}::uuid)
        and not exists (select 1 from reveals r where r.paste_id = p.id and r.at > ${repeatedUntil})
      limit ${BATCH} for update skip locked))`;
}

/** Tombstones a batch of an owner's pastes and clears their owner. @returns how many */
export function tombstoneOwned(
  ownerId: string,
  now: Date,
  client: Prisma.TransactionClient = prisma(),
): Promise<number> {
  return client.$executeRaw`
    update pastes set deleted_at = ${now}, owner_id = null where id in (
      select p.id from pastes p where p.owner_id = ${ownerId}::uuid limit ${FILE_BATCH} for update)`;
}

/** Clears the owner of a batch of custom slugs. @returns how many */
export function releaseSlugs(ownerId: string): Promise<number> {
  return prisma().$executeRaw`
    update chosen_slugs set owner_id = null where slug in (
      select slug from chosen_slugs where owner_id = ${ownerId}::uuid limit ${FILE_BATCH})`;
}

/** Increments the settings version of all pastes of an owner, in batches. */
export async function touchOwned(ownerId: string): Promise<void> {
  let last: string | undefined = '00000000-0000-0000-0000-000000000000';
  while (last !== undefined) {
    const touched: { id: string }[] = await prisma().$queryRaw`
      with batch as (
        select id from pastes where owner_id = ${ownerId}::uuid and id > ${last}::uuid
        order by id limit ${FILE_BATCH}),
      touched as (
        update pastes p set settings_version = settings_version + 1 from batch b where p.id = b.id)
      select max(id::text) as id from batch`;
    last = touched[0]?.id ?? undefined;
  }
}

/**
 * Moves a batch of the files of tombstoned pastes to the queue of blobs to remove. One statement deletes the
 * row and queues its key, so no blob is lost or queued twice.
 * @param pasteId only of this paste.
 * @returns the keys.
 */
export async function queueDeletedFiles(now: Date, pasteId: string | null = null): Promise<string[]> {
  const moved = await prisma().$queryRaw<{ key: string }[]>`
    with deleted as (
      delete from files where id in (
        select f.id from pastes p join revisions r on r.paste_id = p.id join files f on f.revision_id = r.id
        where p.deleted_at is not null and (${pasteId}::uuid is null or p.id = ${pasteId}::uuid)
        limit ${FILE_BATCH} for update of f skip locked)
      returning blob_key)
    insert into blob_deletions (key, queued_at) select blob_key, ${now} from deleted
    on conflict do nothing returning key`;
  return moved.map(({ key }) => key);
}

/**
 * Deletes a batch of the rows of tombstoned pastes whose files have all been queued.
 * @param pasteId only this paste.
 * @returns how many.
 */
export async function removeEmptiedPastes(pasteId: string | null = null): Promise<number> {
  return prisma().$executeRaw`
    delete from pastes where id in (
      select p.id from pastes p where p.deleted_at is not null
        and (${pasteId}::uuid is null or p.id = ${pasteId}::uuid) and not exists (
        select 1 from revisions r join files f on f.revision_id = r.id where r.paste_id = p.id)
      limit ${BATCH} for update skip locked)`;
}

/**
 * Deletes one paste. Reads stop immediately; blobs that cannot be removed now are left to the sweep.
 */
export async function purgePaste(id: string, now: Date): Promise<void> {
  await tombstonePaste(prisma(), id, now);
  await removeTombstoned(id, now);
}

/** The first half of `purgePaste`, for a transaction: reads stop when it is committed. */
export async function tombstonePaste(tx: Prisma.TransactionClient, id: string, now: Date): Promise<void> {
  await tx.paste.updateMany({ where: { id, deletedAt: null }, data: { deletedAt: now } });
}

/** Deletes a paste whose last read was a minute ago; otherwise has no effect. */
export async function purgeBurned(id: string, now: Date): Promise<void> {
  if ((await tombstoneBurned(now, id)) > 0) await removeTombstoned(id, now);
}

/** The second half: removes what it can of a tombstoned paste, and leaves the rest to the sweep. */
export async function removeTombstoned(id: string, now: Date): Promise<void> {
  try {
    // A paste of very many revisions is for the sweep to finish.
    const keys = await queueDeletedFiles(now, id);
    for (let at = 0; at < keys.length; at += REMOVAL_BATCH) {
      await removeQueuedBlobs(keys.slice(at, at + REMOVAL_BATCH));
    }
    await removeEmptiedPastes(id);
  } catch (error) {
    logger().warn({ err: error, paste: id }, 'bodies of a deleted paste are left to the sweep');
  }
}

/** Deletes one revision, unless it is the current one. @returns whether it did */
export async function purgeRevision(pasteId: string, number: number, now: Date): Promise<boolean> {
  const keys = await prisma().$transaction(async (tx) => {
    const revision = await tx.revision.findFirst({
      where: { pasteId, number, paste: { revision: { not: number } } },
      select: { id: true, files: { select: { blobKey: true } } },
    });
    if (!revision) return null;
    const blobKeys = revision.files.map((file) => file.blobKey);
    await queueBlobs(tx, blobKeys, now);
    await tx.revision.deleteMany({ where: { id: revision.id } });
    return blobKeys;
  });
  if (keys === null) return false;
  await removeQueuedBlobs(keys).catch((error: unknown) => {
    logger().warn({ err: error, paste: pasteId }, 'bodies of a deleted revision are left to the sweep');
  });
  return true;
}
