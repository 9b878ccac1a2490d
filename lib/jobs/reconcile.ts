import 'server-only';
import { logger } from '../core/logger';
import { prisma } from '../core/prisma';
import { blobStore } from '../storage/blob-store';
import { REMOVAL_BATCH, removeBlobs } from '../storage/removal';
import type { BlobStore, StoredBlob } from '../storage/store';

const DAY_MS = 86_400_000;
const BATCH = 500;
/** How many blobs that rows name are looked for in a store, to know that it is ours. */
const SAMPLES = 10;

/** The row of `job_cursors`. */
const JOB = 'reconcile';

/**
 * Removes blobs older than a day that no row names: what a process left behind that was killed between
 * storing a body and committing its row. Younger ones may belong to a create under way. A run that does not
 * reach the end of the store is continued by the next one. Nothing is removed from a store that has no blob which a
 * row names: to an empty database, or to another service's, every body would look like a stray. One that cannot be
 * removed is logged, and met again by the next run.
 * @param options.deadline on the scale of `performance.now()`.
 * @returns how many were removed.
 */
export async function reconcileBlobs({ now, deadline }: { now: Date; deadline: number }): Promise<number> {
  const store = blobStore();
  let removed = 0;
  let batch: StoredBlob[] = [];
  let isOurs = false;
  const flush = async () => {
    const old = batch.filter((blob) => isOldEnough(blob, now)).map(({ key }) => key);
    const place = batch.at(-1)?.place;
    batch = [];
    let strays = await findStrays(old);
    isOurs ||= strays.length < old.length || (strays.length > 0 && (await hasNamedBlob(store)));
    if (strays.length > 0 && !isOurs) return false;
    for (; strays.length > 0; strays = strays.slice(REMOVAL_BATCH)) {
      removed += (await removeBlobs(strays.slice(0, REMOVAL_BATCH))).length;
    }
    if (place !== undefined) await saveCursor(place);
    return true;
  };
  const cursor = await readCursor();
  for await (const blob of listFrom(store, cursor)) {
    if (performance.now() > deadline) return removed;
    batch.push(blob);
    if (batch.length >= BATCH && !(await flush())) return refuse();
  }
  if (!(await flush())) return refuse();
  await forgetCursor();
  return removed;
}

function refuse(): number {
  logger().error('no row names any blob of this store; nothing was reconciled');
  return 0;
}

/** Whether the store has one of the newest blobs that rows name. */
async function hasNamedBlob(store: BlobStore): Promise<boolean> {
  const newest = { orderBy: { id: 'desc' }, take: SAMPLES } as const;
  const files = await prisma().file.findMany({ ...newest, select: { blobKey: true } });
  const users = await prisma().user.findMany({
    ...newest,
    where: { image: { not: null } },
    select: { image: true },
  });
  for (const key of [...files.map(({ blobKey }) => blobKey), ...users.map(({ image }) => image)]) {
    if (key !== null && (await store.get(key)) !== null) return true;
  }
  return false;
}

async function* listFrom(store: BlobStore, cursor: string | undefined): AsyncGenerator<StoredBlob> {
  let isAccepted = cursor === undefined;
  try {
    for await (const blob of store.list(cursor)) {
      isAccepted = true;
      yield blob;
    }
  } catch (error) {
    // The store may have forgotten the cursor: the next run starts from the beginning.
    if (!isAccepted) await forgetCursor();
    throw error;
  }
}

async function readCursor(): Promise<string | undefined> {
  const saved = await prisma().jobCursor.findUnique({ where: { job: JOB } });
  return saved?.cursor;
}

async function saveCursor(cursor: string): Promise<void> {
  await prisma().jobCursor.upsert({ where: { job: JOB }, create: { job: JOB, cursor }, update: { cursor } });
}

async function forgetCursor(): Promise<void> {
  await prisma().jobCursor.deleteMany({ where: { job: JOB } });
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
