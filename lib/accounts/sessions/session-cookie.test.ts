import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addSignedInBrowser } from '@/test/test-people';
import { now, setClock } from '../../core/clock';
import { endSession } from './service';
import { readSessionCookie } from './session-cookie';

useTestDatabase();

describe('readSessionCookie', () => {
  it('finds the session each time, and not after it was ended', async () => {
    const { user, token, value } = await addSignedInBrowser();
    for (let n = 0; n < 2; n += 1) expect((await readSessionCookie(value))?.user.id).toBe(user.id);
    await endSession({ sessionToken: token });
    expect(await readSessionCookie(value)).toBeNull();
  });

  it('does not accept an expired cookie that it has accepted before', async () => {
    const { user, value } = await addSignedInBrowser({ maxAge: 600 });
    expect((await readSessionCookie(value))?.user.id).toBe(user.id);
    const later = new Date(now().getTime() + 601_000);
    const restore = setClock(() => later);
    try {
      expect(await readSessionCookie(value)).toBeNull();
    } finally {
      restore();
    }
  });

  it.each([undefined, null, '', 'a', 'a.b.c.d.e', `${'x'.repeat(4_000)}`])(
    'is null for %j',
    async (value) => {
      expect(await readSessionCookie(value)).toBeNull();
    },
  );

  it('is null for a cookie that was changed', async () => {
    const { value } = await addSignedInBrowser();
    await readSessionCookie(value);
    const middle = Math.floor(value.length / 2);
    const other = value[middle] === 'A' ? 'B' : 'A';
    expect(await readSessionCookie(value.slice(0, middle) + other + value.slice(middle + 1))).toBeNull();
  });
});
