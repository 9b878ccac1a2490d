import type { Role } from '../../generated/prisma/enums';

/** Whom a page, an action or a route is for. */
export type Access = 'anyone' | 'member' | 'moderator' | 'admin';

const RANK: Record<Role, number> = { user: 1, moderator: 2, admin: 3 };
const NEEDED: Record<Access, number> = { anyone: 0, member: 1, moderator: 2, admin: 3 };

/** `absent`: to those below its rank, there is no such thing. */
export function decideAccess(role: Role | null, access: Access): 'granted' | 'unauthorized' | 'absent' {
  const rank = role === null ? 0 : RANK[role];
  if (rank >= NEEDED[access]) return 'granted';
  return role === null ? 'unauthorized' : 'absent';
}
