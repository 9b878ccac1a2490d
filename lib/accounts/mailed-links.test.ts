import { describe, expect, it } from 'vitest';
import { codesOf } from '@/test/error-codes';
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
import { ANONYMOUS, signedIn } from '../../test/callers';
import { newcomer, passwordOf } from '../../test/newcomers';
import type { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { requestEmailChange } from './change-email';
import { changePassword } from './change-password';
import { confirmEmail, resendVerification } from './confirm-email';
import { getLinkView } from './mailed-link';
import { verifyPassword } from './passwords/password';
import { registerUser } from './register';
import { requestPasswordReset, resetPassword } from './reset-password';
import { startSession } from './sessions/service';
import { startFamily } from './tokens/pairs';
import { createPersonalToken } from './tokens/personal';
import { findUserByEmail } from './users/queries';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });

holdMail();

const testClock = useTestClock();

function passTime(ms: number): void {
  testClock.set(() => new Date(Date.now() + ms));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEW_PASSWORD = 'another long walk';

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
    expect(await codesOf(confirmEmail({ token, password: PASSWORD }, ANONYMOUS))).toBe('invalid_token');
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
    expect(await codesOf(confirmEmail({ token: first, password: PASSWORD }, ANONYMOUS))).toBe(
      'invalid_token',
    );
    passTime(24 * HOUR + 1_000);
    expect(await codesOf(confirmEmail({ token: second, password: PASSWORD }, ANONYMOUS))).toBe(
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
      expect(await codesOf(confirmEmail({ token: other, password: PASSWORD }, ANONYMOUS))).toBe(
        'invalid_token',
      );
    const attempt = resetPassword({ token, password: NEW_PASSWORD }, ANONYMOUS);
    expect(await codesOf(attempt)).toBe('invalid_token');
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
    expect(await codesOf(resetPassword({ token, password: PASSWORD }, ANONYMOUS))).toBe('invalid_token');
  });

  it('accepts a link for 30 minutes, but not after a change of password or address', async () => {
    const user = await addUser();
    const reset = async (token: string) =>
      codesOf(resetPassword({ token, password: NEW_PASSWORD }, ANONYMOUS));
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
    expect(await codesOf(resetPassword({ token, password: 'password123' }, ANONYMOUS))).toBe(
      'validation_failed password_common',
    );
    await resetPassword({ token, password: NEW_PASSWORD }, ANONYMOUS);
    expect(await verifyPassword(await passwordOf(user), NEW_PASSWORD, HASH_CALLER)).toBe(true);
  });
});
