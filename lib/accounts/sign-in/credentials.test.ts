import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, PASSWORD } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../../test/callers';
import type { Caller } from '../../core/caller';
import { AppError } from '../../core/errors';
import { LIMIT_POLICIES } from '../../limits/policies';
import { verifyPassword } from '../passwords/password';
import { checkCredentials, confirmPassword } from './credentials';
import { signDeviceToken } from './device';

useTestDatabase();

const PER_ACCOUNT = LIMIT_POLICIES['login-account'].subject[0].points;
const PER_ADDRESS = LIMIT_POLICIES.login.anonymous[0].points;

let last = 0;
/** An address without other attempts. */
function elsewhere() {
  last += 1;
  return { ...ANONYMOUS, address: `198.51.100.${last}` };
}

interface Attempt {
  login: string;
  password?: string;
  deviceToken?: string | null;
  caller?: Caller;
}

async function outcomeOf({ password = PASSWORD, deviceToken = null, caller = elsewhere(), login }: Attempt) {
  return checkCredentials({ login, password, deviceToken, caller }).then(
    ({ isKnownDevice }) => (isKnownDevice ? 'granted to a known device' : 'granted'),
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

describe('checkCredentials', () => {
  it('accepts email address or username, ignoring case', async () => {
    const { email, username } = await addUser();
    for (const login of [email, username, email.toUpperCase(), ` ${username.toUpperCase()} `]) {
      expect([login, await outcomeOf({ login })]).toEqual([login, 'granted']);
    }
  });

  it('gives one error for everything wrong, and details only with the right password', async () => {
    const unconfirmed = await addUser({ emailVerified: null });
    const banned = await addUser({ bannedAt: new Date() });
    const user = await addUser();
    const wrong = { password: 'not it at all' };
    for (const login of [
      unconfirmed.email,
      banned.email,
      user.email,
      'unknown@example.com',
      'unknown',
      '\0',
      '',
    ]) {
      expect([login, await outcomeOf({ login, ...wrong })]).toEqual([login, 'invalid_credentials']);
    }
    expect(await outcomeOf({ login: unconfirmed.email })).toBe('email_not_verified');
    expect(await outcomeOf({ login: banned.email })).toBe('account_banned');
  });

  it('compares the password exactly', async () => {
    const { email } = await addUser();
    for (const password of [
      `${PASSWORD} `,
      ` ${PASSWORD}`,
      PASSWORD.toUpperCase(),
      PASSWORD.slice(0, -1),
      '',
    ]) {
      expect(await outcomeOf({ login: email, password })).toBe('invalid_credentials');
    }
  });

  it('limits guesses at one account from many addresses, but not its owner’s own browser', async () => {
    const { id, email, username } = await addUser();
    const device = await signDeviceToken(id);
    const foreign = await signDeviceToken((await addUser()).id);
    for (let guess = 0; guess < PER_ACCOUNT; guess += 1) {
      expect(await outcomeOf({ login: email, password: 'a guess of mine' })).toBe('invalid_credentials');
    }
    expect(await outcomeOf({ login: email })).toBe('rate_limited');
    // Otherwise a locked username would reveal which address belongs to it.
    expect(await outcomeOf({ login: username, password: 'a guess of mine' })).toBe('invalid_credentials');
    expect(await outcomeOf({ login: email, deviceToken: foreign })).toBe('rate_limited');
    expect(await outcomeOf({ login: email, deviceToken: 'garbage' })).toBe('rate_limited');
    expect(await outcomeOf({ login: email, deviceToken: device })).toBe('granted to a known device');
  });

  it('limits guesses from a known browser too, after as many', async () => {
    const { id, email } = await addUser();
    const deviceToken = await signDeviceToken(id);
    for (let guess = 0; guess < PER_ACCOUNT; guess += 1) {
      expect(await outcomeOf({ login: email, password: 'a guess', deviceToken })).toBe('invalid_credentials');
    }
    expect(await outcomeOf({ login: email, deviceToken })).toBe('rate_limited');
    expect(await outcomeOf({ login: email })).toBe('granted');
  });

  it('counts failures only, and resets the count after a right password', async () => {
    const { email } = await addUser();
    for (let round = 0; round < 2; round += 1) {
      for (let guess = 0; guess < PER_ACCOUNT - 1; guess += 1) {
        expect(await outcomeOf({ login: email, password: 'a guess' })).toBe('invalid_credentials');
      }
      expect(await outcomeOf({ login: email })).toBe('granted');
    }
  });

  it('limits attempts at many accounts from one address', async () => {
    const caller = elsewhere();
    for (let guess = 0; guess < PER_ADDRESS; guess += 1) {
      expect(await outcomeOf({ login: `unknown-${guess}`, caller })).toBe('invalid_credentials');
    }
    expect(await outcomeOf({ login: (await addUser()).email, caller })).toBe('rate_limited');
  });
});

describe('a flood of sign-ins', () => {
  it('from 300 addresses does not keep a known browser from signing in', async () => {
    const { id, email } = await addUser();
    const deviceToken = await signDeviceToken(id);
    const newcomer = await addUser();
    const storm = Array.from({ length: 300 }, (_, n) => attemptFrom(n, { login: `unknown-${n}` }));
    const [known, unknown] = await Promise.all([
      outcomeOf({ login: email, deviceToken }),
      outcomeOf({ login: newcomer.email }),
    ]);
    expect([known, unknown]).toEqual(['granted to a known device', 'overloaded']);
    expect(new Set(await Promise.all(storm))).toEqual(new Set(['invalid_credentials', 'overloaded']));
    expect(await outcomeOf({ login: newcomer.email })).toBe('granted');
  });

  it('with the cookie of another account does not take the places of known browsers', async () => {
    const attacker = await addUser();
    const { id, email } = await addUser();
    const cookies = await Promise.all(Array.from({ length: 300 }, () => signDeviceToken(attacker.id)));
    const deviceToken = await signDeviceToken(id);
    const storm = cookies.map((cookie, n) =>
      attemptFrom(n, { login: attacker.email, password: PASSWORD, deviceToken: cookie }),
    );
    expect(await outcomeOf({ login: email, deviceToken })).toBe('granted to a known device');
    const outcomes = await Promise.all(storm);
    expect(outcomes.filter((outcome) => outcome !== 'overloaded').length).toBeLessThanOrEqual(20);
  });

  it('from one address leaves places for the others', async () => {
    const hashes = Array.from({ length: 50 }, () =>
      guessFrom('198.51.100.250').catch((error: AppError) => error.code),
    );
    expect(await outcomeOf({ login: (await addUser()).email })).toBe('granted');
    expect(new Set(await Promise.all(hashes))).toEqual(new Set([false, 'overloaded']));
  });
});

/** An attempt from the nth address of a flood. */
function attemptFrom(n: number, attempt: Attempt): Promise<string> {
  const address = `2001:db8:1:${n.toString(16)}::1`;
  return outcomeOf({ password: 'a guess', ...attempt, caller: { ...ANONYMOUS, address } });
}

/** Hashes a guess from an unknown browser. */
function guessFrom(address: string): Promise<boolean> {
  return verifyPassword(null, 'a guess', { address, isKnown: false });
}

describe('confirmPassword', () => {
  it('limits guesses from a stolen session', async () => {
    const caller = signedIn(await addUser());
    const attempt = (password: string) =>
      confirmPassword(caller, password).then(
        () => 'confirmed',
        (error: AppError) => error.code,
      );
    expect(await attempt(PASSWORD)).toBe('confirmed');
    const outcomes: string[] = [];
    for (let guess = 0; guess < 10; guess += 1) outcomes.push(await attempt('a guess'));
    expect(outcomes).toEqual([...Array.from({ length: 9 }, () => 'wrong_password'), 'rate_limited']);
    expect(await attempt(PASSWORD)).toBe('rate_limited');
  });
});
