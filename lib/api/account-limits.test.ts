import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, PASSWORD } from '@/test/test-people';
import { ANONYMOUS } from '../../test/callers';
import { startFamily } from '../accounts/tokens/pairs';
import { LIMIT_POLICIES } from '../limits/policies';
import { api } from './app';

useTestDatabase();
holdMail();

interface Sending {
  method?: string;
  bearer?: string;
  json?: unknown;
}

function send(path: string, { method = 'POST', bearer, json = {} }: Sending): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`);
  return Promise.resolve(api.request(`/api/v1${path}`, { method, headers, body: JSON.stringify(json) }));
}

/** Sends until the limit is reached. @returns the number of accepted requests, and the 429 response */
async function exhaust(path: string, sending: Sending): Promise<{ times: number; rejection: Response }> {
  for (let times = 0; times <= 200; times += 1) {
    const answer = await send(path, sending);
    if (answer.status === 429) return { times, rejection: answer };
  }
  throw new Error(`${path} was never rejected`);
}

function expectRejection({ headers }: Response, rule: { points: number; seconds: number }): void {
  const retryAfter = Number(headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(rule.seconds);
  expect(headers.get('ratelimit')).toContain('r=0');
  expect(headers.get('ratelimit-policy')).toContain(`q=${rule.points};w=${rule.seconds}`);
}

describe('limits of accounts', () => {
  it('counts registrations and renewals by address, before the body is read', async () => {
    for (const [path, name] of [
      ['/auth/register', 'register'],
      ['/auth/verify-email', 'verify'],
      ['/auth/refresh', 'refresh'],
    ] as const) {
      const [rule] = LIMIT_POLICIES[name].anonymous;
      const { times, rejection } = await exhaust(path, {});
      expect([path, times]).toEqual([path, rule.points]);
      expectRejection(rejection, rule);
    }
  });

  it('counts mails by recipient, in any spelling, with and without an account', async () => {
    const [rule] = LIMIT_POLICIES['mail-recipient'].subject;
    const { email } = await addUser();
    for (const [path, address] of [
      ['/auth/forgot-password', email],
      ['/auth/resend-verification', 'unknown@example.com'],
    ] as const) {
      for (let count = 0; count < rule.points; count += 1) {
        expect((await send(path, { json: { email: address } })).status).toBe(202);
      }
      const rejection = await send(path, { json: { email: ` ${address.toUpperCase()}` } });
      expect(rejection.status).toBe(429);
      expectRejection(rejection, rule);
    }
  });

  it('counts sign-ins by address, and sends limit headers with the 429', async () => {
    const [rule] = LIMIT_POLICIES.login.anonymous;
    const { email } = await addUser();
    const { times, rejection } = await exhaust('/auth/login', { json: { email, password: PASSWORD } });
    expect(times).toBe(rule.points);
    expectRejection(rejection, rule);
  });

  it('counts password guesses of a signed-in user over all routes that take one', async () => {
    const [rule] = LIMIT_POLICIES['change-account'].member;
    const [user, other] = [await addUser(), await addUser()];
    const { access_token: bearer } = await startFamily(user, ANONYMOUS);
    const guess = { password: 'a guess' };
    for (let count = 0; count < rule.points; count += 1) {
      const json = count % 2 === 0 ? guess : { ...guess, email: 'elsewhere@example.com' };
      const sending = count % 2 === 0 ? { method: 'DELETE', bearer, json } : { bearer, json };
      const answer = await send(count % 2 === 0 ? '/users/me' : '/auth/change-email', sending);
      expect(answer.status).toBe(401);
    }
    const rejection = await send('/auth/change-password', {
      bearer,
      json: { current_password: PASSWORD, new_password: 'another long walk' },
    });
    expect(rejection.status).toBe(429);
    expectRejection(rejection, rule);
    const { access_token } = await startFamily(other, ANONYMOUS);
    const sending = { method: 'DELETE', bearer: access_token, json: { password: PASSWORD } };
    expect((await send('/users/me', sending)).status).toBe(204);
  });
});
