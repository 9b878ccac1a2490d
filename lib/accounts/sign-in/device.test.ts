import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { signAccessToken } from '../tokens/access';
import { DEVICE_SECONDS, readDeviceToken, signDeviceToken } from './device';

useTestDatabase();

const testClock = useTestClock();

describe('readDeviceToken', () => {
  it('identifies the user’s device for a year', async () => {
    const id = randomUUID();
    const token = await signDeviceToken(id);
    const name = await readDeviceToken(token, { userId: id });
    expect(name).toBeTruthy();
    expect(await readDeviceToken(token, { userId: randomUUID() })).toBeNull();
    expect(await readDeviceToken(await signDeviceToken(id), { userId: id })).not.toBe(name);
    testClock.set(() => new Date(Date.now() + (DEVICE_SECONDS + 1) * 1_000));
    expect(await readDeviceToken(token, { userId: id })).toBeNull();
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
    for (const other of others) expect(await readDeviceToken(other, { userId: userId })).toBeNull();
  });
});
