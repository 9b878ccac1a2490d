import 'server-only';
import type { Caller, UserRecord } from '../core/caller';
import { now } from '../core/clock';
import { isUniqueConflict } from '../core/constraints';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { enforceSubjectLimit } from '../limits/enforce';
import { deliverSoon } from '../mail/outbox';
import { authAdapter } from './sessions/adapter';
import { reportEvent } from './sessions/events';
import { requireUnchangedPassword } from './sessions/service';
import { checkPassword } from './sign-in/credentials';
import { evenTiming } from './sign-in/even-timing';
import { findRegistration } from './sign-in/registration';
import {
  CONFIRMING,
  type ConfirmPurpose,
  findMailToken,
  type MailTokenState,
  queueMailToken,
  spendMailToken,
} from './tokens/mail-tokens';
import { lockUser } from './users/lock';
import { findUserByEmail, USER_SELECT } from './users/queries';

/**
 * Mails another confirmation link to an unconfirmed address, or a link to set a password if a contested
 * account has none. Does not reveal whether the address has an account.
 */
export async function resendVerification(email: string): Promise<void> {
  await enforceSubjectLimit('mail-recipient', `resend:${email}`);
  await evenTiming(async () => {
    const user = await findUserByEmail(email);
    if (!user || user.emailVerified !== null) return;
    await prisma().$transaction(async (tx) => {
      if (!(await lockUser(tx, user.id))) return;
      const hasPassword = (await tx.credential.count({ where: { userId: user.id } })) > 0;
      await queueMailToken(tx, user, { purpose: hasPassword ? 'verify_email' : 'reset_password', email });
    });
    deliverSoon();
  });
}

export interface Confirmation {
  user: UserRecord;
  purpose: ConfirmPurpose;
  /** When the password of the account was set. */
  passwordOf: Date;
}

/** The password of the account; for a new account, the encrypted registration of this browser is enough. */
export type PasswordProof = { password: string } | { registration: string };

/**
 * Confirms the address that a token was mailed to: of a new account, or of a change. Requires the token,
 * which proves access to the mailbox, and a proof of the account's password; without both, nothing changes and
 * the token stays valid.
 * @throws AppError invalid_token, invalid_credentials, rate_limited, overloaded, account_banned, email_taken
 */
export async function confirmEmail(
  { token, ...proof }: { token: string } & PasswordProof,
  caller: Caller,
): Promise<Confirmation> {
  const link = await findMailToken(token, CONFIRMING);
  if (!link?.isLive) throw new AppError('invalid_token');
  const passwordOf = await checkProof(link, proof, caller);
  const confirmation = await prisma()
    .$transaction(async (tx) => {
      await requireUnchangedPassword(tx, link.userId, passwordOf);
      const facts = await spendMailToken(tx, token, CONFIRMING);
      if (!facts) throw new AppError('invalid_token');
      const before = await tx.user.findUniqueOrThrow({ where: { id: facts.userId }, select: USER_SELECT });
      if (before.bannedAt !== null) throw new AppError('account_banned');
      const purpose = facts.purpose === 'change_email' ? facts.purpose : ('verify_email' as const);
      if (purpose === 'change_email') {
        await reportEvent(tx, before, { kind: 'email_changed', caller, newEmail: facts.email });
      } else if (facts.email !== before.email || before.emailVerified !== null) {
        throw new AppError('invalid_token');
      }
      await authAdapter(tx).updateUser({
        id: facts.userId,
        email: facts.email,
        emailVerified: before.emailVerified ?? now(),
      });
      const user = await tx.user.findUniqueOrThrow({ where: { id: facts.userId }, select: USER_SELECT });
      return { user, purpose, passwordOf };
    })
    .catch((error: unknown) => {
      if (isUniqueConflict(error)) throw new AppError('email_taken');
      throw error;
    });
  deliverSoon();
  return confirmation;
}

/** @returns when the password was set. @throws AppError invalid_credentials, rate_limited, overloaded */
async function checkProof(
  { userId, user, purpose }: MailTokenState,
  proof: PasswordProof,
  caller: Caller,
): Promise<Date> {
  if ('password' in proof) return checkPassword({ id: userId, email: user.email }, { ...proof, caller });
  const registration = purpose === 'verify_email' ? await findRegistration(proof.registration, userId) : null;
  if (!registration) throw new AppError('invalid_credentials');
  return registration.passwordOf;
}
