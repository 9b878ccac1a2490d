import 'server-only';
import type { Caller, UserRecord } from '../../core/caller';
import { combinedStatement } from '../../core/combined-statement';
import { named, pool } from '../../core/db';
import type { SessionKind } from '../../generated/prisma/enums';

/** An active session with its user. */
export interface ActiveSession {
  id: string;
  kind: SessionKind;
  expires: Date;
  lastSeenAt: Date;
  userAgent: string;
  address: string;
  user: UserRecord;
}

/** What a credential says about the caller. */
export type Credential = Pick<Caller, 'user' | 'role' | 'scopes' | 'sessionId'>;

export function bySession({ id, user }: ActiveSession): Credential {
  return { user, role: user.role, scopes: null, sessionId: id };
}

interface SessionRow extends Omit<ActiveSession, 'user'>, Omit<UserRecord, 'id' | 'bannedAt'> {
  token: string;
  userId: string;
}

// The array comes from a subquery, so that the plan does not depend on its length.
const FIND_SESSIONS = `
  select s.session_token as token, s.id, s.kind, s.expires, s.last_seen_at as "lastSeenAt",
    s.user_agent as "userAgent", s.address, u.id as "userId", u.email, u.email_verified as "emailVerified",
    u.username, u.name, u.image, u.role, u.locale, u.awaits_approval as "awaitsApproval",
    u.created_at as "createdAt"
  from sessions s join users u on u.id = s.user_id
  where s.session_token = any(array(select unnest($1::text[])))
    and u.banned_at is null and u.email_verified is not null`;

const selectByTokens = combinedStatement('sessions', async (tokens: readonly string[]) => {
  const { rows } = await pool().query<SessionRow>(
    named('find-sessions', FIND_SESSIONS, [[...new Set(tokens)]]),
  );
  return new Map(rows.map((row) => [row.token, row]));
});

/**
 * The active session with this token and its user; null if the user may not sign in. In one statement with those
 * of concurrent requests.
 */
export async function findSession(token: string, now: Date): Promise<ActiveSession | null> {
  const row = (await selectByTokens(token)).get(token);
  if (!row || row.expires <= now) return null;
  const { token: _, id, kind, expires, lastSeenAt, userAgent, address, userId, ...user } = row;
  return { id, kind, expires, lastSeenAt, userAgent, address, user: { ...user, id: userId, bannedAt: null } };
}
