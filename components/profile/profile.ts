import 'server-only';
import { cache } from 'react';
import { findUserByUsername } from '@/lib/accounts/users/queries';
import { usernameSchema } from '@/lib/accounts/users/schema';
import type { UserRecord } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';

/** The user with this name, if confirmed and not banned; looked up once per request. */
export const findProfile = cache(async (username: string): Promise<UserRecord | null> => {
  if (!usernameSchema.safeParse(username).success) return null;
  const user = await findUserByUsername(username);
  return user && user.emailVerified !== null && user.bannedAt === null ? user : null;
});

/** @throws AppError not_found */
export async function getProfileOrThrow(username: string): Promise<UserRecord> {
  const user = await findProfile(username);
  if (!user) throw new AppError('not_found');
  return user;
}
