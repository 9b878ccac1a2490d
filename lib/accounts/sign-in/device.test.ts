import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { signAccessToken } from '../tokens/access';
import { DEVICE_SECONDS, isDeviceOf, readDeviceToken, signDeviceToken } from './device';

useTestDatabase();

const testClock = useTestClock();

describe('readDeviceToken', () => {
  it('identifies the user’s device for a year', async () => {
    const id = randomUUID();
    const token = await signDeviceToken(id);
    const device = await readDeviceToken(token);
    expect(device).toMatchObject({ userId: id, id: expect.any(String) });
    expect((await readDeviceToken(await signDeviceToken(id)))?.id).not.toBe(device?.id);
    testClock.set(() => new Date(Date.now() + (DEVICE_SECONDS + 1) * 1_000));
    expect(await readDeviceToken(token)).toBeNull();
  });

  it('rejects other tokens', async () => {
    const userId = randomUUID();
    const token = await signDeviceToken(userId);
    const [, payload = ''] = token.split('.');
    const others = [
      await signAccessToken({ token: 'a-session', userId }),
      `${Buffer.from('{"alg":"none","typ":"device"}').toString('base64url')}.${payload}.`,
      token.slice(0, -2),
      '',
      'a.b.c',
    ];
    for (const other of others) expect(await readDeviceToken(other)).toBeNull();
  });
});

describe('isDeviceOf', () => {
  it('tells the user, and a password that was set after the token was issued', async () => {
    const userId = randomUUID();
    const device = await readDeviceToken(await signDeviceToken(userId));
    const issuedAt = device?.issuedAt.getTime() ?? 0;
    expect(isDeviceOf(device, { userId })).toBe(true);
    expect(isDeviceOf(device, { userId, since: new Date(issuedAt + 999) })).toBe(true);
    expect(isDeviceOf(device, { userId, since: new Date(issuedAt + 1_000) })).toBe(false);
    expect(isDeviceOf(device, { userId: randomUUID() })).toBe(false);
    expect(isDeviceOf(null, { userId })).toBe(false);
  });
});
