import 'server-only';
import type { Caller, UserRecord } from '../core/caller';
import { now } from '../core/clock';
import { isUniqueConflict } from '../core/constraints';
import { env } from '../core/env';
import { AppError } from '../core/errors';
import { hashToken } from '../core/keys';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { isWithinLimit } from '../limits/enforce';
import { deliverSoon } from '../mail/outbox';
import { mailAccountExists } from './account-exists';
import { requireRegistration } from './invitations';
import { hashPassword, requireStrongPassword } from './passwords/password';
import { dropPassword, storePassword } from './passwords/stored-password';
import { authAdapter } from './sessions/adapter';
import { findPassword } from './sign-in/credentials';
import { evenTiming } from './sign-in/even-timing';
import { emptyRegistration, type Registration } from './sign-in/registration';
import { endMailTokens, queueMailToken } from './tokens/mail-tokens';
import { lockUser } from './users/lock';
import { findUserByEmail, USER_SELECT } from './users/queries';
import type { Register } from './users/schema';
import { requireFreeUsername } from './users/username';

const DAY_MS = 86_400_000;

/** Who registers, and the locale of the new account. */
export interface Applicant extends Pick<Caller, 'address'> {
  locale: string;
}

/**
 * Creates an account, which cannot be used until its address is confirmed. If the address belongs to an
 * unconfirmed account with another password, that password is removed.
 * @throws AppError invitation_required, registration_closed, email_taken, username_taken, validation_failed, overloaded
 */
export async function registerUser(input: Register, applicant: Applicant): Promise<UserRecord> {
  await requireRegistration(input);
  try {
    const { user } = await openAccount(input, applicant);
    return user;
  } catch (error) {
    if (isEmailTaken(error)) await contestAccount(input, applicant);
    throw error;
  }
}

/**
 * Like `registerUser`, but reveals only to the owner of the email address whether it has an account.
 * @returns the registration for this browser, to be encrypted: its content shows whether there was an account
 * @throws AppError invitation_required, registration_closed, username_taken, validation_failed, overloaded
 */
export async function registerQuietly(input: Register, applicant: Applicant): Promise<Registration> {
  await requireRegistration(input);
  return evenTiming(async () => {
    try {
      const { user, passwordOf } = await openAccount(input, applicant);
      return { email: user.email, userId: user.id, passwordOf };
    } catch (error) {
      if (!isEmailTaken(error)) throw error;
      await requireFreeUsername(input.username);
      await holdUsername(input.username);
      const { isContested, registration } = await contestAccount(input, applicant);
      if (!isContested) {
        const owner = await findUserByEmail(input.email);
        if (owner) await mailAccountExists(owner);
      }
      return registration ?? emptyRegistration(input.email);
    }
  });
}

interface OpenedAccount {
  user: UserRecord;
  /** When its password was set. */
  passwordOf: Date;
}

async function openAccount(input: Register, { locale, address }: Applicant): Promise<OpenedAccount> {
  const { email, username, password, invitation } = input;
  await requireStrongPassword(password, { email, username, path: 'password' });
  const hash = await hashPassword(password, { address, isKnown: false });
  await requireFreeEmailAndUsername(input);
  const insert = () =>
    prisma().$transaction((tx) => insertUser(tx, { email, username, hash, locale, invitation }));
  const account = await insert().catch(async (error: unknown) => {
    if (!isUniqueConflict(error)) throw error;
    await requireFreeEmailAndUsername(input);
    // The account that had one of them was deleted since.
    return insert();
  });
  deliverSoon();
  return account;
}

function isEmailTaken(error: unknown): boolean {
  return error instanceof AppError && error.code === 'email_taken';
}

interface NewUser {
  email: string;
  username: string;
  hash: string;
  locale: string;
  invitation: string | undefined;
}

async function insertUser(
  tx: Prisma.TransactionClient,
  { hash, invitation, ...fields }: NewUser,
): Promise<OpenedAccount> {
  // The database generates the id.
  const { id } = await authAdapter(tx).createUser({ id: '', emailVerified: null, ...fields });
  const awaitsApproval = env().FIRST_PASTE_APPROVAL;
  if (invitation !== undefined || awaitsApproval) {
    await tx.user.update({
      where: { id },
      data: {
        awaitsApproval,
        ...(invitation === undefined ? {} : { invitation: hashToken(invitation) }),
      },
      select: { id: true },
    });
  }
  const passwordOf = await storePassword(tx, id, hash);
  const user = await tx.user.findUniqueOrThrow({ where: { id }, select: USER_SELECT });
  await queueMailToken(tx, user, { purpose: 'verify_email', email: user.email });
  return { user, passwordOf };
}

async function requireFreeEmailAndUsername({ email, username }: Register): Promise<void> {
  if (await prisma().user.findUnique({ where: { email }, select: { id: true } })) {
    throw new AppError('email_taken', { fields: [{ path: 'email', message: 'email_taken' }] });
  }
  await requireFreeUsername(username);
}

/** Reserves it as an unconfirmed account would; a free username would reveal that no account was created. */
async function holdUsername(username: string): Promise<void> {
  const until = new Date(now().getTime() + DAY_MS);
  await prisma().heldUsername.upsert({ where: { username }, create: { username, until }, update: { until } });
}

/**
 * Handles a second registration of an unconfirmed address with a different password, when only one of the two
 * parties reads its mail: the account loses its password and its confirmation links, and the address
 * is mailed a link that sets a new password. With the same password it is the same person, whose first registration
 * is returned.
 */
async function contestAccount(
  { email, password }: Register,
  { address }: Applicant,
): Promise<{ isContested: boolean; registration?: Registration }> {
  const user = await findUserByEmail(email);
  if (!user || user.emailVerified !== null) return { isContested: false };
  const passwordOf = await findPassword(user.id, password, { address, isKnown: false });
  if (passwordOf !== null)
    return { isContested: false, registration: { email, userId: user.id, passwordOf } };
  const isMailed = await isWithinLimit('mail-recipient', `contest:${email}`).catch(() => false);
  const isContested = await prisma().$transaction(async (tx) => {
    await lockUser(tx, user.id);
    if ((await tx.user.count({ where: { id: user.id, emailVerified: null } })) === 0) return false;
    await dropPassword(tx, user.id);
    await endMailTokens(tx, user.id, 'verify_email');
    // When the limit is reached, an earlier link that sets a password still works.
    if (isMailed) await queueMailToken(tx, user, { purpose: 'reset_password', email });
    return true;
  });
  deliverSoon();
  return { isContested };
}
