import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../../test/callers';
import type { Caller, UserRecord } from '../../core/caller';
import { SESSION_SECONDS } from '../../core/http/cookie';
import { prisma } from '../../core/prisma';
import { listSecurityEvents, listSessions } from './lists';
import { findSession } from './queries';
import { endOtherSessions, endSession, endSessionById, startSession } from './service';

useTestDatabase();
holdMail();

const start = (user: UserRecord, caller: Caller = ANONYMOUS, isKnownDevice = false) =>
  startSession(user, { kind: 'browser', caller, isKnownDevice });

const kindsOf = async ({ id }: UserRecord) => (await listSecurityEvents(id)).map(({ kind }) => kind);

describe('startSession', () => {
  it('creates a session that is valid for thirty days, to the second', async () => {
    const user = await addUser();
    const { token, expires } = await start(user);
    expect(await findSession(token, new Date(expires.getTime() - 1))).toMatchObject({
      user: { id: user.id },
    });
    expect(await findSession(token, expires)).toBeNull();
    expect(Math.round((expires.getTime() - Date.now()) / 1_000)).toBeCloseTo(SESSION_SECONDS, -1);
  });

  it('reports a new device by mail once, and a known one never', async () => {
    const user = await addUser();
    await start(user);
    await start(user);
    await start(user, { ...ANONYMOUS, address: '203.0.113.8' }, true);
    expect(await mailsTo(user.email)).toEqual([]);
    await start(user, { ...ANONYMOUS, address: '203.0.113.9' });
    await start(user, { ...ANONYMOUS, address: '203.0.113.9' });
    expect(await mailsTo(user.email)).toMatchObject([{ notice: 'signed_in', address: '203.0.113.9' }]);
    expect(await kindsOf(user)).toEqual(['signed_in', 'signed_in']);
  });

  it('stores a printable user agent of limited length', async () => {
    const user = await addUser();
    const { id } = await start(user, { ...ANONYMOUS, userAgent: `a\r\nb\u0000é${'x'.repeat(10_000)}` });
    const session = (await listSessions(user.id, new Date())).find((one) => one.id === id);
    expect(session?.userAgent).toBe(`ab${'x'.repeat(298)}`);
  });
});

describe('findSession', () => {
  it('returns null for a banned or unconfirmed user, from the next request on', async () => {
    const user = await addUser();
    const { token } = await start(user);
    const set = (data: { bannedAt?: Date | null; emailVerified?: Date | null }) =>
      prisma().user.update({ where: { id: user.id }, data });
    expect(await findSession(token, new Date())).not.toBeNull();
    await set({ bannedAt: new Date() });
    expect(await findSession(token, new Date())).toBeNull();
    await set({ bannedAt: null, emailVerified: null });
    expect(await findSession(token, new Date())).toBeNull();
  });

  it('returns the current role', async () => {
    const user = await addUser({ role: 'admin' });
    const { token } = await start(user);
    await prisma().user.update({ where: { id: user.id }, data: { role: 'user' } });
    expect((await findSession(token, new Date()))?.user.role).toBe('user');
  });
});

describe('ending sessions', () => {
  it('ends a session by id, for its owner only', async () => {
    const [user, other] = [await addUser(), await addUser()];
    const [mine, second] = [await start(user), await start(user)];
    await expect(endSessionById(other.id, mine.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await findSession(mine.token, new Date())).not.toBeNull();
    await endSessionById(user.id, mine.id);
    expect(await findSession(mine.token, new Date())).toBeNull();
    await expect(endSessionById(user.id, mine.id)).rejects.toMatchObject({ code: 'not_found' });
    await endSession({ sessionToken: second.token });
    await endSession({ sessionToken: second.token });
    expect(await listSessions(user.id, new Date())).toEqual([]);
  });

  it('ends all others, and records an event', async () => {
    const [user, other] = [await addUser(), await addUser()];
    const [mine, theirs] = [await start(user), await start(other)];
    await Promise.all([start(user), start(user)]);
    expect(await endOtherSessions({ ...signedIn(user), sessionId: mine.id })).toBe(2);
    expect((await listSessions(user.id, new Date())).map(({ id }) => id)).toEqual([mine.id]);
    expect(await findSession(theirs.token, new Date())).not.toBeNull();
    expect(await kindsOf(user)).toContain('sessions_ended');
    expect(await endOtherSessions({ ...signedIn(user), sessionId: mine.id })).toBe(0);
  });

  it('does not list expired sessions', async () => {
    const user = await addUser();
    const { expires } = await start(user);
    expect(await listSessions(user.id, expires)).toEqual([]);
  });
});
