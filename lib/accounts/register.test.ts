import { describe, expect, it, vi } from 'vitest';
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
import { newcomer, passwordOf } from '../../test/newcomers';
import { prisma } from '../core/prisma';
import { verifyPassword } from './passwords/password';
import { registerQuietly, registerUser } from './register';
import { findUserByEmail } from './users/queries';

// The hash that is stored is the real one.
vi.unmock('@node-rs/argon2');

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });

holdMail();

const testClock = useTestClock();

function passTime(ms: number): void {
  testClock.set(() => new Date(Date.now() + ms));
}

const MINUTE = 60_000;

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
    expect(await codesOf(registerUser(newcomer({ email: input.email.toUpperCase() }), APPLICANT))).toBe(
      'email_taken email_taken',
    );
    expect(await codesOf(registerUser(newcomer({ username: input.username.toUpperCase() }), APPLICANT))).toBe(
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
      expect([password, await codesOf(registerUser(input, APPLICANT))]).toEqual([
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
      expect(await codesOf(registerQuietly(input, APPLICANT))).toBe('username_taken username_taken');
    }
  });
});
