import 'server-only';
import type { UserRecord } from '../../core/caller';
import { prisma } from '../../core/prisma';
import type { Prisma } from '../../generated/prisma/client';

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
  awaitsApproval: true,
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
