import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Caller, UserRecord } from '../../core/caller';
import { now } from '../../core/clock';
import { isMissingRow } from '../../core/constraints';
import { AppError } from '../../core/errors';
import { SESSION_SECONDS } from '../../core/http/cookie';
import { hashToken } from '../../core/keys';
import { prisma } from '../../core/prisma';
import type { Prisma } from '../../generated/prisma/client';
import { deliverSoon } from '../../mail/outbox';
import { insertSession, noticeDevice, requireUnchangedPassword } from '../sessions/service';
import { ACCESS_SECONDS, signAccessToken } from './access';
import type { TokenPair } from './schema';

/**
 * Signs an API client in, with a session of its own and one family of access and refresh tokens.
 * @param options.passwordOf when the given password was set
 * @throws AppError invalid_credentials if the password has changed since
 */
export async function startFamily(
  user: UserRecord,
  caller: Caller,
  { passwordOf }: { passwordOf?: Date } = {},
): Promise<TokenPair> {
  const { token, refreshToken } = await prisma().$transaction(async (tx) => {
    await requireUnchangedPassword(tx, user.id, passwordOf);
    const session = await insertSession(tx, user.id, { kind: 'api', caller });
    await noticeDevice(tx, user, { caller, isKnownDevice: false });
    return { token: session.token, refreshToken: await insertRefreshToken(tx, session.id) };
  });
  deliverSoon();
  return toPair(await signAccessToken({ token, userId: user.id }), refreshToken);
}

/** The longest lifetime of a family, regardless of renewals; the client must then sign in again. */
export const FAMILY_SECONDS = 90 * 86_400;

/**
 * Exchanges a refresh token for a new pair. A token that is used twice was stolen or lost, so its whole
 * family ends.
 * @throws AppError unauthorized
 */
export async function refreshPair(refreshToken: string): Promise<TokenPair> {
  const hash = hashToken(refreshToken);
  const rotated = await rotate(hash);
  if (rotated) {
    return toPair(await signAccessToken(rotated.session), rotated.next);
  }
  const spent = await prisma().refreshToken.findUnique({
    where: { hash },
    select: { sessionId: true, spentAt: true },
  });
  if (spent?.spentAt) await prisma().session.deleteMany({ where: { id: spent.sessionId } });
  throw new AppError('unauthorized', { detail: 'This refresh token is not in force.' });
}

/** Ends the family of a refresh token, spent or not; does nothing if it has ended or never existed. */
export async function endFamily(refreshToken: string): Promise<void> {
  const where = { refreshTokens: { some: { hash: hashToken(refreshToken) } } };
  await prisma().session.deleteMany({ where });
}

interface Rotation {
  session_id: string;
  session_token: string;
  user_id: string;
  created_at: Date;
}

async function rotate(hash: Uint8Array<ArrayBuffer>) {
  const at = now();
  const oldest = new Date(at.getTime() - FAMILY_SECONDS * 1_000);
  try {
    return await prisma().$transaction(async (tx) => {
      const [rotation] = await tx.$queryRaw<Rotation[]>`
        update refresh_tokens r set spent_at = ${at} from sessions s join users u on u.id = s.user_id
        where r.hash = ${hash} and r.spent_at is null and s.id = r.session_id and s.expires > ${at}
          and s.created_at > ${oldest} and u.banned_at is null
        returning r.session_id, s.session_token, s.user_id, s.created_at`;
      if (!rotation) return null;
      const next = await insertRefreshToken(tx, rotation.session_id);
      const last = rotation.created_at.getTime() + FAMILY_SECONDS * 1_000;
      const expires = new Date(Math.min(at.getTime() + SESSION_SECONDS * 1_000, last));
      await tx.session.updateMany({ where: { id: rotation.session_id }, data: { expires, lastSeenAt: at } });
      return { session: { token: rotation.session_token, userId: rotation.user_id }, next };
    });
  } catch (error) {
    // The family ended during the renewal.
    if (isMissingRow(error)) return null;
    throw error;
  }
}

async function insertRefreshToken(tx: Prisma.TransactionClient, sessionId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx.refreshToken.create({
    data: { hash: hashToken(token), sessionId, createdAt: now() },
    select: { sessionId: true },
  });
  return token;
}

function toPair(accessToken: string, refreshToken: string): TokenPair {
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'bearer',
    expires_in: ACCESS_SECONDS,
  };
}
