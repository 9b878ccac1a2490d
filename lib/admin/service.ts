import 'server-only';
import { now } from '../clock';
import { prisma } from '../db';
import { AppError } from '../errors';
import { deleteSessions } from '../sessions/service';
import { getUserOrThrow } from './queries';
import type { ManagedUserDto, UpdateUser } from './schema';

/**
 * Changes somebody's role, closes or reopens their account, or signs them out everywhere. It acts on their
 * next request. Nobody does it to themselves, so that there is always an admin left.
 * @throws AppError not_found, validation_failed
 */
export async function updateUser(
  id: string,
  input: UpdateUser,
  actor: { id: string },
): Promise<ManagedUserDto> {
  const at = now();
  const user = await getUserOrThrow(id, at);
  if (user.uuid === actor.id && (input.role !== undefined || input.banned !== undefined)) {
    const path = input.role === undefined ? 'banned' : 'role';
    throw new AppError('validation_failed', { fields: [{ path, message: 'own_account' }] });
  }
  await prisma().$transaction(async (tx) => {
    // Two admins who demote each other at once would leave none.
    const admins = await tx.$queryRaw<{ id: string }[]>`
      select id::text from users where role = 'admin' and banned_at is null order by id for no key update`;
    if (!admins.some((admin) => admin.id === actor.id)) throw new AppError('not_found');
    await tx.user.updateMany({
      where: { id },
      data: {
        ...(input.role === undefined ? {} : { role: input.role }),
        ...(input.banned === undefined ? {} : { bannedAt: input.banned ? at : null }),
      },
    });
    if (input.end_sessions || input.banned) await deleteSessions(tx, id);
  });
  return getUserOrThrow(id, at);
}
