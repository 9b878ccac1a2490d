import 'server-only';
import { now } from '../../core/clock';
import { AppError } from '../../core/errors';
import { logger } from '../../core/logger';
import { prisma } from '../../core/prisma';
import type { Prisma } from '../../generated/prisma/client';
import { newBlobKey } from '../../storage/blob-key';
import { blobStore } from '../../storage/blob-store';
import { queueBlobs, removeQueuedBlobs } from '../../storage/removal';
import { encodeAvatar } from './avatar-image';
import { avatarUrl, versionOf } from './avatar-url';

/**
 * Makes the picture in `bytes` the user's avatar.
 * @returns its URL.
 * @throws AppError of `encodeAvatar`; unauthorized (the account was deleted); storage_unavailable
 */
export async function setAvatar(userId: string, bytes: Uint8Array): Promise<string> {
  const picture = await encodeAvatar(bytes);
  const key = newBlobKey();
  await blobStore().put(key, picture);
  const old = await prisma().$transaction(async (tx) => {
    const replaced = await replaceImage(tx, userId, key);
    if (replaced === undefined) throw new AppError('unauthorized');
    return replaced;
  });
  await removeFromStore(old, userId);
  return avatarUrl({ id: userId, image: key });
}

/** Restores the default avatar. */
export async function removeAvatar(userId: string): Promise<void> {
  const old = await prisma().$transaction((tx) => queueAvatarRemoval(tx, userId));
  await removeFromStore(old, userId);
}

/**
 * Removes the user's avatar and queues its blob for removal, within the caller's transaction.
 * @returns the blob's key for `removeQueuedBlobs` after the commit (the sweep removes it otherwise), or null
 * if there was no avatar.
 */
export async function queueAvatarRemoval(
  tx: Prisma.TransactionClient,
  userId: string,
): Promise<string | null> {
  return (await replaceImage(tx, userId, null)) ?? null;
}

/**
 * The uploaded picture as WebP; null unless `version` is the user's current one.
 * @throws AppError storage_unavailable
 */
export async function findAvatar(userId: string, version: string): Promise<Uint8Array | null> {
  const key = await findImage(userId);
  if (key === null || version !== versionOf(key)) return null;
  const picture = await blobStore().get(key);
  if (picture) return picture;
  if ((await findImage(userId)) !== key) return null;
  logger().error({ key, user: userId }, 'an avatar is absent from the store');
  throw new AppError('storage_unavailable', { detail: 'The stored picture is missing.' });
}

async function findImage(userId: string): Promise<string | null> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { image: true } });
  return user?.image ?? null;
}

/**
 * Locks the user's row, so that each key is queued by the change that replaced it.
 * @returns the previous key; undefined if the user does not exist.
 */
async function replaceImage(
  tx: Prisma.TransactionClient,
  userId: string,
  key: string | null,
): Promise<string | null | undefined> {
  const [user] = await tx.$queryRaw<{ image: string | null }[]>`
    select image from users where id = ${userId}::uuid for update`;
  if (!user) return undefined;
  if (user.image !== null) await queueBlobs(tx, [user.image], now());
  await tx.user.update({ where: { id: userId }, data: { image: key }, select: { id: true } });
  return user.image;
}

async function removeFromStore(key: string | null, userId: string): Promise<void> {
  if (key === null) return;
  await removeQueuedBlobs([key]).catch((error: unknown) => {
    logger().warn({ err: error, user: userId }, 'a replaced avatar is left to the sweep');
  });
}
