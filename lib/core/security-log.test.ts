import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, PASSWORD } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { startFamily } from '../accounts/tokens/pairs';
import { createPersonalToken } from '../accounts/tokens/personal';
import { api } from '../api/app';
import { LIMIT_POLICIES } from '../limits/policies';
import { logger } from './logger';
import { loggedHash } from './security-log';

// There, the address comes from the platform's header.
useTestDatabase({
  VERCEL: '1',
  SMTP_URL: 'smtp://127.0.0.1:1',
  BLOB_READ_WRITE_TOKEN: 'vercel_blob_rw_store_secret',
});
holdMail();

let lines: Record<string, unknown>[] = [];
let count = 0;

beforeEach(() => {
  lines = [];
  vi.restoreAllMocks();
  vi.spyOn(logger(), 'info').mockImplementation((facts: unknown) => {
    lines.push({ ...(facts as object) });
  });
});

async function send(
  path: string,
  {
    address,
    method = 'POST',
    bearer,
    json,
  }: { address: string; method?: string; bearer?: string; json?: unknown },
): Promise<number> {
  const headers = new Headers({ 'x-forwarded-for': address });
  if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  return (await api.request(`/api/v1${path}`, { method, headers, ...body })).status;
}

function nextAddress(): string {
  count += 1;
  return `203.0.113.${count}`;
}

describe('the log', () => {
  it('logs each failed sign-in once, without address, name or password in clear', async () => {
    const address = nextAddress();
    const { email, username } = await addUser();
    const secret = 'a guess at the password';
    expect(await send('/auth/login', { address, json: { email, password: secret } })).toBe(401);
    expect(await send('/auth/login', { address, json: { username: 'unknown', password: secret } })).toBe(401);
    expect(await send('/auth/login', { address, json: { email, password: PASSWORD } })).toBe(200);
    const failed = {
      event: 'sign_in_failed',
      code: 'invalid_credentials',
      address: loggedHash(address),
      user: null,
      route: 'POST /api/v1/auth/login',
    };
    expect(lines).toEqual([failed, failed]);
    const written = JSON.stringify(lines);
    for (const clear of [address, email, username, secret]) expect(written).not.toContain(clear);
  });

  it('logs denied requests with the pattern of the route, and requests above a role', async () => {
    const address = nextAddress();
    const user = await addUser();
    const { access_token } = await startFamily(user, ANONYMOUS);
    const scoped = { name: 'x', scopes: ['contacts' as const], expires_in: 'never' };
    const { token = '' } = await createPersonalToken(signedIn(user), scoped);
    const get = { address, method: 'GET' };
    expect(await send('/users/me', { ...get, bearer: 'sheaf_no_such_token' })).toBe(401);
    expect(await send('/pastes/some-secret-link', { ...get, bearer: token })).toBe(403);
    expect(await send('/admin/users', { ...get, bearer: access_token })).toBe(404);
    expect(await send('/pastes/some-secret-link', { ...get, bearer: access_token })).toBe(404);
    const who = { event: 'access_denied', address: loggedHash(address) };
    expect(lines).toEqual([
      { ...who, code: 'unauthorized', user: null, route: 'GET /api/v1/users/me' },
      { ...who, code: 'insufficient_scope', user: user.id, route: 'GET /api/v1/pastes/:slug' },
      { ...who, code: 'not_found', reason: 'above_role', user: user.id, route: 'GET /api/v1/admin/users' },
    ]);
    expect(JSON.stringify(lines)).not.toContain(token);
  });

  it('logs a reached limit once a minute for each subject', async () => {
    const [rule] = LIMIT_POLICIES['mail-request'].anonymous;
    const address = nextAddress();
    for (let n = 0; n < rule.points + 5; n += 1) {
      const status = await send('/auth/forgot-password', { address, json: { email: `n${n}@example.com` } });
      expect(status).toBe(n < rule.points ? 202 : 429);
    }
    expect(lines).toEqual([
      { event: 'limit_reached', limit: 'mail-request', subject: loggedHash(`mail-request:a:${address}`) },
    ]);
  });
});

describe('loggedHash', () => {
  it('is stable for a text, differs between texts, and reveals nothing of the text', () => {
    expect(loggedHash('203.0.113.1')).toMatch(/^[\w-]{16}$/);
    expect(loggedHash('203.0.113.1')).toBe(loggedHash('203.0.113.1'));
    expect(loggedHash('203.0.113.1')).not.toBe(loggedHash('203.0.113.2'));
  });
});
