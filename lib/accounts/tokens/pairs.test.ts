import { describe, expect, it } from 'vitest';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { ANONYMOUS } from '../../../test/callers';
import { AppError } from '../../core/errors';
import { prisma } from '../../core/prisma';
import { findSession } from '../sessions/queries';
import { deleteSessions } from '../sessions/service';
import { readAccessToken } from './access';
import { refreshPair, startFamily } from './pairs';
import type { TokenPair } from './schema';

useTestDatabase();
holdMail();

const testClock = useTestClock();

const DAY = 86_400_000;

function passTime(ms: number): void {
  testClock.set(() => new Date(Date.now() + ms));
}

async function isAlive({ access_token }: TokenPair): Promise<boolean> {
  const token = await readAccessToken(access_token);
  return token !== null && (await findSession(token, new Date())) !== null;
}

async function errorOf(refreshToken: string): Promise<string> {
  const error = await refreshPair(refreshToken).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error.code : `not rejected: ${String(error)}`;
}

describe('refreshPair', () => {
  it('returns another pair of the same family, and stores only hashes', async () => {
    const user = await addUser();
    const first = await startFamily(user, ANONYMOUS);
    const second = await refreshPair(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await Promise.all([first, second].map(isAlive))).toEqual([true, true]);
    expect(await prisma().session.count({ where: { userId: user.id } })).toBe(1);
    const rows = await prisma().refreshToken.findMany({ where: { session: { userId: user.id } } });
    const stored = rows
      .map(({ hash }) => Buffer.from(hash))
      .flatMap((hash) => [hash.toString(), hash.toString('base64url')]);
    for (const { refresh_token } of [first, second]) expect(stored).not.toContain(refresh_token);
    expect(rows).toHaveLength(2);
  });

  it('ends the whole family when a used token is used again', async () => {
    const user = await addUser();
    const untouched = await startFamily(user, ANONYMOUS);
    const first = await startFamily(user, ANONYMOUS);
    const second = await refreshPair(first.refresh_token);
    const third = await refreshPair(second.refresh_token);
    expect(await errorOf(first.refresh_token)).toBe('unauthorized');
    expect(await Promise.all([first, second, third, untouched].map(isAlive))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(await errorOf(third.refresh_token)).toBe('unauthorized');
    expect((await refreshPair(untouched.refresh_token)).token_type).toBe('bearer');
  });

  it('leaves at most one descendant of fifty concurrent uses', async () => {
    const user = await addUser();
    const { refresh_token } = await startFamily(user, ANONYMOUS);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => refreshPair(refresh_token)));
    const granted = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const rejections = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    );
    expect(granted.length).toBeLessThanOrEqual(1);
    expect([...new Set(rejections)]).toEqual(['unauthorized']);
    // The other uses were repeated ones, so the whole family has ended, including the new pair.
    expect(await Promise.all(granted.map(isAlive))).toEqual(granted.map(() => false));
    expect(await prisma().session.count({ where: { userId: user.id } })).toBe(0);
  });

  it('keeps a family valid as long as it is used, and no longer', async () => {
    const first = await startFamily(await addUser(), ANONYMOUS);
    passTime(29 * DAY);
    const second = await refreshPair(first.refresh_token);
    passTime(58 * DAY);
    const third = await refreshPair(second.refresh_token);
    passTime(89 * DAY);
    expect(await errorOf(third.refresh_token)).toBe('unauthorized');
  });

  it('rejects a user who was signed out or banned', async () => {
    const [out, banned] = [await addUser(), await addUser()];
    const [ofOut, ofBanned] = [await startFamily(out, ANONYMOUS), await startFamily(banned, ANONYMOUS)];
    await deleteSessions(prisma(), out.id);
    await prisma().user.update({ where: { id: banned.id }, data: { bannedAt: new Date() } });
    expect(await errorOf(ofOut.refresh_token)).toBe('unauthorized');
    expect(await errorOf(ofBanned.refresh_token)).toBe('unauthorized');
  });

  it('ends a family after 90 days, regardless of renewals', async () => {
    const user = await addUser();
    let pair = await startFamily(user, ANONYMOUS);
    for (const days of [29, 58, 80]) {
      passTime(days * DAY);
      pair = await refreshPair(pair.refresh_token);
    }
    const { createdAt, expires } = await prisma().session.findFirstOrThrow({ where: { userId: user.id } });
    expect(expires.getTime() - createdAt.getTime()).toBe(90 * DAY);
    passTime(90 * DAY - 60_000);
    pair = await refreshPair(pair.refresh_token);
    // A family renewed before this rule existed.
    await prisma().session.updateMany({
      where: { userId: user.id },
      data: { expires: new Date(Date.now() + 110 * DAY) },
    });
    passTime(90 * DAY + 60_000);
    expect(await errorOf(pair.refresh_token)).toBe('unauthorized');
  });

  it('rejects anything but a refresh token', async () => {
    const pair = await startFamily(await addUser(), ANONYMOUS);
    const { refresh_token } = pair;
    for (const other of [pair.access_token, refresh_token.slice(1), `${refresh_token} `, 'x', '']) {
      expect(await errorOf(other)).toBe('unauthorized');
    }
    expect((await refreshPair(refresh_token)).expires_in).toBe(900);
  });
});

describe('startFamily', () => {
  it('reports a new client, but not the first or a known one', async () => {
    const user = await addUser();
    await startFamily(user, ANONYMOUS);
    await startFamily(user, ANONYMOUS);
    expect(await mailsTo(user.email)).toEqual([]);
    await startFamily(user, { ...ANONYMOUS, userAgent: 'another/2.0' });
    await startFamily(user, { ...ANONYMOUS, userAgent: 'another/2.0' });
    expect(await mailsTo(user.email)).toMatchObject([{ template: 'security_notice', notice: 'signed_in' }]);
  });
});
