import 'server-only';
import type { RequestOrigin } from '../../core/actor';
import { prisma } from '../../core/db';
import { AppError } from '../../core/errors';
import { enforceLimit, enforceSubjectLimit, resetSubjectLimit } from '../../limits/enforce';
import { createHashQueue, type HashClient } from '../passwords/hash-queue';
import { verifyPassword } from '../passwords/password';
import { USER_SELECT, type UserRecord } from '../users/queries';
import { readDeviceToken } from './device';

export interface SignInAttempt {
  /** An address or a username, as it was typed. */
  login: string;
  password: string;
  origin: RequestOrigin;
  /** The device cookie, where there is one. */
  deviceToken: string | null;
}

export interface SignInGrant {
  user: UserRecord;
  isKnownDevice: boolean;
  /** Since when the password has been theirs. */
  passwordOf: Date;
}

// As many as the hash queue has places for: more of one client are refused before they reach the database.
const attempts = createHashQueue({ running: 200, waitingUnknown: 0, waitingKnown: 0, perAddress: 20 });

/**
 * Whom the credentials belong to. Takes as long and says the same whether the account or the password is
 * wrong. Attempts are counted per address and per account, but whoever signed in from this browser before
 * is counted apart, so that nobody else's guesses lock them out.
 * @throws AppError invalid_credentials, email_not_verified, account_banned, rate_limited, overloaded
 */
export function checkCredentials(attempt: SignInAttempt): Promise<SignInGrant> {
  return attempts({ address: attempt.origin.address, isKnown: false }, () => check(attempt));
}

async function check(attempt: SignInAttempt): Promise<SignInGrant> {
  await enforceLimit('login', { userId: null, address: attempt.origin.address });
  const login = attempt.login.trim().toLowerCase();
  const found = await findAccount(login);
  const device =
    found && attempt.deviceToken
      ? await readDeviceToken(attempt.deviceToken, { userId: found.id, since: found.credential?.changedAt })
      : null;
  // By what was typed: counted by the account, a locked name would tell which address belongs to it.
  const account = device === null ? login : `${found?.id} on ${device}`;
  await enforceSubjectLimit('login-account', account);
  const client = { address: attempt.origin.address, isKnown: device !== null };
  const isRight = await verifyPassword(found?.credential?.hash ?? null, attempt.password, client);
  if (!found?.credential || !isRight) throw new AppError('invalid_credentials');
  await resetSubjectLimit('login-account', account);
  const { credential, ...user } = found;
  if (user.bannedAt !== null) throw new AppError('account_banned');
  if (user.emailVerified === null) throw new AppError('email_not_verified');
  return { user, isKnownDevice: device !== null, passwordOf: credential.changedAt };
}

/**
 * Checks the password of the account that a mailed link belongs to. Counted like a sign-in by its address.
 * @returns since when the password has been set
 * @throws AppError invalid_credentials, rate_limited, overloaded
 */
export async function checkPassword(
  { id, email }: { id: string; email: string },
  { password, address }: { password: string; address: string },
): Promise<Date> {
  await enforceLimit('login', { userId: null, address });
  await enforceSubjectLimit('login-account', email);
  const changedAt = await findPassword(id, password, { address, isKnown: true });
  if (changedAt === null) throw new AppError('invalid_credentials');
  await resetSubjectLimit('login-account', email);
  return changedAt;
}

/** Whether this is the password of an account. Counts nothing. @throws AppError overloaded */
export async function knowsPassword(userId: string, password: string, client: HashClient): Promise<boolean> {
  return (await findPassword(userId, password, client)) !== null;
}

/** Since when this has been the password of the account; null if it is not. */
async function findPassword(userId: string, password: string, client: HashClient): Promise<Date | null> {
  const stored = await prisma().credential.findUnique({
    where: { userId },
    select: { hash: true, changedAt: true },
  });
  const isRight = await verifyPassword(stored?.hash ?? null, password, client);
  return stored && isRight ? stored.changedAt : null;
}

/** With the password hash, which goes no further than this file. */
async function findAccount(login: string) {
  // No address or name is anything else; NUL would be an error to the database.
  if (!/^[\x21-\x7e]+$/.test(login)) return null;
  return prisma().user.findUnique({
    where: login.includes('@') ? { email: login } : { username: login },
    select: { ...USER_SELECT, credential: { select: { hash: true, changedAt: true } } },
  });
}

/**
 * That somebody who is signed in also knows the password, before what cannot be undone.
 * @throws AppError wrong_password, rate_limited, overloaded
 */
export async function confirmPassword(
  userId: string,
  { password, address }: { password: string; address: string },
): Promise<void> {
  await enforceLimit('change-account', { userId, address });
  if (!(await knowsPassword(userId, password, { address, isKnown: true })))
    throw new AppError('wrong_password');
}
