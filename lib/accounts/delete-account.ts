import 'server-only';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { queueDeletedFiles, releaseSlugs, tombstoneOwned } from '../pastes/purge';
import { removeQueuedBlobs } from '../storage/removal';
import { rememberInvitation } from './invitations';
import { authAdapter } from './sessions/adapter';
import { confirmPassword } from './sign-in/credentials';
import { lockAdmins, requireAnotherAdmin } from './users/admins';
import { queueAvatarRemoval } from './users/avatars';

/**
 * Deletes an account and everything in it; its pastes become unreadable first. Blobs that cannot be removed
 * now are left to the sweep. The last admin must appoint another one first.
 * @throws AppError wrong_password, rate_limited, last_admin
 */
export async function deleteAccount(caller: Member, password: string): Promise<void> {
  await confirmPassword(caller, password);
  await prisma().$transaction((tx) => giveUpAdminRole(tx, caller.user.id));
  await eraseAccount(caller.user.id);
}

/** Deletes an account that is not an admin's, and everything in it; does nothing if it has been deleted. */
export async function eraseAccount(id: string): Promise<void> {
  while ((await tombstoneOwned(id, now())) > 0);
  while ((await releaseSlugs(id)) > 0);
  await prisma().$transaction(async (tx) => {
    const [found] = await tx.$queryRaw<{ invitation: Uint8Array<ArrayBuffer> | null }[]>`
      select invitation from users where id = ${id}::uuid for update`;
    if (!found) return;
    // Pastes created since; the lock prevents further ones.
    while ((await tombstoneOwned(id, now(), tx)) > 0);
    await forgetCases(tx, id);
    // Its link creates no other account.
    if (found.invitation !== null) await rememberInvitation(tx, found.invitation);
    await queueAvatarRemoval(tx, id);
    await authAdapter(tx).deleteUser(id);
  });
  await queueDeletedFiles(now())
    .then(() => removeQueuedBlobs())
    .catch(() => {});
}

/**
 * Closes the decided cases of a user, and deletes what the user wrote to moderators. Undecided ones are of pastes that
 * are deleted now: the sweep removes them, and tells their reporters.
 */
async function forgetCases(tx: Prisma.TransactionClient, ownerId: string): Promise<void> {
  const decided = { ownerId, NOT: { isOpen: true, appealedAt: null } };
  await tx.report.updateMany({
    where: { reportCase: decided },
    data: { sealedEmail: null, sealedKey: null, reporterHash: null },
  });
  await tx.reportCase.updateMany({
    where: decided,
    data: { isOpen: false, reports: 0, appeal: null, appealedAt: null },
  });
}

/**
 * Runs before anything is deleted, so that no other admin leaves relying on this one.
 * @returns the ids of the admins before
 * @throws AppError last_admin
 */
export async function giveUpAdminRole(tx: Prisma.TransactionClient, id: string): Promise<string[]> {
  const admins = await lockAdmins(tx);
  requireAnotherAdmin(admins, id);
  await tx.user.updateMany({ where: { id, role: 'admin' }, data: { role: 'user' } });
  return admins;
}
