import type { Caller, Member, UserRecord } from '@/lib/core/caller';
import type { Role } from '@/lib/generated/prisma/enums';

/** An anonymous caller without any proof. */
export const ANONYMOUS: Caller = {
  user: null,
  role: 'user',
  scopes: null,
  sessionId: null,
  editKeyHash: null,
  shareIds: [],
  address: '203.0.113.7',
  userAgent: 'tests/1.0',
};

/** A caller who is signed in as this user. */
export function signedIn(user: UserRecord, sessionId: string | null = null): Member {
  return { ...ANONYMOUS, user, role: user.role, sessionId };
}

/** A caller who is signed in as a user that no database has. */
export function signedInAs(id: string, role: Role = 'user'): Member {
  return signedIn({
    id,
    email: `${id}@example.com`,
    emailVerified: new Date(),
    username: id,
    name: null,
    image: null,
    role,
    locale: 'en',
    bannedAt: null,
    awaitsApproval: false,
    createdAt: new Date(),
  });
}
