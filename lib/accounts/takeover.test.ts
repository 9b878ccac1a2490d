import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { APPLICANT, addUser, holdMail, mailsTo, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { updateUser } from '../admin/service';
import { setClock } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { requestEmailChange } from './change-email';
import { confirmEmail, resendVerification } from './confirm-email';
import { getLinkView } from './mailed-link';
import { registerQuietly, registerUser } from './register';
import { requestPasswordReset, resetPassword } from './reset-password';
import { startSession } from './sessions/service';
import { checkCredentials } from './sign-in/credentials';
import { signDeviceToken } from './sign-in/device';
import { sealRegistration, unsealRegistration } from './sign-in/registration';
import { startFamily } from './tokens/pairs';
import { createPersonalToken } from './tokens/personal';
import { updateProfile } from './update-profile';
import type { Register } from './users/schema';

useTestDatabase({ RATE_LIMIT_SCALE: '1' });
holdMail();

const NEW_PASSWORD = 'another long walk';

let attempts = 0;

const signIn = (login: string, password: string, deviceToken: string | null = null) => {
  attempts += 1;
  const caller = { ...ANONYMOUS, address: `198.51.100.${attempts}` };
  return checkCredentials({ login, password, caller, deviceToken });
};

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return 'fine';
  return error instanceof AppError ? error.code : String(error);
}

/** What the browser of a registration keeps. */
async function registerInBrowser(input: Register): Promise<string> {
  return sealRegistration(await registerQuietly(input, APPLICANT));
}

async function reset(email: string): Promise<void> {
  await requestPasswordReset(email);
  await resetPassword({ token: await tokenMailedTo(email), password: NEW_PASSWORD }, ANONYMOUS);
}

describe('an address that another party registered first', () => {
  const theirs = { email: 'victim@example.com', username: 'intruder', password: 'the intruder knows this' };
  const mine = { email: 'victim@example.com', username: 'victim', password: 'only the victim knows' };

  it('cannot be confirmed by that party once its owner registers too', async () => {
    await registerUser(theirs, APPLICANT);
    const trap = await tokenMailedTo(theirs.email);
    await registerQuietly(mine, APPLICANT);
    expect((await mailsTo(theirs.email)).map(({ template }) => template)).toEqual([
      'reset_password',
      'verify_email',
    ]);
    expect(await codeOf(confirmEmail({ token: trap, password: PASSWORD }, ANONYMOUS))).toBe('invalid_token');
    await resetPassword({ token: await tokenMailedTo(mine.email), password: mine.password }, ANONYMOUS);
    expect(await codeOf(signIn(mine.email, theirs.password))).toBe('invalid_credentials');
    expect(await codeOf(signIn(mine.email, mine.password))).toBe('fine');
  });

  it('gets one mail if its owner submits the form twice', async () => {
    const twice = { email: 'twice@example.com', username: 'twice', password: PASSWORD };
    await registerQuietly(twice, APPLICANT);
    await registerQuietly({ ...twice, username: 'twice-again' }, APPLICANT);
    expect(await mailsTo(twice.email)).toHaveLength(1);
  });
});

describe('a reset', () => {
  it('invalidates what was started with the previous password', async () => {
    const user = await addUser();
    const { passwordOf } = await signIn(user.email, PASSWORD);
    const before = await startSession(user, {
      kind: 'browser',
      caller: ANONYMOUS,
      isKnownDevice: true,
      passwordOf,
    });
    await reset(user.email);
    const start = { kind: 'browser', caller: ANONYMOUS, isKnownDevice: true, passwordOf } as const;
    expect(await codeOf(startSession(user, start))).toBe('invalid_credentials');
    expect(await codeOf(startFamily(user, ANONYMOUS, { passwordOf }))).toBe('invalid_credentials');
    const caller = signedIn(user, before.id);
    const input = { name: 'x', scopes: ['account' as const], expires_in: 'never' };
    const token = createPersonalToken(caller, input);
    expect(await codeOf(token)).toBe('unauthorized');
    const change = { email: 'elsewhere@example.com', password: NEW_PASSWORD };
    expect(await codeOf(requestEmailChange(caller, change))).toBe('unauthorized');
    expect(await prisma().session.count({ where: { userId: user.id } })).toBe(0);
  });

  it('invalidates every device token', async () => {
    const user = await addUser();
    const device = await signDeviceToken(user.id);
    expect((await signIn(user.username, PASSWORD, device)).isKnownDevice).toBe(true);
    await prisma().credential.update({
      where: { userId: user.id },
      data: { changedAt: new Date(Date.now() + 2_000) },
    });
    expect((await signIn(user.username, PASSWORD, device)).isKnownDevice).toBe(false);
  });

  it('stays possible after requests for other mail', async () => {
    const { email } = await addUser();
    for (let n = 0; n < 3; n += 1) await resendVerification(email);
    expect(await codeOf(resendVerification(email))).toBe('rate_limited');
    await requestPasswordReset(email);
    expect(await mailsTo(email)).toHaveLength(1);
  });
});

describe('the existence of an account', () => {
  it('is not revealed by an earlier link after a change of address', async () => {
    const user = await addUser();
    const taken = await addUser();
    const caller = signedIn(user);
    for (const email of [taken.email, 'unknown@example.com']) {
      const own = `own-${attempts}-${email}`;
      await requestEmailChange(caller, { email: own, password: PASSWORD });
      const link = await tokenMailedTo(own);
      await requestEmailChange(caller, { email, password: PASSWORD });
      expect((await getLinkView(link, 'confirm')).state, email).toBe('spent');
    }
  });

  it('is not revealed by the username requested with it', async () => {
    const { email } = await addUser();
    for (const [address, username] of [
      [email, 'probe-taken'],
      ['free@example.com', 'probe-free'],
    ] as const) {
      await registerQuietly({ email: address, username, password: PASSWORD }, APPLICANT);
      const again = { email: `other-${username}@example.com`, username, password: PASSWORD };
      expect(await codeOf(registerQuietly(again, APPLICANT)), username).toBe('username_taken');
      const member = await addUser();
      expect(await codeOf(updateProfile(member.id, { username })), username).toBe('username_taken');
    }
  });

  it('is not revealed by which usernames and addresses are locked together', async () => {
    const { email, username } = await addUser();
    for (let n = 0; n < 10; n += 1) await codeOf(signIn(username, 'not the password'));
    expect(await codeOf(signIn(username, 'not the password'))).toBe('rate_limited');
    expect(await codeOf(signIn(email, 'not the password'))).toBe('invalid_credentials');
  });
});

describe('admins', () => {
  it('cannot demote each other concurrently until none is left', async () => {
    const [one, two] = [await addUser({ role: 'admin' }), await addUser({ role: 'admin' })];
    const outcomes = await Promise.all([
      codeOf(updateUser(one.id, { role: 'user' }, two)),
      codeOf(updateUser(two.id, { role: 'user' }, one)),
    ]);
    expect(outcomes.sort()).toEqual(['fine', 'not_found']);
  });

  it('are identified regardless of the case of their id', async () => {
    const admin = await addUser({ role: 'admin' });
    expect(await codeOf(updateUser(admin.id.toUpperCase(), { role: 'user' }, admin))).toBe(
      'validation_failed',
    );
  });
});

describe('the browser that registered an account', () => {
  const applicant = (name: string, password = PASSWORD) => ({
    email: `${name}@example.com`,
    username: name,
    password,
  });

  it('confirms it with the mailed link alone, once', async () => {
    const registration = await registerInBrowser(applicant('at-home'));
    const token = await tokenMailedTo('at-home@example.com');
    const { user } = await confirmEmail({ token, registration }, ANONYMOUS);
    expect(user).toMatchObject({ username: 'at-home', emailVerified: expect.any(Date) });
    expect(await codeOf(confirmEmail({ token, registration }, ANONYMOUS))).toBe('invalid_token');
  });

  it('confirms no account that another browser registered', async () => {
    await registerInBrowser(applicant('theirs'));
    const token = await tokenMailedTo('theirs@example.com');
    const registration = await registerInBrowser(applicant('elsewhere'));
    for (const wrong of [registration, '', 'x', registration.slice(0, -1)]) {
      expect(await codeOf(confirmEmail({ token, registration: wrong }, ANONYMOUS)), wrong).toBe(
        'invalid_credentials',
      );
    }
    expect(await codeOf(confirmEmail({ token, password: PASSWORD }, ANONYMOUS))).toBe('fine');
  });

  it('cannot be told from one that met an account, whose registration names no account', async () => {
    const { id, email } = await addUser();
    const taken = await registerInBrowser({ ...applicant('came-later'), email });
    const free = await registerInBrowser({ ...applicant('unrelated'), email: `x${email.slice(1)}` });
    expect(taken).toHaveLength(free.length);
    const { userId } = (await unsealRegistration(taken)) ?? {};
    expect(userId).not.toBe(id);
    expect(await prisma().user.count({ where: { id: userId ?? '' } })).toBe(0);
  });

  it('confirms nothing once the account has another password', async () => {
    const registration = await registerInBrowser(applicant('contested'));
    const token = await tokenMailedTo('contested@example.com');
    await prisma().credential.updateMany({
      where: { user: { username: 'contested' } },
      data: { changedAt: new Date(Date.now() + 1) },
    });
    expect(await codeOf(confirmEmail({ token, registration }, ANONYMOUS))).toBe('invalid_credentials');
    expect(await codeOf(confirmEmail({ token, password: PASSWORD }, ANONYMOUS))).toBe('fine');
  });

  it('confirms nothing half an hour later', async () => {
    const registration = await registerInBrowser(applicant('too-late'));
    const token = await tokenMailedTo('too-late@example.com');
    const restoreClock = setClock(() => new Date(Date.now() + 31 * 60_000));
    expect(await codeOf(confirmEmail({ token, registration }, ANONYMOUS))).toBe('invalid_credentials');
    restoreClock();
    expect(await codeOf(confirmEmail({ token, password: PASSWORD }, ANONYMOUS))).toBe('fine');
  });

  it('confirms it after the form was sent twice, with the same password only', async () => {
    await registerInBrowser(applicant('sent-twice'));
    const again = await registerInBrowser({ ...applicant('sent-twice'), username: 'sent-again' });
    const token = await tokenMailedTo('sent-twice@example.com');
    expect(await codeOf(confirmEmail({ token, registration: again }, ANONYMOUS))).toBe('fine');
    const known = await registerInBrowser({ ...applicant('sent-twice'), username: 'sent-later' });
    expect(await unsealRegistration(known)).toMatchObject({ email: 'sent-twice@example.com' });
    expect(known).toHaveLength(again.length);
  });

  it('does not confirm a change of the email', async () => {
    const registration = await registerInBrowser(applicant('settled'));
    await confirmEmail({ token: await tokenMailedTo('settled@example.com'), registration }, ANONYMOUS);
    await requestEmailChangeOf('settled@example.com', 'next@example.com', PASSWORD);
    const token = await tokenMailedTo('next@example.com');
    expect(await codeOf(confirmEmail({ token, registration }, ANONYMOUS))).toBe('invalid_credentials');
    expect(await codeOf(confirmEmail({ token, password: PASSWORD }, ANONYMOUS))).toBe('fine');
  });
});

async function requestEmailChangeOf(from: string, to: string, password = NEW_PASSWORD): Promise<void> {
  const user = await prisma().user.findUniqueOrThrow({ where: { email: from } });
  await requestEmailChange(signedIn(user), { email: to, password });
}
