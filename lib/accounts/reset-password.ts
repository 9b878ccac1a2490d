import 'server-only';
import type { Caller, UserRecord } from '../core/caller';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { enforceSubjectLimit } from '../limits/enforce';
import { deliverSoon } from '../mail/outbox';
import { hashPassword, requireStrongPassword } from './passwords/password';
import { storePassword } from './passwords/stored-password';
import { authAdapter } from './sessions/adapter';
import { reportEvent } from './sessions/events';
import { deleteSessions } from './sessions/service';
import { evenTiming } from './sign-in/even-timing';
import { endMailTokens, findMailToken, queueMailToken, spendMailToken } from './tokens/mail-tokens';
import { lockUser } from './users/lock';
import { findUserByEmail, USER_SELECT } from './users/queries';

/** Mails a link to set a new password if the address has an account; does not reveal whether it does. */
export async function requestPasswordReset(email: string): Promise<void> {
  await enforceSubjectLimit('mail-recipient', `forgot:${email}`);
  await evenTiming(async () => {
    const user = await findUserByEmail(email);
    if (!user) return;
    await prisma().$transaction(async (tx) => {
      if (!(await lockUser(tx, user.id))) return;
      await queueMailToken(tx, user, { purpose: 'reset_password', email: user.email });
    });
    deliverSoon();
  });
}

/**
 * Sets a new password with a mailed token, which also confirms the address. Ends every session, revokes
 * personal tokens, and notifies the owner.
 * @throws AppError invalid_token, validation_failed, overloaded
 */
export async function resetPassword(input: NewPassword, caller: Caller): Promise<void> {
  await setPassword('reset_password', input, caller);
}

/**
 * Confirms a new account with its confirmation link and a new password, for the owner of an address that
 * another party may have registered.
 * @throws AppError invalid_token, validation_failed, overloaded
 */
export function confirmWithNewPassword(input: NewPassword, caller: Caller): Promise<UserRecord> {
  return setPassword('verify_email', input, caller);
}

interface NewPassword {
  token: string;
  password: string;
}

async function setPassword(
  purpose: 'reset_password' | 'verify_email',
  { token, password }: NewPassword,
  caller: Caller,
): Promise<UserRecord> {
  const link = await findMailToken(token, [purpose]);
  if (!link?.isLive) throw new AppError('invalid_token');
  await requireStrongPassword(password, { ...link.user, path: 'password' });
  const hash = await hashPassword(password, { ...caller, isKnown: true });
  const account = await prisma().$transaction(async (tx) => {
    await lockUser(tx, link.userId);
    const facts = await spendMailToken(tx, token, [purpose]);
    if (!facts) throw new AppError('invalid_token');
    const { userId } = facts;
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: USER_SELECT });
    if (facts.email !== user.email) throw new AppError('invalid_token');
    if (purpose === 'verify_email' && user.emailVerified !== null) throw new AppError('invalid_token');
    await storePassword(tx, userId, hash);
    if (user.emailVerified === null) await authAdapter(tx).updateUser({ id: userId, emailVerified: now() });
    await deleteSessions(tx, userId);
    await tx.personalToken.deleteMany({ where: { userId } });
    await endMailTokens(tx, userId);
    await reportEvent(tx, user, { kind: 'password_reset', caller });
    return user;
  });
  deliverSoon();
  return account;
}
