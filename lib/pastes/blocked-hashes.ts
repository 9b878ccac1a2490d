import 'server-only';
import { now } from '../core/clock';
import { invalidField } from '../core/errors';
import { logger } from '../core/logger';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { queueBlobs, removeQueuedBlobs } from '../storage/removal';
import type { NewFile } from './new-files';

/** Whether the text of one of these files may not be saved; `insertPaste` asks in its own statement. */
export async function hasBlocked(
  tx: Prisma.TransactionClient,
  files: readonly Pick<NewFile, 'sha256'>[],
): Promise<boolean> {
  const found = await tx.blockedHash.findFirst({
    where: { sha256: { in: files.map(({ sha256 }) => sha256) } },
    select: { sha256: true },
  });
  return found !== null;
}

/** Removes the bodies that were stored for nothing. @throws AppError validation_failed, always */
export async function rejectBlocked(files: readonly Pick<NewFile, 'blobKey'>[]): Promise<never> {
  await discardBodies(files);
  throw invalidField('files', 'text_blocked');
}

/** Removes bodies that no row names, now or by the sweep. */
export async function discardBodies(files: readonly Pick<NewFile, 'blobKey'>[]): Promise<void> {
  const keys = files.map(({ blobKey }) => blobKey);
  await queueBlobs(prisma(), keys, now())
    .then(() => removeQueuedBlobs(keys))
    .catch((error: unknown) => {
      logger().warn({ err: error }, 'bodies of a rejected paste are left to the sweep');
    });
}
