import { createHmac } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { env } from '../../core/env';
import { keysFor } from '../../core/keys';
import { ACCESS_SECONDS, readAccessToken, signAccessToken } from './access';

useTestDatabase({ AUTH_SECRET_PREVIOUS: 'the secret before it, of some length as well' });

const testClock = useTestClock();

const SESSION = { token: 'a-session', userId: '0190a0a0-0000-7000-8000-000000000000' };
const APP = 'http://localhost:3000';

interface Forgery {
  key: Uint8Array;
  kid?: string;
  typ?: string;
  alg?: string;
  claims?: Record<string, unknown>;
}

/** A token like ours except for the given parts. */
function forge({ key, kid, typ = 'at+jwt', alg = 'HS256', claims = {} }: Forgery): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const ours = {
    sid: SESSION.token,
    iss: APP,
    aud: `${APP}/api/v1`,
    sub: SESSION.userId,
    iat: issuedAt,
    exp: issuedAt + 60,
  };
  return new SignJWT({ ...ours, ...claims })
    .setProtectedHeader({ alg, typ, ...(kid === undefined ? {} : { kid }) })
    .sign(key);
}

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('readAccessToken', () => {
  it('reads a signed token for fifteen minutes', async () => {
    const token = await signAccessToken(SESSION);
    expect(await readAccessToken(token)).toBe('a-session');
    testClock.set(() => new Date(Date.now() + (ACCESS_SECONDS - 5) * 1_000));
    expect(await readAccessToken(token)).toBe('a-session');
    testClock.set(() => new Date(Date.now() + (ACCESS_SECONDS + 1) * 1_000));
    expect(await readAccessToken(token)).toBeNull();
  });

  it('reads tokens signed with the previous secret, and signs with the current one only', async () => {
    const [current, previous] = keysFor('access-token');
    if (!previous) throw new Error('there is a previous secret');
    expect(previous.id).not.toBe(current.id);
    expect(await readAccessToken(await forge({ key: previous.bytes, kid: previous.id }))).toBe('a-session');
    const [header = ''] = (await signAccessToken(SESSION)).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'HS256',
      typ: 'at+jwt',
      kid: current.id,
    });
  });

  it('rejects every other token', async () => {
    const [{ id: kid, bytes: key }, previous] = keysFor('access-token');
    const [device] = keysFor('device');
    const good = await signAccessToken(SESSION);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const none = segment({ alg: 'none', typ: 'at+jwt', kid });
    expect(await readAccessToken(await forge({ key, kid }))).toBe('a-session');

    const forgeries: Record<string, string> = {
      'without a signature': `${none}.${payload}.`,
      'without a signature, in capitals': `${segment({ alg: 'NONE', kid })}.${payload}.`,
      'as jose makes it without a signature': new UnsecuredJWT({ sid: 'a-session' })
        .setExpirationTime('1h')
        .encode(),
      'with the signature cut off': `${header}.${payload}.`,
      'with a changed payload': `${header}.${segment({ sid: 'another', exp: 9_999_999_999 })}.${signature}`,
      'with an empty key': `${header}.${payload}.${createHmac('sha256', '').update(`${header}.${payload}`).digest('base64url')}`,
      'with another algorithm': await forge({ key: new Uint8Array(64), kid, alg: 'HS512' }),
      'with another algorithm and our key': await forge({
        key: Buffer.concat([key, key]),
        kid,
        alg: 'HS512',
      }),
      'without a key’s name': await forge({ key }),
      'with an unknown key': await forge({ key: new Uint8Array(32), kid: 'unknown' }),
      'with a key named after a path': await forge({ key: new Uint8Array(32), kid: '../../dev/null' }),
      'with our key’s name and another key': await forge({ key: new Uint8Array(32), kid }),
      'with the present key under the name of the one before': await forge({ key, kid: previous?.id ?? '' }),
      'with the key for devices': await forge({ key: device.bytes, kid: device.id }),
      'with the secret itself': await forge({ key: Buffer.from(env().AUTH_SECRET), kid }),
      'of another type': await forge({ key, kid, typ: 'JWT' }),
      'of another issuer': await forge({ key, kid, claims: { iss: 'https://elsewhere.example' } }),
      'for another audience': await forge({ key, kid, claims: { aud: APP } }),
      'without an expiry': await forge({ key, kid, claims: { exp: undefined } }),
      expired: await forge({ key, kid, claims: { exp: Math.floor(Date.now() / 1_000) - 1 } }),
      'not yet in force': await forge({ key, kid, claims: { nbf: Math.floor(Date.now() / 1_000) + 60 } }),
      'without a session': await forge({ key, kid, claims: { sid: undefined } }),
      'with a session that is no text': await forge({ key, kid, claims: { sid: { $ne: null } } }),
      'without a subject': await forge({ key, kid, claims: { sub: undefined } }),
      empty: '',
      'of two dots': '..',
      'in five parts': 'a.b.c.d.e',
    };
    const read = await Promise.all(
      Object.entries(forgeries).map(async ([name, token]) => [name, await readAccessToken(token)]),
    );
    expect(read.filter(([, session]) => session !== null)).toEqual([]);
  });
});
