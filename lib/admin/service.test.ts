import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/scripts/test-env';
import { addUser, ORIGIN } from '@/scripts/test-people';
import { prisma } from '../db';
import { AppError } from '../errors';
import { startFamily } from '../tokens/pairs';
import { listUsers } from './queries';
import { listUsersSchema, type UpdateUser } from './schema';
import { updateUser } from './service';

useTestDatabase();

async function search(filter: Record<string, string>): Promise<string[]> {
  const page = await listUsers(listUsersSchema.parse({ limit: '100', ...filter }), new Date());
  return page.items.map(({ username }) => username);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? `${error.code} ${error.fields[0]?.path ?? ''}`.trim() : String(error);
}

describe('listUsers', () => {
  it('finds parts of address, username and name, wildcards as they are, and no case of letters', async () => {
    const [percent, underscore, backslash] = [
      await addUser({ name: '100% Ada' }),
      await addUser({ username: 'snake_case', name: 'Жанна' }),
      await addUser({ name: 'back\\slash' }),
    ];
    expect(await search({ q: '%' })).toEqual([percent.username]);
    expect(await search({ q: '100% a' })).toEqual([percent.username]);
    expect(await search({ q: '_' })).toEqual(['snake_case']);
    expect(await search({ q: 'E_C' })).toEqual(['snake_case']);
    expect(await search({ q: '\\' })).toEqual([backslash.username]);
    expect(await search({ q: 'жАНН' })).toEqual([underscore.username]);
    expect(await search({ q: percent.email.toUpperCase() })).toEqual([percent.username]);
    expect(await search({ q: "' or 1=1 --" })).toEqual([]);
  });

  it('goes through everybody once, newest first, page by page, also within one instant', async () => {
    const createdAt = new Date('2030-01-01T00:00:00Z');
    const added = await Promise.all(
      Array.from({ length: 7 }, (_, index) => addUser({ role: 'moderator', createdAt, name: `${index}` })),
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const filter = listUsersSchema.parse({ limit: '3', role: 'moderator', ...(cursor ? { cursor } : {}) });
      const page = await listUsers(filter, new Date());
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ uuid }) => uuid));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(
      added
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
  });

  it('refuses a cursor that leads nowhere', async () => {
    for (const cursor of ['x', '0190a0a0-0000-7000-8000-000000000000', "'"]) {
      const filter = listUsersSchema.parse({ cursor });
      expect(await codeOf(listUsers(filter, new Date()))).toBe('validation_failed cursor');
    }
  });
});

describe('updateUser', () => {
  it('lets nobody change their own role or access', async () => {
    const admin = await addUser({ role: 'admin' });
    const cases: [UpdateUser, string][] = [
      [{ role: 'user' }, 'validation_failed role'],
      [{ role: 'admin' }, 'validation_failed role'],
      [{ banned: true }, 'validation_failed banned'],
      [{ banned: false }, 'validation_failed banned'],
    ];
    for (const [input, code] of cases) expect(await codeOf(updateUser(admin.id, input, admin))).toBe(code);
    const { role, bannedAt } = await prisma().user.findUniqueOrThrow({ where: { id: admin.id } });
    expect([role, bannedAt]).toEqual(['admin', null]);
    expect(await updateUser(admin.id, { end_sessions: true }, admin)).toMatchObject({ sessions: 0 });
  });

  it('bans, which ends every session, and lets in again, which brings none back', async () => {
    const [admin, user] = [await addUser({ role: 'admin' }), await addUser()];
    await startFamily(user, ORIGIN);
    expect(await updateUser(user.id, { role: 'moderator' }, admin)).toMatchObject({
      role: 'moderator',
      sessions: 1,
    });
    expect(await updateUser(user.id, { banned: true }, admin)).toMatchObject({
      banned_at: expect.any(String),
      sessions: 0,
    });
    expect(await updateUser(user.id, { banned: false }, admin)).toMatchObject({
      banned_at: null,
      sessions: 0,
    });
  });

  it('knows nobody by an id that is nobody’s', async () => {
    const admin = await addUser({ role: 'admin' });
    const id = '0190a0a0-0000-7000-8000-000000000000';
    expect(await codeOf(updateUser(id, { banned: true }, admin))).toBe('not_found');
  });
});
