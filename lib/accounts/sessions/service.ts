import 'server-only';
import { randomBytes } from 'node:crypto';
import type { RequestOrigin } from '../../core/actor';
import { now } from '../../core/clock';
import { prisma } from '../../core/db';
import { AppError } from '../../core/errors';
import { SESSION_SECONDS } from '../../core/http/cookie';
import type { Prisma } from '../../generated/prisma/client';
import type { SessionKind } from '../../generated/prisma/enums';
import { deliverSoon } from '../../mail/outbox';
import { lockUser } from '../users/lock';
import type { UserRecord } from '../users/queries';
import { authAdapter } from './adapter';
import { recordEvent, reportEvent } from './events';
import { keptUserAgent } from './origin';
import type { ActiveSession } from './queries';

/** Writing down every click would make every read a write. */
const SEEN_EVERY_MS = 5 * 60_000;

export interface NewSession {
  id: string;
  token: string;
  expires: Date;
}

export interface SessionStart {
  kind: SessionKind;
  origin: RequestOrigin;
  /** Whether the browser proved that this user signed in there before. */
  isKnownDevice: boolean;
  /** Since when the password that was given has been theirs; absent where none was. */
  passwordOf?: Date;
}

/**
 * That the password which was checked still is theirs, under the lock that changes it: a reset ends every
 * session, one that is just being made as well. @throws AppError invalid_credentials
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

/** Signs somebody in; a device that was not seen before is listed, and told of by mail. */
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
  { kind, origin }: Pick<SessionStart, 'kind' | 'origin'>,
): Promise<NewSession> {
  const at = now();
  const row = {
    sessionToken: randomBytes(32).toString('base64url'),
    userId,
    kind,
    expires: new Date(at.getTime() + SESSION_SECONDS * 1_000),
    createdAt: at,
    lastSeenAt: at,
    userAgent: keptUserAgent(origin.userAgent),
    address: origin.address,
  };
  const stored = await authAdapter(tx).createSession(row);
  const { id } = await tx.session.findUniqueOrThrow({
    where: { sessionToken: stored.sessionToken },
    select: { id: true },
  });
  return { id, token: row.sessionToken, expires: row.expires };
}

/** The first sign-in of all is no news; the same client from the same place is none either. */
export async function noticeDevice(
  tx: Prisma.TransactionClient,
  user: UserRecord,
  { origin, isKnownDevice }: Pick<SessionStart, 'origin' | 'isKnownDevice'>,
): Promise<void> {
  if (isKnownDevice) return;
  const signIns = { userId: user.id, kind: 'signed_in' } as const;
  const same = { userAgent: keptUserAgent(origin.userAgent), address: origin.address };
  if ((await tx.securityEvent.count({ where: { ...signIns, ...same } })) > 0) return;
  const isFirst = (await tx.securityEvent.count({ where: signIns })) === 0;
  if (isFirst) await recordEvent(tx, user.id, { kind: 'signed_in', origin });
  else await reportEvent(tx, user, { kind: 'signed_in', origin });
}

/**
 * That a session still is one, in the transaction that acts on its behalf: a reset may have ended it since
 * the request began. To be asked under the lock of its user. @throws AppError unauthorized
 */
export async function requireSessionRow(tx: Prisma.TransactionClient, id: string | null): Promise<void> {
  if (id === null) return;
  if ((await tx.session.count({ where: { id } })) === 0) throw new AppError('unauthorized');
}

/** Ends the session with this token, and its family of tokens; no error when it has ended already. */
export async function endSession(token: string): Promise<void> {
  await prisma().session.deleteMany({ where: { sessionToken: token } });
}

/** Ends one of somebody's sessions. @throws AppError not_found */
export async function endSessionById(userId: string, id: string): Promise<void> {
  const { count } = await prisma().session.deleteMany({ where: { id, userId } });
  if (count === 0) throw new AppError('not_found');
}

/** Ends every session of somebody but the one they are asking from. @returns how many */
export async function endOtherSessions(
  userId: string,
  { keep, origin }: { keep: string | null; origin: RequestOrigin },
): Promise<number> {
  return prisma().$transaction(async (tx) => {
    const count = await deleteSessions(tx, userId, keep);
    if (count > 0) await recordEvent(tx, userId, { kind: 'sessions_ended', origin });
    return count;
  });
}

/** @param keep the id of the session that stays, if any */
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

/** Notes that a session is in use. Never throws: a read must not fail for it. */
export function recordLastSeen(session: ActiveSession): void {
  const at = now();
  if (at.getTime() - session.lastSeenAt.getTime() < SEEN_EVERY_MS) return;
  prisma()
    .session.updateMany({ where: { id: session.id }, data: { lastSeenAt: at } })
    .catch(() => {});
}
