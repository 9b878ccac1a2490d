import 'server-only';
import { createHash } from 'node:crypto';
import { now } from '../../core/clock';
import { prisma } from '../../core/db';
import { env } from '../../core/env';
import { AppError } from '../../core/errors';
import { logger } from '../../core/logger';
import type { Prisma } from '../../generated/prisma/client';
import { newBlobKey } from '../../storage/blob-key';
import { blobStore } from '../../storage/blob-store';
import { removeQueuedBlobs } from '../../storage/removal';
import { encodeAvatar } from './avatar-image';

/** The version of an avatar that nobody gave; see `drawAvatar`. */
export const DRAWN_VERSION = 'drawn';
const VERSION_LENGTH = 16;

interface Portrayed {
  id: string;
  /** Blob key of the avatar. */
  image: string | null;
}

/**
 * Makes the picture in `bytes` the user's avatar.
 * @returns its URL.
 * @throws AppError of `encodeAvatar`; not_found; storage_unavailable
 */
export async function setAvatar(userId: string, bytes: Uint8Array): Promise<string> {
  const picture = await encodeAvatar(bytes);
  const key = newBlobKey();
  await blobStore().put(key, picture);
  const old = await prisma().$transaction(async (tx) => {
    const replaced = await replaceImage(tx, userId, key);
    if (replaced === undefined) throw new AppError('not_found');
    return replaced;
  });
  await removeFromStore(old, userId);
  return avatarUrl({ id: userId, image: key });
}

/** Goes back to the drawn avatar. */
export async function removeAvatar(userId: string): Promise<void> {
  const old = await prisma().$transaction((tx) => queueAvatarRemoval(tx, userId));
  await removeFromStore(old, userId);
}

/**
 * Takes the avatar from the user and queues its blob for removal, as part of a larger change.
 * @returns the blob's key, to be given to `removeQueuedBlobs` after the commit (or left to the sweep), or
 * null where there was none.
 */
export async function queueAvatarRemoval(
  tx: Prisma.TransactionClient,
  userId: string,
): Promise<string | null> {
  return (await replaceImage(tx, userId, null)) ?? null;
}

/** Where the avatar is; another URL for every picture, so that it may be cached forever. */
export function avatarUrl(user: Portrayed): string {
  return `${env().APP_URL}/api/avatars/${user.id}/${versionOf(user.image)}`;
}

/**
 * The uploaded picture, a WebP, if it is this version that the user has now.
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

/** A blob key never leaves the server; its hash says which picture it is as well. */
function versionOf(key: string | null): string {
  if (key === null) return DRAWN_VERSION;
  return createHash('sha256').update(key).digest('hex').slice(0, VERSION_LENGTH);
}

async function findImage(userId: string): Promise<string | null> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { image: true } });
  return user?.image ?? null;
}

/**
 * Waits for whoever changes the same avatar, so that each key is queued by the one who replaced it.
 * @returns the key that was there before; undefined when there is no such user.
 */
async function replaceImage(
  tx: Prisma.TransactionClient,
  userId: string,
  key: string | null,
): Promise<string | null | undefined> {
  const [user] = await tx.$queryRaw<{ image: string | null }[]>`
    select image from users where id = ${userId}::uuid for update`;
  if (!user) return undefined;
  if (user.image !== null) {
    await tx.blobDeletion.createMany({
      data: [{ key: user.image, queuedAt: now() }],
      skipDuplicates: true,
    });
  }
  await tx.user.update({ where: { id: userId }, data: { image: key }, select: { id: true } });
  return user.image;
}

async function removeFromStore(key: string | null, userId: string): Promise<void> {
  if (key === null) return;
  await removeQueuedBlobs([key]).catch((error: unknown) => {
    logger().warn({ err: error, user: userId }, 'a replaced avatar is left to the sweep');
  });
}
