import 'server-only';
import { randomBytes } from 'node:crypto';
import type { UserRecord } from '../../core/caller';
import { now } from '../../core/clock';
import { hashToken } from '../../core/keys';
import { prisma } from '../../core/prisma';
import type { Prisma } from '../../generated/prisma/client';
import type { MailTokenPurpose } from '../../generated/prisma/enums';
import { queueMail } from '../../mail/outbox';
import { lockUser } from '../users/lock';

const HOUR_MS = 3_600_000;

const LIFETIME_MS: Record<MailTokenPurpose, number> = {
  verify_email: 24 * HOUR_MS,
  change_email: 24 * HOUR_MS,
  reset_password: HOUR_MS / 2,
};

/** The purposes of a confirmation link. */
export const CONFIRMING = ['verify_email', 'change_email'] as const;
export type ConfirmPurpose = (typeof CONFIRMING)[number];

export interface MailTokenFacts {
  userId: string;
  purpose: MailTokenPurpose;
  /** The address that it confirms. */
  email: string;
}

/** Issues a token of 256 random bits and revokes earlier ones for the same purpose. */
export async function issueMailToken(tx: Prisma.TransactionClient, facts: MailTokenFacts): Promise<string> {
  const at = now();
  const { userId, purpose } = facts;
  // Two concurrent requests must not leave two valid tokens.
  await lockUser(tx, userId);
  await tx.mailToken.updateMany({ where: { userId, purpose, spentAt: null }, data: { spentAt: at } });
  const token = randomBytes(32).toString('base64url');
  await tx.mailToken.create({
    data: {
      ...facts,
      hash: hashToken(token),
      createdAt: at,
      expiresAt: new Date(at.getTime() + LIFETIME_MS[purpose]),
    },
    select: { userId: true },
  });
  return token;
}

/** Spends a token. @returns null if it was spent, superseded, expired or never issued */
export async function spendMailToken(
  tx: Prisma.TransactionClient,
  token: string,
  purposes: readonly MailTokenPurpose[],
): Promise<MailTokenFacts | null> {
  const at = now();
  const hash = hashToken(token);
  const { count } = await tx.mailToken.updateMany({
    where: { hash, purpose: { in: [...purposes] }, spentAt: null, expiresAt: { gt: at } },
    data: { spentAt: at },
  });
  if (count === 0) return null;
  return tx.mailToken.findUnique({ where: { hash }, select: { userId: true, purpose: true, email: true } });
}

export interface MailTokenState extends MailTokenFacts {
  isLive: boolean;
  user: { email: string; username: string; emailVerified: Date | null };
}

/** Finds a token, valid or not, without spending it. */
export async function findMailToken(
  token: string,
  purposes: readonly MailTokenPurpose[],
): Promise<MailTokenState | null> {
  const found = await prisma().mailToken.findUnique({
    where: { hash: hashToken(token), purpose: { in: [...purposes] } },
    select: {
      userId: true,
      purpose: true,
      email: true,
      spentAt: true,
      expiresAt: true,
      user: { select: { email: true, username: true, emailVerified: true } },
    },
  });
  // Prisma reads the user in a second statement, which does not find an account that was deleted since the first one.
  const user: MailTokenState['user'] | null | undefined = found?.user;
  if (!found || !user) return null;
  const { spentAt, expiresAt, ...facts } = found;
  return { ...facts, user, isLive: spentAt === null && expiresAt > now() };
}

/** Issues a token and queues the email that carries it. */
export async function queueMailToken(
  tx: Prisma.TransactionClient,
  user: UserRecord,
  { purpose, email }: { purpose: 'verify_email' | 'change_email' | 'reset_password'; email: string },
): Promise<void> {
  const token = await issueMailToken(tx, { userId: user.id, purpose, email });
  const template = purpose === 'change_email' ? 'confirm_new_email' : purpose;
  const content = { template, username: user.username, token } as const;
  await queueMail(tx, { userId: user.id, to: email, locale: user.locale, content });
}

/** Revokes mailed links, as after a change of the password or the address. */
export async function endMailTokens(
  tx: Prisma.TransactionClient,
  userId: string,
  purpose?: MailTokenPurpose,
): Promise<void> {
  const which = purpose === undefined ? {} : { purpose };
  await tx.mailToken.updateMany({ where: { userId, spentAt: null, ...which }, data: { spentAt: now() } });
}
