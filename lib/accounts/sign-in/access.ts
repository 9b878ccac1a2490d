import type { Role } from '../../generated/prisma/enums';

/** Who may use a page, an action or a route. */
export type Access = 'anyone' | 'member' | 'moderator' | 'admin';

const RANK: Record<Role, number> = { user: 1, moderator: 2, admin: 3 };
const NEEDED: Record<Access, number> = { anyone: 0, member: 1, moderator: 2, admin: 3 };

/** `absent`: for lower roles, it does not exist. */
export function decideAccess(role: Role | null, access: Access): 'granted' | 'unauthorized' | 'absent' {
  const rank = role === null ? 0 : RANK[role];
  if (rank >= NEEDED[access]) return 'granted';
  return role === null ? 'unauthorized' : 'absent';
}
