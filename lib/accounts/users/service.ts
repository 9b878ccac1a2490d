import 'server-only';
import type { Actor, RequestOrigin } from '../../core/actor';
import { now } from '../../core/clock';
import { prisma } from '../../core/db';
import { AppError } from '../../core/errors';
import { isReserved } from '../../core/reserved-words';
import { Prisma } from '../../generated/prisma/client';
import type { MailTokenPurpose } from '../../generated/prisma/enums';
import { enforceSubjectLimit } from '../../limits/enforce';
import { deliverSoon, queueMail } from '../../mail/outbox';
import { queueDeletedFiles, releaseSlugs, tombstoneOwned, touchOwned } from '../../pastes/purge';
import { removeQueuedBlobs } from '../../storage/removal';
import { reportEvent } from '../sessions/events';
import { deleteSessions, requireSessionRow, requireUnchangedPassword } from '../sessions/service';
import { authAdapter } from '../sign-in/adapter';
import {
  checkPassword,
  confirmPassword,
  dropPassword,
  knowsPassword,
  storePassword,
} from '../sign-in/credentials';
import { evenTiming } from '../sign-in/even-timing';
import { hashPassword, refuseWeakPassword } from '../sign-in/password';
import { findMailToken, issueMailToken, spendMailToken } from '../tokens/mail-tokens';
import { lockAdmins, requireAnotherAdmin } from './admins';
import { queueAvatarRemoval } from './avatars';
import { lockUser } from './lock';
import { findUserByEmail, USER_SELECT, type UserRecord } from './queries';
import type { ChangePassword, Register, UpdateProfile } from './schema';

const CONFIRMING = ['verify_email', 'change_email'] as const;
type ConfirmPurpose = (typeof CONFIRMING)[number];
const QUIET_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

/** Who registers, as far as it is known. */
export interface Applicant {
  locale: string;
  address: string;
}

/**
 * Opens an account, which cannot be used before its address is confirmed. Where the address belongs to an
 * unconfirmed account with another password, that password is dropped.
 * @throws AppError email_taken, username_taken, validation_failed, overloaded
 */
export async function registerUser(input: Register, applicant: Applicant): Promise<UserRecord> {
  return openAccount(input, applicant).catch(async (error: unknown) => {
    if (isEmailTaken(error)) await contestAccount(input, applicant);
    throw error;
  });
}

/**
 * As the web form does it: whether the address has an account is told to nobody but the address itself.
 * @throws AppError username_taken, validation_failed, overloaded
 */
export async function registerQuietly(input: Register, applicant: Applicant): Promise<void> {
  await evenTiming(async () => {
    try {
      await openAccount(input, applicant);
    } catch (error) {
      if (!isEmailTaken(error)) throw error;
      await refuseTakenUsername(input.username);
      await holdUsername(input.username);
      if (await contestAccount(input, applicant)) return;
      const owner = await findUserByEmail(input.email);
      if (owner) await tellAccountExists(owner);
    }
  });
}

async function openAccount(input: Register, { locale, address }: Applicant): Promise<UserRecord> {
  const { email, username, password } = input;
  refuseWeakPassword(password, { email, username, path: 'password' });
  const hash = await hashPassword(password, { address, isKnown: false });
  await refuseTaken(input);
  const user = await prisma()
    .$transaction((tx) => insertUser(tx, { email, username, hash, locale }))
    .catch(async (error: unknown) => {
      if (isUniqueConflict(error)) await refuseTaken(input);
      throw error;
    });
  deliverSoon();
  return user;
}

function isEmailTaken(error: unknown): boolean {
  return error instanceof AppError && error.code === 'email_taken';
}

interface NewUser {
  email: string;
  username: string;
  hash: string;
  locale: string;
}

async function insertUser(tx: Prisma.TransactionClient, { hash, ...fields }: NewUser): Promise<UserRecord> {
  // The adapter leaves the id to the database.
  const { id } = await authAdapter(tx).createUser({ id: '', emailVerified: null, ...fields });
  await storePassword(tx, id, hash);
  const user = await tx.user.findUniqueOrThrow({ where: { id }, select: USER_SELECT });
  await mailToken(tx, user, { purpose: 'verify_email', email: user.email });
  return user;
}

async function mailToken(
  tx: Prisma.TransactionClient,
  user: UserRecord,
  { purpose, email }: { purpose: 'verify_email' | 'change_email' | 'reset_password'; email: string },
): Promise<void> {
  const token = await issueMailToken(tx, { userId: user.id, purpose, email });
  const template = purpose === 'change_email' ? 'confirm_new_email' : purpose;
  const content = { template, username: user.username, token } as const;
  await queueMail(tx, { userId: user.id, to: email, locale: user.locale, content });
}

async function refuseTaken({ email, username }: { email: string; username: string }): Promise<void> {
  if (await prisma().user.findUnique({ where: { email }, select: { id: true } })) {
    throw new AppError('email_taken', { fields: [{ path: 'email', message: 'email_taken' }] });
  }
  await refuseTakenUsername(username);
}

async function refuseTakenUsername(username: string, ownId: string | null = null): Promise<void> {
  const [user, held] = await Promise.all([
    prisma().user.findUnique({ where: { username }, select: { id: true } }),
    prisma().heldUsername.findUnique({ where: { username, until: { gt: now() } }, select: { until: true } }),
  ]);
  const isFree = user ? user.id === ownId : !held;
  if (isFree) return;
  throw new AppError('username_taken', { fields: [{ path: 'username', message: 'username_taken' }] });
}

/** For as long as an unconfirmed account would have it: else the name would tell that none was made. */
async function holdUsername(username: string): Promise<void> {
  const until = new Date(now().getTime() + DAY_MS);
  await prisma().heldUsername.upsert({ where: { username }, create: { username, until }, update: { until } });
}

/**
 * Two parties registered one unconfirmed address with different passwords, and only one of them reads its
 * mail. So the account loses its password and its confirm links for good, and the address gets a link that
 * sets a new password.
 * @returns whether the address belongs to such an account
 */
async function contestAccount({ email, password }: Register, { address }: Applicant): Promise<boolean> {
  const user = await findUserByEmail(email);
  if (!user || user.emailVerified !== null) return false;
  if (await knowsPassword(user.id, password, { address, isKnown: false })) return false;
  const isMailed = await enforceSubjectLimit('mail-recipient', `contest:${email}`).then(
    () => true,
    () => false,
  );
  const isContested = await prisma().$transaction(async (tx) => {
    await lockUser(tx, user.id);
    if ((await tx.user.count({ where: { id: user.id, emailVerified: null } })) === 0) return false;
    await dropPassword(tx, user.id);
    await endMailTokens(tx, user.id, 'verify_email');
    // Past the limit, a link that sets a password and was mailed before still works.
    if (isMailed) await mailToken(tx, user, { purpose: 'reset_password', email });
    return true;
  });
  deliverSoon();
  return isContested;
}

/** One mail, however often and at once somebody tries. */
async function tellAccountExists(user: UserRecord): Promise<void> {
  if (await wasMailedLately(prisma(), user.id)) return;
  await prisma().$transaction(async (tx) => {
    await lockUser(tx, user.id);
    if (await wasMailedLately(tx, user.id)) return;
    const content = { template: 'account_exists', username: user.username } as const;
    await queueMail(tx, { userId: user.id, to: user.email, locale: user.locale, content });
  });
  deliverSoon();
}

async function wasMailedLately(client: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const since = new Date(now().getTime() - QUIET_MS);
  return (await client.outboxMail.count({ where: { userId, createdAt: { gt: since } } })) > 0;
}

/**
 * Another link to confirm the address with, or to set a password with where a contested account has none;
 * only if the address waits for one, and nothing tells whether it does.
 */
export async function resendVerification(email: string): Promise<void> {
  await enforceSubjectLimit('mail-recipient', `resend:${email}`);
  await evenTiming(async () => {
    const user = await findUserByEmail(email);
    if (!user || user.emailVerified !== null) return;
    await prisma().$transaction(async (tx) => {
      await lockUser(tx, user.id);
      const hasPassword = (await tx.credential.count({ where: { userId: user.id } })) > 0;
      await mailToken(tx, user, { purpose: hasPassword ? 'verify_email' : 'reset_password', email });
    });
    deliverSoon();
  });
}

/** A link to set another password with, if there is such an account; nothing tells whether there is. */
export async function requestPasswordReset(email: string): Promise<void> {
  await enforceSubjectLimit('mail-recipient', `forgot:${email}`);
  await evenTiming(async () => {
    const user = await findUserByEmail(email);
    if (!user) return;
    await prisma().$transaction((tx) =>
      mailToken(tx, user, { purpose: 'reset_password', email: user.email }),
    );
    deliverSoon();
  });
}

export interface Confirmation {
  user: UserRecord;
  purpose: ConfirmPurpose;
  /** Since when the password that was given has been set. */
  passwordOf: Date;
}

/**
 * Confirms the address that a mailed token was sent to: the one registered, or the one it changes to. The
 * token shows that the caller reads the mail, the password that the account is theirs; either alone changes
 * nothing and uses nothing up.
 * @throws AppError invalid_token, invalid_credentials, rate_limited, overloaded, account_banned, email_taken
 */
export async function confirmEmail(
  { token, password }: { token: string; password: string },
  origin: RequestOrigin,
): Promise<Confirmation> {
  const link = await findMailToken(token, CONFIRMING);
  if (!link?.isLive) throw new AppError('invalid_token');
  const account = { id: link.userId, email: link.user.email };
  const passwordOf = await checkPassword(account, { password, address: origin.address });
  const confirmation = await prisma()
    .$transaction(async (tx) => {
      await requireUnchangedPassword(tx, link.userId, passwordOf);
      const facts = await spendMailToken(tx, token, CONFIRMING);
      if (!facts) throw new AppError('invalid_token');
      const before = await tx.user.findUniqueOrThrow({ where: { id: facts.userId }, select: USER_SELECT });
      if (before.bannedAt !== null) throw new AppError('account_banned');
      const purpose = facts.purpose === 'change_email' ? facts.purpose : ('verify_email' as const);
      if (purpose === 'change_email') {
        await reportEvent(tx, before, { kind: 'email_changed', origin, newEmail: facts.email });
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

export type LinkState = 'usable' | 'confirmed' | 'spent';

export interface LinkView {
  state: LinkState;
  /** What else is known of a link that is usable; null for any other. */
  link: { userId: string; purpose: MailTokenPurpose; email: string; username: string } | null;
}

/** What the page behind a mailed link should say; looking uses nothing up. */
export async function lookAtLink(token: string, kind: 'confirm' | 'reset'): Promise<LinkView> {
  const found = await findMailToken(token, kind === 'confirm' ? CONFIRMING : ['reset_password']);
  if (!found) return { state: 'spent', link: null };
  const { user, userId, email, purpose } = found;
  const link = { userId, purpose, email, username: user.username };
  if (found.isLive) return { state: 'usable', link };
  const isConfirmed = kind === 'confirm' && user.email === email && user.emailVerified !== null;
  return { state: isConfirmed ? 'confirmed' : 'spent', link: null };
}

/**
 * Sets a new password with a mailed token, which proves the address too. Everything that was signed in
 * ends, personal tokens included, and the owner is told.
 * @throws AppError invalid_token, validation_failed, overloaded
 */
export async function resetPassword(input: NewPassword, origin: RequestOrigin): Promise<void> {
  await setPassword('reset_password', input, origin);
}

/**
 * Confirms the address of a new account by its confirm link with a password of one's own, in place of the
 * one it was registered with: for an owner of the address who does not know that one.
 * @throws AppError invalid_token, validation_failed, overloaded
 */
export function confirmWithNewPassword(input: NewPassword, origin: RequestOrigin): Promise<UserRecord> {
  return setPassword('verify_email', input, origin);
}

interface NewPassword {
  token: string;
  password: string;
}

async function setPassword(
  purpose: 'reset_password' | 'verify_email',
  { token, password }: NewPassword,
  origin: RequestOrigin,
): Promise<UserRecord> {
  const link = await findMailToken(token, [purpose]);
  if (!link?.isLive) throw new AppError('invalid_token');
  refuseWeakPassword(password, { ...link.user, path: 'password' });
  const hash = await hashPassword(password, { address: origin.address, isKnown: true });
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
    await reportEvent(tx, user, { kind: 'password_reset', origin });
    return user;
  });
  deliverSoon();
  return account;
}

/** A link mailed before the password or the address changed is worth nothing after. */
async function endMailTokens(
  tx: Prisma.TransactionClient,
  userId: string,
  purpose?: MailTokenPurpose,
): Promise<void> {
  const which = purpose === undefined ? {} : { purpose };
  await tx.mailToken.updateMany({ where: { userId, spentAt: null, ...which }, data: { spentAt: now() } });
}

/**
 * Every other session ends, and with `end_tokens` every personal token.
 * @throws AppError wrong_password, validation_failed, rate_limited
 */
export async function changePassword(
  { user, sessionId, origin }: Actor<UserRecord>,
  input: ChangePassword,
): Promise<void> {
  refuseWeakPassword(input.new_password, { ...user, path: 'new_password' });
  await confirmPassword(user.id, { password: input.current_password, address: origin.address });
  const hash = await hashPassword(input.new_password, { address: origin.address, isKnown: true });
  await prisma().$transaction(async (tx) => {
    await lockUser(tx, user.id);
    await requireSessionRow(tx, sessionId);
    await storePassword(tx, user.id, hash);
    await deleteSessions(tx, user.id, sessionId);
    if (input.end_tokens) await tx.personalToken.deleteMany({ where: { userId: user.id } });
    await endMailTokens(tx, user.id);
    await reportEvent(tx, user, { kind: 'password_changed', origin });
  });
  deliverSoon();
}

/**
 * Mails the new address a link, which changes it when followed, and tells the old one. Says the same when
 * the new address has an account already.
 * @throws AppError wrong_password, validation_failed, rate_limited
 */
export async function requestEmailChange(
  { user, sessionId, origin }: Actor<UserRecord>,
  input: { email: string; password: string },
): Promise<void> {
  if (input.email === user.email) {
    throw new AppError('validation_failed', { fields: [{ path: 'email', message: 'email_same' }] });
  }
  await confirmPassword(user.id, { password: input.password, address: origin.address });
  await enforceSubjectLimit('mail-recipient', `change:${input.email}`);
  await evenTiming(async () => {
    const { email } = input;
    const taken = await findUserByEmail(email);
    await prisma().$transaction(async (tx) => {
      await lockUser(tx, user.id);
      await requireSessionRow(tx, sessionId);
      // Links before this one end either way, or theirs would tell whether the address is taken.
      if (taken) await issueMailToken(tx, { userId: user.id, purpose: 'change_email', email });
      else await mailToken(tx, user, { purpose: 'change_email', email });
      await reportEvent(tx, user, { kind: 'email_change_requested', origin, newEmail: email });
    });
    if (taken) await tellAccountExists(taken);
    deliverSoon();
  });
}

/** A name that was reserved after a user took it stays theirs. */
async function refuseReservedUsername(username: string, userId: string): Promise<void> {
  if (!isReserved(username)) return;
  if ((await prisma().user.count({ where: { id: userId, username } })) > 0) return;
  throw new AppError('validation_failed', { fields: [{ path: 'username', message: 'username_reserved' }] });
}

/** @throws AppError username_taken, validation_failed */
export async function updateProfile(userId: string, input: UpdateProfile): Promise<UserRecord> {
  const { username, name, locale } = input;
  if (username !== undefined) {
    await refuseReservedUsername(username, userId);
    await refuseTakenUsername(username, userId);
  }
  try {
    const user = await prisma().user.update({
      where: { id: userId },
      data: {
        ...(username === undefined ? {} : { username }),
        ...(name === undefined ? {} : { name: name === '' ? null : name }),
        ...(locale === undefined ? {} : { locale }),
      },
      select: USER_SELECT,
    });
    // Pastes name their author: what a client holds of them is out of date with the name.
    if (username !== undefined) await touchOwned(userId);
    return user;
  } catch (error) {
    if (!isUniqueConflict(error)) throw error;
    throw new AppError('username_taken', { fields: [{ path: 'username', message: 'username_taken' }] });
  }
}

/**
 * Ends an account and everything in it: pastes stop being readable first, then the account goes. What the
 * store does not give up now is left to the sweep. The last admin has to make another one first.
 * @throws AppError wrong_password, rate_limited, last_admin
 */
export async function deleteAccount({ user, origin }: Actor<UserRecord>, password: string): Promise<void> {
  await confirmPassword(user.id, { password, address: origin.address });
  await giveUpAdminRole(user.id);
  while ((await tombstoneOwned(user.id, now())) > 0);
  while ((await releaseSlugs(user.id)) > 0);
  await prisma().$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from users where id = ${user.id}::uuid for update`;
    // What was created in between; the lock keeps more from coming.
    while ((await tombstoneOwned(user.id, now(), tx)) > 0);
    await queueAvatarRemoval(tx, user.id);
    await authAdapter(tx).deleteUser(user.id);
  });
  await queueDeletedFiles(now())
    .then(() => removeQueuedBlobs())
    .catch(() => {});
}

/** Before anything of the account is ended: the others cannot go as long as they rely on this admin. */
async function giveUpAdminRole(id: string): Promise<void> {
  await prisma().$transaction(async (tx) => {
    requireAnotherAdmin(await lockAdmins(tx), id);
    await tx.user.updateMany({ where: { id, role: 'admin' }, data: { role: 'user' } });
  });
}

function isUniqueConflict(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
