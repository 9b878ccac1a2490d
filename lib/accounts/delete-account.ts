import 'server-only';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { queueDeletedFiles, releaseSlugs, tombstoneOwned } from '../pastes/purge';
import { removeQueuedBlobs } from '../storage/removal';
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
  const { user } = caller;
  await confirmPassword(caller, password);
  await giveUpAdminRole(user.id);
  while ((await tombstoneOwned(user.id, now())) > 0);
  while ((await releaseSlugs(user.id)) > 0);
  await prisma().$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from users where id = ${user.id}::uuid for update`;
    // Pastes created since; the lock prevents further ones.
    while ((await tombstoneOwned(user.id, now(), tx)) > 0);
    await queueAvatarRemoval(tx, user.id);
    await authAdapter(tx).deleteUser(user.id);
  });
  await queueDeletedFiles(now())
    .then(() => removeQueuedBlobs())
    .catch(() => {});
}

/** Runs before anything is deleted, so that no other admin leaves relying on this one. */
async function giveUpAdminRole(id: string): Promise<void> {
  await prisma().$transaction(async (tx) => {
    requireAnotherAdmin(await lockAdmins(tx), id);
    await tx.user.updateMany({ where: { id, role: 'admin' }, data: { role: 'user' } });
  });
}
