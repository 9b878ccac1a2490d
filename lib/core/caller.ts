import type { Role } from '../generated/prisma/enums';
import { clientAddressOf } from './http/client-address';

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
  /** Whether public pastes are not listed yet, because no moderator has approved the user. */
  awaitsApproval: boolean;
  createdAt: Date;
}

/** Who makes a request, from where, and what they prove with it. */
export interface Caller {
  /** The signed-in user; null for an anonymous caller. */
  user: UserRecord | null;
  /** The role the credential acts with, which may be lower than the user's; `user` for an anonymous caller. */
  role: Role;
  /** The scopes of a personal token; null for every other credential, which is not limited. */
  scopes: readonly string[] | null;
  /** The session the request belongs to; null for a personal token and for an anonymous caller. */
  sessionId: string | null;
  /** SHA-256 of the edit key presented for the paste in question, if any. */
  editKeyHash: Uint8Array | null;
  /** Shares confirmed in this browser with an emailed code. */
  shareIds: readonly string[];
  /** The client's address, as `admitRequest` determined it. */
  address: string;
  userAgent: string;
}

/** A signed-in caller. */
export interface Member extends Caller {
  user: UserRecord;
}

/** The caller of a request with these headers, before any credential is checked. */
export function anonymousCaller(headers: { get(name: string): string | null | undefined }): Caller {
  return {
    user: null,
    role: 'user',
    scopes: null,
    sessionId: null,
    editKeyHash: null,
    shareIds: [],
    address: clientAddressOf(headers),
    userAgent: headers.get('user-agent') ?? '',
  };
}
