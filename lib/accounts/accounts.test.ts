import { describe, expect, it } from 'vitest';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import {
  APPLICANT,
  addUser,
  HASH_CALLER,
  holdMail,
  mailsTo,
  PASSWORD,
  tokenMailedTo,
} from '@/test/test-people';
import { ANONYMOUS, signedIn, signedInAs } from '../../test/callers';
import type { UserRecord } from '../core/caller';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { createPaste } from '../pastes/create';
import { findPaste } from '../pastes/queries';
import { createPasteSchema } from '../pastes/schema';
import { updatePaste } from '../pastes/update';
import { blobStore } from '../storage/blob-store';
import { requestEmailChange } from './change-email';
import { changePassword } from './change-password';
import { confirmEmail, resendVerification } from './confirm-email';
import { deleteAccount } from './delete-account';
import { getLinkView } from './mailed-link';
import { verifyPassword } from './passwords/password';
import { registerQuietly, registerUser } from './register';
import { requestPasswordReset, resetPassword } from './reset-password';
import { startSession } from './sessions/service';
import { startFamily } from './tokens/pairs';
import { createPersonalToken, listPersonalTokens } from './tokens/personal';
import { updateProfile } from './update-profile';
import { setAvatar } from './users/avatars';
import { findUserByEmail } from './users/queries';
import { registerSchema } from './users/schema';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

const testClock = useTestClock();

function passTime(ms: number): void {
  testClock.set(() => new Date(Date.now() + ms));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEW_PASSWORD = 'another long walk';

let count = 0;
function newcomer(fields: Record<string, string> = {}) {
  count += 1;
  const username = `newcomer${count}`;
  return registerSchema.parse({ email: `${username}@example.com`, username, password: PASSWORD, ...fields });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return [error.code, ...error.fields.map(({ message }) => message)].join(' ');
  return `not an AppError: ${String(error)}`;
}

const passwordOf = async (user: UserRecord) =>
  (await prisma().credential.findUniqueOrThrow({ where: { userId: user.id } })).hash;

describe('registerUser', () => {
  it('stores only a slow hash of the password, and mails one link', async () => {
    const input = newcomer();
    const user = await registerUser(input, { ...APPLICANT, locale: 'ru' });
    expect(user).toMatchObject({ email: input.email, role: 'user', emailVerified: null, locale: 'ru' });
    const hash = await passwordOf(user);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,(?:t=2,p=1|p=1,t=2)\$/);
    expect(await verifyPassword(hash, PASSWORD, HASH_CALLER)).toBe(true);
    expect(await mailsTo(input.email)).toEqual([
      { template: 'verify_email', username: input.username, token: expect.any(String) },
    ]);
    const token = await tokenMailedTo(input.email);
    const stored = JSON.stringify([
      await prisma().mailToken.findMany(),
      await prisma().outboxMail.findMany(),
      await prisma().user.findMany(),
    ]);
    for (const secret of [token, PASSWORD]) expect(stored).not.toContain(secret);
  });

  it('reports a taken email address or username, ignoring case', async () => {
    const input = newcomer();
    await registerUser(input, APPLICANT);
    expect(await codeOf(registerUser(newcomer({ email: input.email.toUpperCase() }), APPLICANT))).toBe(
      'email_taken email_taken',
    );
    expect(await codeOf(registerUser(newcomer({ username: input.username.toUpperCase() }), APPLICANT))).toBe(
      'username_taken username_taken',
    );
  });

  it('rejects common passwords, and the user’s own username and email address', async () => {
    const cases: [password: string, message: string][] = [
      ['password123', 'password_common'],
      ['PASSWORD123', 'password_common'],
      ['aaaaaaaaaaaa', 'password_common'],
      ['1234567890', 'password_common'],
      ['long-name-of-mine', 'password_is_name'],
      ['Long-Name-Of-Mine', 'password_is_name'],
      ['LONG@example.com', 'password_is_name'],
    ];
    for (const [password, message] of cases) {
      const input = newcomer({ username: 'long-name-of-mine', email: 'long@example.com', password });
      expect([password, await codeOf(registerUser(input, APPLICANT))]).toEqual([
        password,
        `validation_failed ${message}`,
      ]);
    }
    expect(await findUserByEmail('long@example.com')).toBeNull();
  });
});

describe('registerQuietly', () => {
  it('creates one account and sends one mail for fifty concurrent attempts', async () => {
    const attempts = Array.from({ length: 50 }, (_, index) =>
      newcomer({ email: index % 2 === 0 ? 'Storm@Example.com' : 'storm@example.com' }),
    );
    const outcomes = await Promise.allSettled(
      attempts.map((input, n) => registerQuietly(input, { locale: 'en', address: `198.51.100.${n}` })),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(
      await prisma().user.count({ where: { email: { equals: 'storm@example.com', mode: 'insensitive' } } }),
    ).toBe(1);
    expect((await mailsTo('storm@example.com')).map(({ template }) => template)).toEqual(['verify_email']);
  });

  it('does not reveal a taken email address, and notifies its owner once in ten minutes', async () => {
    const owner = await addUser();
    for (const _ of [1, 2, 3]) await registerQuietly(newcomer({ email: owner.email }), APPLICANT);
    expect((await mailsTo(owner.email)).map(({ template }) => template)).toEqual(['account_exists']);
    passTime(11 * MINUTE);
    await registerQuietly(newcomer({ email: owner.email }), APPLICANT);
    expect(await mailsTo(owner.email)).toHaveLength(2);
    expect(await verifyPassword(await passwordOf(owner), PASSWORD, HASH_CALLER)).toBe(true);
  });

  it('reports a taken username, even if the email address is taken too', async () => {
    const owner = await addUser();
    for (const email of ['someone-else@example.com', owner.email]) {
      const input = newcomer({ email, username: owner.username });
      expect(await codeOf(registerQuietly(input, APPLICANT))).toBe('username_taken username_taken');
    }
  });
});

describe('confirmEmail', () => {
  it('confirms once', async () => {
    const { email } = await registerUser(newcomer(), APPLICANT);
    const token = await tokenMailedTo(email);
    expect(await getLinkView(token, 'confirm')).toMatchObject({
      state: 'usable',
      link: { purpose: 'verify_email', email },
    });
    const { user, purpose } = await confirmEmail({ token, password: PASSWORD }, ANONYMOUS);
    expect([user.email, purpose, user.emailVerified]).toEqual([email, 'verify_email', expect.any(Date)]);
    expect(await codeOf(confirmEmail({ token, password: PASSWORD }, ANONYMOUS))).toBe('invalid_token');
    expect(await getLinkView(token, 'confirm')).toEqual({ state: 'confirmed', link: null });
  });

  it('confirms once for concurrent requests', async () => {
    const { email } = await registerUser(newcomer(), APPLICANT);
    const token = await tokenMailedTo(email);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () =>
        confirmEmail({ token, password: PASSWORD }, ANONYMOUS).then(
          () => 'confirmed',
          (error: AppError) => error.code,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'confirmed')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'invalid_token')).toHaveLength(9);
  });

  it('accepts only the newest link, for 24 hours', async () => {
    const { email } = await registerUser(newcomer(), APPLICANT);
    const first = await tokenMailedTo(email);
    await resendVerification(email);
    const second = await tokenMailedTo(email);
    expect(second).not.toBe(first);
    expect(await codeOf(confirmEmail({ token: first, password: PASSWORD }, ANONYMOUS))).toBe('invalid_token');
    passTime(24 * HOUR + 1_000);
    expect(await codeOf(confirmEmail({ token: second, password: PASSWORD }, ANONYMOUS))).toBe(
      'invalid_token',
    );
    passTime(24 * HOUR - MINUTE);
    expect((await confirmEmail({ token: second, password: PASSWORD }, ANONYMOUS)).user.email).toBe(email);
  });

  it('rejects parts of a token, other tokens and tokens for another purpose', async () => {
    const { email } = await registerUser(newcomer(), APPLICANT);
    const token = await tokenMailedTo(email);
    await requestPasswordReset(email);
    const forReset = await tokenMailedTo(email);
    const hash = Buffer.from(
      (await prisma().mailToken.findFirstOrThrow({ where: { email, purpose: 'verify_email' } })).hash,
    );
    const others = [
      forReset,
      token.slice(0, -1),
      `${token}a`,
      token.toUpperCase(),
      ` ${token}`,
      hash.toString('hex'),
      hash.toString('base64url'),
      'x',
      '%',
      "' or 1=1 --",
    ];
    for (const other of others)
      expect(await codeOf(confirmEmail({ token: other, password: PASSWORD }, ANONYMOUS))).toBe(
        'invalid_token',
      );
    const attempt = resetPassword({ token, password: NEW_PASSWORD }, ANONYMOUS);
    expect(await codeOf(attempt)).toBe('invalid_token');
    expect((await confirmEmail({ token, password: PASSWORD }, ANONYMOUS)).user.email).toBe(email);
  });
});

describe('resendVerification and requestPasswordReset', () => {
  it('mail only users who need the link, and reveal nothing', async () => {
    const confirmed = await addUser();
    const before = await prisma().outboxMail.count();
    await resendVerification(confirmed.email);
    await resendVerification('unknown@example.com');
    await requestPasswordReset('unknown@example.com');
    expect(await prisma().outboxMail.count()).toBe(before);
    await requestPasswordReset(confirmed.email);
    expect(await prisma().outboxMail.count()).toBe(before + 1);
  });
});

describe('resetPassword', () => {
  it('ends every session and token, confirms the address, and notifies the owner', async () => {
    const user = await addUser({ emailVerified: null });
    await startFamily(user, ANONYMOUS);
    await startSession(user, { kind: 'browser', caller: ANONYMOUS, isKnownDevice: false });
    await createPersonalToken(signedIn(user), { name: 'x', scopes: ['account'], expires_in: 'never' });
    await requestPasswordReset(user.email);
    const token = await tokenMailedTo(user.email);
    await resetPassword({ token, password: NEW_PASSWORD }, ANONYMOUS);
    const where = { userId: user.id };
    expect(await prisma().session.count({ where })).toBe(0);
    expect(await prisma().refreshToken.count({ where: { session: where } })).toBe(0);
    expect(await prisma().personalToken.count({ where })).toBe(0);
    expect((await findUserByEmail(user.email))?.emailVerified).toBeInstanceOf(Date);
    expect(await verifyPassword(await passwordOf(user), NEW_PASSWORD, HASH_CALLER)).toBe(true);
    expect(await verifyPassword(await passwordOf(user), PASSWORD, HASH_CALLER)).toBe(false);
    expect((await mailsTo(user.email))[0]).toMatchObject({
      template: 'security_notice',
      notice: 'password_reset',
    });
    expect(await codeOf(resetPassword({ token, password: PASSWORD }, ANONYMOUS))).toBe('invalid_token');
  });

  it('accepts a link for 30 minutes, but not after a change of password or address', async () => {
    const user = await addUser();
    const reset = async (token: string) =>
      codeOf(resetPassword({ token, password: NEW_PASSWORD }, ANONYMOUS));
    const ask = async () => {
      await requestPasswordReset(user.email);
      return tokenMailedTo(user.email);
    };
    const old = await ask();
    passTime(30 * MINUTE + 1_000);
    expect(await reset(old)).toBe('invalid_token');
    testClock.restore();
    const before = await ask();
    await changePassword(signedIn(user), {
      current_password: PASSWORD,
      new_password: NEW_PASSWORD,
      end_tokens: true,
    });
    expect(await reset(before)).toBe('invalid_token');
    const beforeMove = await ask();
    const email = 'moved-away@example.com';
    await requestEmailChange(signedIn(user), { email, password: NEW_PASSWORD });
    await confirmEmail({ token: await tokenMailedTo(email), password: NEW_PASSWORD }, ANONYMOUS);
    expect(await reset(beforeMove)).toBe('invalid_token');
  });

  it('leaves the link valid if the new password is rejected', async () => {
    const user = await addUser();
    await requestPasswordReset(user.email);
    const token = await tokenMailedTo(user.email);
    expect(await codeOf(resetPassword({ token, password: 'password123' }, ANONYMOUS))).toBe(
      'validation_failed password_common',
    );
    await resetPassword({ token, password: NEW_PASSWORD }, ANONYMOUS);
    expect(await verifyPassword(await passwordOf(user), NEW_PASSWORD, HASH_CALLER)).toBe(true);
  });
});

describe('changePassword', () => {
  it.each([
    [true, 0],
    [false, 1],
  ])('with end_tokens %s leaves %i personal tokens, and those of others', async (end_tokens, left) => {
    const [user, other] = [await addUser(), await addUser()];
    const input = { name: 'x', scopes: ['account' as const], expires_in: 'never' };
    for (const one of [user, other]) await createPersonalToken(signedIn(one), input);
    const change = (current_password: string) =>
      changePassword(signedIn(user), { current_password, new_password: NEW_PASSWORD, end_tokens });
    expect(await codeOf(change('not it'))).toBe('wrong_password');
    expect(await listPersonalTokens(user.id)).toHaveLength(1);
    await change(PASSWORD);
    expect(await listPersonalTokens(user.id)).toHaveLength(left);
    expect(await listPersonalTokens(other.id)).toHaveLength(1);
  });

  it('ends every session except the current one, and notifies the owner', async () => {
    const user = await addUser();
    const start = { kind: 'browser', caller: ANONYMOUS, isKnownDevice: true } as const;
    const mine = await startSession(user, start);
    await startSession(user, start);
    const caller = signedIn(user, mine.id);
    const wrong = changePassword(caller, {
      current_password: 'not it',
      new_password: NEW_PASSWORD,
      end_tokens: true,
    });
    expect(await codeOf(wrong)).toBe('wrong_password');
    expect(await prisma().session.count({ where: { userId: user.id } })).toBe(2);
    await changePassword(caller, {
      current_password: PASSWORD,
      new_password: NEW_PASSWORD,
      end_tokens: true,
    });
    const left = await prisma().session.findMany({ where: { userId: user.id }, select: { id: true } });
    expect(left).toEqual([{ id: mine.id }]);
    expect((await mailsTo(user.email))[0]).toMatchObject({ notice: 'password_changed' });
  });
});

describe('requestEmailChange', () => {
  it('changes the address once the new one is confirmed, and notifies the old one twice', async () => {
    const user = await addUser();
    const email = 'new-address@example.com';
    await requestEmailChange(signedIn(user), { email, password: PASSWORD });
    expect((await findUserByEmail(user.email))?.id).toBe(user.id);
    const { user: moved, purpose } = await confirmEmail(
      { token: await tokenMailedTo(email), password: PASSWORD },
      ANONYMOUS,
    );
    expect([moved.id, moved.email, purpose]).toEqual([user.id, email, 'change_email']);
    expect(await findUserByEmail(user.email)).toBeNull();
    expect(await mailsTo(user.email)).toMatchObject([
      { notice: 'email_changed', newEmail: email },
      { notice: 'email_change_requested', newEmail: email },
    ]);
  });

  it('does not reveal whether the new address has an account, but notifies its owner', async () => {
    const user = await addUser();
    const other = await addUser();
    await requestEmailChange(signedIn(user), { email: other.email, password: PASSWORD });
    expect((await mailsTo(other.email)).map(({ template }) => template)).toEqual(['account_exists']);
  });

  it('fails if another user registers the address first', async () => {
    const user = await addUser();
    const email = 'contested@example.com';
    await requestEmailChange(signedIn(user), { email, password: PASSWORD });
    const token = await tokenMailedTo(email);
    await addUser({ email });
    expect(await codeOf(confirmEmail({ token, password: PASSWORD }, ANONYMOUS))).toBe('email_taken');
    expect((await findUserByEmail(user.email))?.id).toBe(user.id);
  });
});

describe('updateProfile', () => {
  it('lets an account keep its reserved username, and rejects it to others', async () => {
    const [holder, other] = [await addUser({ username: 'moderator' }), await addUser()];
    expect(await updateProfile(holder.id, { username: 'moderator', name: 'M' })).toMatchObject({ name: 'M' });
    for (const username of ['moderator', 'administrator', 'root', 'support', 'sup-port']) {
      const code = await codeOf(updateProfile(other.id, { username }));
      expect([username, code]).toEqual([username, 'validation_failed username_reserved']);
    }
    expect(await updateProfile(holder.id, { username: 'someone-else' })).toMatchObject({
      username: 'someone-else',
    });
    expect(await codeOf(updateProfile(holder.id, { username: 'moderator' }))).toMatch(/^validation_failed/);
  });

  it('changes the given fields, and rejects a taken username', async () => {
    const [user, other] = [await addUser(), await addUser()];
    expect(await updateProfile(user.id, { name: 'Ada', locale: 'ru' })).toMatchObject({
      name: 'Ada',
      locale: 'ru',
      username: user.username,
    });
    expect((await updateProfile(user.id, { name: '' })).name).toBeNull();
    expect(await codeOf(updateProfile(user.id, { username: other.username }))).toBe(
      'username_taken username_taken',
    );
  });
});

describe('deleteAccount', () => {
  it('deletes the account with its pastes, bodies and avatar, and nothing of other users', async () => {
    const [user, other] = [await addUser(), await addUser()];
    const caller = signedIn(user);
    const input = createPasteSchema.parse({ content: 'mine', slug: 'slug-of-the-deleted' });
    const { paste } = await createPaste(input, caller);
    const { paste: edited } = await updatePaste(paste.slug, { files: [{ content: 'y' }] }, { caller });
    const theirs = createPasteSchema.parse({ content: 'theirs' });
    const { paste: foreign } = await createPaste(theirs, signedIn(other));
    await setAvatar(user.id, PNG);
    const { image } = await prisma().user.findUniqueOrThrow({ where: { id: user.id } });
    const bodies = [paste, edited].flatMap(({ files }) => files.map(({ key }) => key));
    const keys = [...bodies, image ?? ''];
    const stored = async (key: string) => (await blobStore().get(key)) !== null;
    expect(await Promise.all(keys.map(stored))).toEqual([true, true, true]);

    expect(await codeOf(deleteAccount(signedIn(user), 'not it'))).toBe('wrong_password');
    expect(await findPaste(paste.slug, new Date())).not.toBeNull();
    await deleteAccount(signedIn(user), PASSWORD);

    expect(await findUserByEmail(user.email)).toBeNull();
    expect(await findPaste(paste.slug, new Date())).toBeNull();
    expect(await Promise.all(keys.map(stored))).toEqual([false, false, false]);
    const where = { userId: user.id };
    expect(await prisma().credential.count({ where })).toBe(0);
    expect(await prisma().securityEvent.count({ where })).toBe(0);
    expect(await findPaste(foreign.slug, new Date())).not.toBeNull();

    for (const id of [other.id, (await addUser({ username: user.username, email: user.email })).id]) {
      expect(await codeOf(createPaste(input, signedInAs(id)))).toBe('slug_taken slug_taken');
    }
  });
});

/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
