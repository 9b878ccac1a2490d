import 'server-only';
import { now } from '../../core/clock';
import { prisma } from '../../core/db';
import { AppError } from '../../core/errors';
import { isReserved } from '../../core/reserved-words';

export async function refuseTakenUsername(username: string, ownId: string | null = null): Promise<void> {
  const [user, held] = await Promise.all([
    prisma().user.findUnique({ where: { username }, select: { id: true } }),
    prisma().heldUsername.findUnique({ where: { username, until: { gt: now() } }, select: { until: true } }),
  ]);
  const isFree = user ? user.id === ownId : !held;
  if (isFree) return;
  throw new AppError('username_taken', { fields: [{ path: 'username', message: 'username_taken' }] });
}

/** A name that was reserved after a user took it stays theirs. */
export async function refuseReservedUsername(username: string, userId: string): Promise<void> {
  if (!isReserved(username)) return;
  if ((await prisma().user.count({ where: { id: userId, username } })) > 0) return;
  throw new AppError('validation_failed', { fields: [{ path: 'username', message: 'username_reserved' }] });
}
