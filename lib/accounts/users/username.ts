import 'server-only';
import { now } from '../../core/clock';
import { AppError, invalidField } from '../../core/errors';
import { prisma } from '../../core/prisma';
import { isReserved } from '../../core/reserved-words';

/** @param ownId a user who may have this username already. @throws AppError username_taken */
export async function requireFreeUsername(username: string, ownId: string | null = null): Promise<void> {
  const [user, held] = await Promise.all([
    prisma().user.findUnique({ where: { username }, select: { id: true } }),
    prisma().heldUsername.findUnique({ where: { username, until: { gt: now() } }, select: { until: true } }),
  ]);
  const isFree = user ? user.id === ownId : !held;
  if (isFree) return;
  throw new AppError('username_taken', { fields: [{ path: 'username', message: 'username_taken' }] });
}

/** A user keeps a username that was reserved later. @throws AppError validation_failed */
export async function requireUnreservedUsername(username: string, userId: string): Promise<void> {
  if (!isReserved(username)) return;
  if ((await prisma().user.count({ where: { id: userId, username } })) > 0) return;
  throw invalidField('username', 'username_reserved');
}
