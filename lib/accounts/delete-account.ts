import 'server-only';
import type { Actor } from '../core/actor';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { queueDeletedFiles, releaseSlugs, tombstoneOwned } from '../pastes/purge';
import { removeQueuedBlobs } from '../storage/removal';
import { authAdapter } from './sessions/adapter';
import { confirmPassword } from './sign-in/credentials';
import { lockAdmins, requireAnotherAdmin } from './users/admins';
import { queueAvatarRemoval } from './users/avatars';
import type { UserRecord } from './users/queries';

/**
 * Ends an account and everything in it: pastes stop being readable first, then the account goes. What the
 * store does not give up now is left to the sweep. The last admin has to make another one first.
 * @throws AppError wrong_password, rate_limited, last_admin
 */
export async function deleteAccount({ user, origin }: Actor<UserRecord>, password: string): Promise<void> {
  await confirmPassword(user.id, { password, address: origin.address });
  await giveUpAdminRole(user.id);
  while ((await tombstoneOwned(user.id, now())) > 0);
  while ((await releaseSlugs(user.id)) > 0);
  await prisma().$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from users where id = ${user.id}::uuid for update`;
    // What was created in between; the lock keeps more from coming.
    while ((await tombstoneOwned(user.id, now(), tx)) > 0);
    await queueAvatarRemoval(tx, user.id);
    await authAdapter(tx).deleteUser(user.id);
  });
  await queueDeletedFiles(now())
    .then(() => removeQueuedBlobs())
    .catch(() => {});
}

/** Before anything of the account is ended: the others cannot go as long as they rely on this admin. */
async function giveUpAdminRole(id: string): Promise<void> {
  await prisma().$transaction(async (tx) => {
    requireAnotherAdmin(await lockAdmins(tx), id);
    await tx.user.updateMany({ where: { id, role: 'admin' }, data: { role: 'user' } });
  });
}
