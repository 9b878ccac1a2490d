import 'server-only';
import type { Caller, Member, UserRecord } from '../../core/caller';
import { AppError } from '../../core/errors';
import { prisma } from '../../core/prisma';
import { enforceLimit, enforceSubjectLimit, resetSubjectLimit } from '../../limits/enforce';
import { createHashQueue, type HashCaller } from '../passwords/hash-queue';
import { verifyPassword } from '../passwords/password';
import { USER_SELECT } from '../users/queries';
import { type Device, isDeviceOf, readDeviceToken } from './device';

export interface SignInAttempt {
  /** Email address or username, as typed. */
  login: string;
  password: string;
  caller: Caller;
  /** The device cookie, if any. */
  deviceToken: string | null;
}

export interface SignInGrant {
  user: UserRecord;
  isKnownDevice: boolean;
  /** When the password was set. */
  passwordOf: Date;
}

// About as many as the hash queue has places for: further attempts of one client do not reach the database.
const attempts = createHashQueue({ running: 200, waitingUnknown: 0, waitingKnown: 50, perAddress: 20 });

/**
 * Checks credentials. A wrong account and a wrong password take the same time and give the same error.
 * Attempts are limited per address and per account; those from a browser that has signed in before are
 * counted separately, so that other people's guesses do not lock its user out. For its attempts, places are
 * reserved too.
 * @throws AppError invalid_credentials, email_not_verified, account_banned, rate_limited, overloaded
 */
export async function checkCredentials(attempt: SignInAttempt): Promise<SignInGrant> {
  const device = attempt.deviceToken === null ? null : await readDeviceToken(attempt.deviceToken);
  return attempts(hashCaller(attempt.caller, device), () => check(attempt, device));
}

function hashCaller({ address }: Caller, device: Device | null): HashCaller {
  return device === null ? { address, isKnown: false } : { address, isKnown: true, account: device.userId };
}

async function check(attempt: SignInAttempt, presented: Device | null): Promise<SignInGrant> {
  await enforceLimit('login', attempt.caller);
  const login = attempt.login.trim().toLowerCase();
  const found = await findAccount(login);
  const isKnown =
    found !== null && isDeviceOf(presented, { userId: found.id, since: found.credential?.changedAt });
  const device = isKnown ? presented : null;
  // Keyed by what was typed: a count per account would reveal which address belongs to a locked username.
  const account = device === null ? login : `${device.userId} on ${device.id}`;
  await enforceSubjectLimit('login-account', account);
  const caller = hashCaller(attempt.caller, device);
  const isRight = await verifyPassword(found?.credential?.hash ?? null, attempt.password, caller);
  if (!found?.credential || !isRight) throw new AppError('invalid_credentials');
  await resetSubjectLimit('login-account', account);
  const { credential, ...user } = found;
  if (user.bannedAt !== null) throw new AppError('account_banned');
  if (user.emailVerified === null) throw new AppError('email_not_verified');
  return { user, isKnownDevice: isKnown, passwordOf: credential.changedAt };
}

/**
 * Checks the password of the account that a mailed link belongs to. Counts as a sign-in with its address.
 * @returns when the password was set
 * @throws AppError invalid_credentials, rate_limited, overloaded
 */
export async function checkPassword(
  { id, email }: { id: string; email: string },
  { password, caller }: { password: string; caller: Caller },
): Promise<Date> {
  await enforceLimit('login', caller);
  await enforceSubjectLimit('login-account', email);
  const changedAt = await findPassword(id, password, { ...caller, isKnown: true });
  if (changedAt === null) throw new AppError('invalid_credentials');
  await resetSubjectLimit('login-account', email);
  return changedAt;
}

/** When the password was set, if it is the account's; null otherwise. Not rate limited. @throws AppError overloaded */
export async function findPassword(
  userId: string,
  password: string,
  caller: HashCaller,
): Promise<Date | null> {
  const stored = await prisma().credential.findUnique({
    where: { userId },
    select: { hash: true, changedAt: true },
  });
  const isRight = await verifyPassword(stored?.hash ?? null, password, caller);
  return stored && isRight ? stored.changedAt : null;
}

/** Includes the password hash, which must not leave this file. */
async function findAccount(login: string) {
  // Addresses and usernames have no other characters, and NUL is a database error.
  if (!/^[\x21-\x7e]+$/.test(login)) return null;
  return prisma().user.findUnique({
    where: login.includes('@') ? { email: login } : { username: login },
    select: { ...USER_SELECT, credential: { select: { hash: true, changedAt: true } } },
  });
}

/**
 * Requires the password of a signed-in user before an irreversible change.
 * @throws AppError wrong_password, rate_limited, overloaded
 */
export async function confirmPassword(caller: Member, password: string): Promise<void> {
  await enforceLimit('change-account', caller);
  const found = await findPassword(caller.user.id, password, { ...caller, isKnown: true });
  if (found === null) throw new AppError('wrong_password');
}
