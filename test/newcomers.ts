import { PASSWORD } from '@/test/test-people';
import { registerSchema } from '../lib/accounts/users/schema';
import type { UserRecord } from '../lib/core/caller';
import { prisma } from '../lib/core/prisma';

let count = 0;

export function newcomer(fields: Record<string, string> = {}) {
  count += 1;
  const username = `newcomer${count}`;
  return registerSchema.parse({ email: `${username}@example.com`, username, password: PASSWORD, ...fields });
}

export const passwordOf = async (user: UserRecord) =>
  (await prisma().credential.findUniqueOrThrow({ where: { userId: user.id } })).hash;
