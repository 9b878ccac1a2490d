import type { Role } from '../generated/prisma/enums';

/** Where a request came from, as far as is known. */
export interface RequestOrigin {
  /** The client's address, settled by `admitRequest`. */
  address: string;
  userAgent: string;
}

/** An account that makes a request. */
export interface ActorUser {
  id: string;
  email: string;
  username: string;
  role: Role;
  locale: string;
}

/** The signed-in user who makes a change. */
export interface Actor<User extends ActorUser = ActorUser> {
  user: User;
  /** Id of the session the request belongs to; null for a personal token. */
  sessionId: string | null;
  origin: RequestOrigin;
}
