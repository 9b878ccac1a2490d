import 'server-only';
import { prisma } from '../../core/db';
import type { Prisma } from '../../generated/prisma/client';
import type { Role } from '../../generated/prisma/enums';

/** A user without the password hash. */
export interface UserRecord {
  id: string;
  email: string;
  emailVerified: Date | null;
  username: string;
  name: string | null;
  /** Blob key of the avatar. */
  image: string | null;
  role: Role;
  locale: string;
  bannedAt: Date | null;
  createdAt: Date;
}

export const USER_SELECT = {
  id: true,
  email: true,
  emailVerified: true,
  username: true,
  name: true,
  image: true,
  role: true,
  locale: true,
  bannedAt: true,
  createdAt: true,
} satisfies Prisma.UserSelect;

export function findUserById(id: string): Promise<UserRecord | null> {
  return prisma().user.findUnique({ where: { id }, select: USER_SELECT });
}

export function findUserByEmail(email: string): Promise<UserRecord | null> {
  return prisma().user.findUnique({ where: { email: email.toLowerCase() }, select: USER_SELECT });
}

export async function findUserByUsername(username: string): Promise<UserRecord | null> {
  // It may come from a path, which can contain any character, and NUL is a database error.
  if (!/^[\w-]+$/.test(username)) return null;
  return prisma().user.findUnique({ where: { username: username.toLowerCase() }, select: USER_SELECT });
}
