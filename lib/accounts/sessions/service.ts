import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Caller, Member, UserRecord } from '../../core/caller';
import { now } from '../../core/clock';
import { AppError } from '../../core/errors';
import { SESSION_SECONDS } from '../../core/http/cookie';
import { prisma } from '../../core/prisma';
import type { Prisma } from '../../generated/prisma/client';
import type { SessionKind } from '../../generated/prisma/enums';
import { deliverSoon } from '../../mail/outbox';
import { lockUser } from '../users/lock';
import { authAdapter } from './adapter';
import { recordEvent, reportEvent } from './events';
import { keptUserAgent } from './origin';

export interface NewSession {
  id: string;
  token: string;
  expires: Date;
}

export interface SessionStart {
  kind: SessionKind;
  caller: Caller;
  /** Whether the browser proved that this user has signed in from it before. */
  isKnownDevice: boolean;
  /** When the given password was set; absent if none was given. */
  passwordOf?: Date;
}

/**
 * Requires that the checked password is still current, with the user locked as a password change does: a
 * reset ends every session, including one that is being created.
 * @throws AppError invalid_credentials
 */
export async function requireUnchangedPassword(
  tx: Prisma.TransactionClient,
  userId: string,
  since: Date | undefined,
): Promise<void> {
  await lockUser(tx, userId);
  if (since === undefined) return;
  if ((await tx.credential.count({ where: { userId, changedAt: since } })) === 0) {
    throw new AppError('invalid_credentials');
  }
}

/** Starts a session. A new device is recorded, and reported by mail. */
export async function startSession(user: UserRecord, start: SessionStart): Promise<NewSession> {
  const session = await prisma().$transaction(async (tx) => {
    await requireUnchangedPassword(tx, user.id, start.passwordOf);
    const started = await insertSession(tx, user.id, start);
    await noticeDevice(tx, user, start);
    return started;
  });
  deliverSoon();
  return session;
}

export async function insertSession(
  tx: Prisma.TransactionClient,
  userId: string,
  { kind, caller }: Pick<SessionStart, 'kind' | 'caller'>,
): Promise<NewSession> {
  const at = now();
  const row = {
    sessionToken: randomBytes(32).toString('base64url'),
    userId,
    kind,
    expires: new Date(at.getTime() + SESSION_SECONDS * 1_000),
    createdAt: at,
    lastSeenAt: at,
    userAgent: keptUserAgent(caller.userAgent),
    address: caller.address,
  };
  const stored = await authAdapter(tx).createSession(row);
  const { id } = await tx.session.findUniqueOrThrow({
    where: { sessionToken: stored.sessionToken },
    select: { id: true },
  });
  return { id, token: row.sessionToken, expires: row.expires };
}

/** Records a sign-in from a new client or address, and reports it by mail unless it is the first one. */
export async function noticeDevice(
  tx: Prisma.TransactionClient,
  user: UserRecord,
  { caller, isKnownDevice }: Pick<SessionStart, 'caller' | 'isKnownDevice'>,
): Promise<void> {
  if (isKnownDevice) return;
  const signIns = { userId: user.id, kind: 'signed_in' } as const;
  const same = { userAgent: keptUserAgent(caller.userAgent), address: caller.address };
  if ((await tx.securityEvent.count({ where: { ...signIns, ...same } })) > 0) return;
  const isFirst = (await tx.securityEvent.count({ where: signIns })) === 0;
  if (isFirst) await recordEvent(tx, user.id, { kind: 'signed_in', caller });
  else await reportEvent(tx, user, { kind: 'signed_in', caller });
}

/**
 * Requires that the session still exists, in the transaction that acts on its behalf: a reset may have ended
 * it since the request began. Call it with the user locked.
 * @throws AppError unauthorized
 */
export async function requireSessionRow(tx: Prisma.TransactionClient, id: string | null): Promise<void> {
  if (id === null) return;
  if ((await tx.session.count({ where: { id } })) === 0) throw new AppError('unauthorized');
}

/** Ends a session and its token family; does nothing if it has already ended. */
export async function endSession(which: { id: string } | { sessionToken: string }): Promise<void> {
  await prisma().session.deleteMany({ where: which });
}

/** Ends one of a user's sessions. @throws AppError not_found */
export async function endSessionById(userId: string, id: string): Promise<void> {
  const { count } = await prisma().session.deleteMany({ where: { id, userId } });
  if (count === 0) throw new AppError('not_found');
}

/** Ends all sessions of the caller except the current one. @returns how many */
export async function endOtherSessions(caller: Member): Promise<number> {
  const { user, sessionId } = caller;
  return prisma().$transaction(async (tx) => {
    const count = await deleteSessions(tx, user.id, sessionId);
    if (count > 0) await recordEvent(tx, user.id, { kind: 'sessions_ended', caller });
    return count;
  });
}

/** @param keep the id of a session to keep, if any */
export async function deleteSessions(
  tx: Prisma.TransactionClient,
  userId: string,
  keep: string | null = null,
): Promise<number> {
  const { count } = await tx.session.deleteMany({
    where: { userId, ...(keep === null ? {} : { id: { not: keep } }) },
  });
  return count;
}
