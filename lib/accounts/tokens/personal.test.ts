import { describe, expect, it } from 'vitest';
import { retryOutages } from '@/test/retry-outages';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { signedIn } from '../../../test/callers';
import type { UserRecord } from '../../core/caller';
import { prisma } from '../../core/prisma';
import { createPersonalToken, findPersonalToken, listPersonalTokens, revokePersonalToken } from './personal';
import { type CreatePersonalToken, createPersonalTokenSchema, MAX_PERSONAL_TOKENS } from './schema';

useTestDatabase();

const testClock = useTestClock();

async function create(user: UserRecord, input: Partial<CreatePersonalToken> = {}) {
  const whole = createPersonalTokenSchema.parse({ name: 'For a script', scopes: ['account'], ...input });
  const { token = '', ...rest } = await createPersonalToken(signedIn(user), whole);
  return { token, ...rest };
}

describe('createPersonalToken', () => {
  it('returns the token once and stores its hash', async () => {
    const user = await addUser();
    const { token, ...rest } = await create(user, { scopes: ['pastes:write', 'pastes:read'] });
    expect(token).toMatch(/^sheaf_[\w-]{43}$/);
    expect(rest).toMatchObject({ name: 'For a script', expires_at: null, last_used_at: null });
    expect(await listPersonalTokens(user.id)).toEqual([rest]);
    expect(JSON.stringify(await prisma().personalToken.findMany())).not.toContain(token);
    expect(await findPersonalToken(token)).toMatchObject({
      user: { id: user.id },
      scopes: ['pastes:read', 'pastes:write'],
    });
  });

  it(`creates at most ${MAX_PERSONAL_TOKENS}, also for concurrent requests`, async () => {
    const user = await addUser();
    const many = Array.from({ length: MAX_PERSONAL_TOKENS + 5 }, () => retryOutages(() => create(user)));
    const outcomes = await Promise.allSettled(many);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_PERSONAL_TOKENS);
    expect(outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))).toEqual(
      Array.from({ length: 5 }, () => 'conflict'),
    );
    const [first] = await listPersonalTokens(user.id);
    await revokePersonalToken(user.id, first?.id ?? '');
    expect((await create(user)).token).not.toBe('');
  });
});

describe('the scope admin', () => {
  it('can be granted by admins only', async () => {
    for (const role of ['user', 'moderator'] as const) {
      const user = await addUser({ role });
      await expect(create(user, { scopes: ['account', 'admin'] })).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [{ path: 'scopes', message: 'scope_admins_only' }],
      });
      expect(await listPersonalTokens(user.id)).toEqual([]);
    }
    const admin = await addUser({ role: 'admin' });
    expect(await create(admin, { scopes: ['admin'] })).toMatchObject({ scopes: ['admin'] });
  });
});

describe('findPersonalToken', () => {
  it('finds a token until it expires', async () => {
    const { token, expires_at } = await create(await addUser(), { expires_in: '1d' });
    const end = new Date(expires_at ?? 0);
    testClock.set(() => new Date(end.getTime() - 1));
    expect(await findPersonalToken(token)).not.toBeNull();
    testClock.set(() => end);
    expect(await findPersonalToken(token)).toBeNull();
  });

  it('does not find a revoked token; only its owner can revoke it', async () => {
    const [user, other] = [await addUser(), await addUser()];
    const { token, id } = await create(user);
    await expect(revokePersonalToken(other.id, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await findPersonalToken(token)).not.toBeNull();
    await revokePersonalToken(user.id, id);
    expect(await findPersonalToken(token)).toBeNull();
  });

  it('does not find tokens of a banned or unconfirmed user, or altered ones', async () => {
    const user = await addUser();
    const { token } = await create(user);
    for (const other of [token.slice(0, -1), `${token}a`, token.toLowerCase(), token.replace('sheaf_', '')]) {
      expect(await findPersonalToken(other)).toBeNull();
    }
    const set = (data: { bannedAt?: Date | null; emailVerified?: Date | null }) =>
      prisma().user.update({ where: { id: user.id }, data });
    await set({ bannedAt: new Date() });
    expect(await findPersonalToken(token)).toBeNull();
    await set({ bannedAt: null, emailVerified: null });
    expect(await findPersonalToken(token)).toBeNull();
    await set({ emailVerified: new Date() });
    expect(await findPersonalToken(token)).not.toBeNull();
  });
});
