import 'server-only';
import type { UserRecord } from '../core/caller';
import { isUniqueConflict } from '../core/constraints';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { touchOwned } from '../pastes/purge';
import { USER_SELECT } from './users/queries';
import type { UpdateProfile } from './users/schema';
import { requireFreeUsername, requireUnreservedUsername } from './users/username';

/** @throws AppError username_taken, validation_failed */
export async function updateProfile(userId: string, input: UpdateProfile): Promise<UserRecord> {
  const { username, name, locale } = input;
  if (username !== undefined) {
    await requireUnreservedUsername(username, userId);
    await requireFreeUsername(username, userId);
  }
  try {
    const user = await prisma().user.update({
      where: { id: userId },
      data: {
        ...(username === undefined ? {} : { username }),
        ...(name === undefined ? {} : { name: name === '' ? null : name }),
        ...(locale === undefined ? {} : { locale }),
      },
      select: USER_SELECT,
    });
    // Pastes include their author's username, so cached copies are out of date.
    if (username !== undefined) await touchOwned(userId);
    return user;
  } catch (error) {
    if (!isUniqueConflict(error)) throw error;
    throw new AppError('username_taken', { fields: [{ path: 'username', message: 'username_taken' }] });
  }
}
