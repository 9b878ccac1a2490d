import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, PASSWORD } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { deleteAccount } from '../accounts/delete-account';
import { startFamily } from '../accounts/tokens/pairs';
import type { AuditActor } from '../audit/record';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { newSlug } from '../pastes/slug';
import { listUsers } from './queries';
import { listUsersSchema, type UpdateUser } from './schema';
import { eraseUser, updateUser } from './service';

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

  it('lists every user once, newest first, page by page, also within one instant', async () => {
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

  it('rejects an invalid cursor', async () => {
    for (const cursor of ['x', '0190a0a0-0000-7000-8000-000000000000', "'"]) {
      const filter = listUsersSchema.parse({ cursor });
      expect(await codeOf(listUsers(filter, new Date()))).toBe('validation_failed cursor');
    }
  });
});

describe('the last admin', () => {
  const countAdmins = () => prisma().user.count({ where: { role: 'admin', bannedAt: null } });
  const noAdmins = () => prisma().user.updateMany({ where: { role: 'admin' }, data: { role: 'user' } });

  beforeEach(noAdmins);

  it('keeps role and access for every caller, and cannot delete the account', async () => {
    const last = await addUser({ role: 'admin' });
    // Neither could take over: one is banned, the other is not confirmed.
    await addUser({ role: 'admin', bannedAt: new Date() });
    await addUser({ role: 'admin', emailVerified: null });
    for (const input of [{ role: 'user' }, { role: 'moderator' }, { banned: true }] as const) {
      expect(await codeOf(updateUser(last.id, input, 'console'))).toBe('last_admin');
      expect(await codeOf(updateUser(last.id, input, last))).toMatch(/^validation_failed/);
    }
    const paste = await prisma().paste.create({ data: { slug: newSlug(), ownerId: last.id } });
    expect(await codeOf(deleteAccount(signedIn(last), PASSWORD))).toBe('last_admin');
    const { role, bannedAt } = await prisma().user.findUniqueOrThrow({ where: { id: last.id } });
    expect([role, bannedAt]).toEqual(['admin', null]);
    expect((await prisma().paste.findUniqueOrThrow({ where: { id: paste.id } })).deletedAt).toBeNull();
    expect(await updateUser(last.id, { role: 'admin', end_sessions: true }, 'console')).toBeTruthy();
  });

  it('may leave once there is another one', async () => {
    const [one, other] = [await addUser({ role: 'admin' }), await addUser({ role: 'admin' })];
    await deleteAccount(signedIn(one), PASSWORD);
    expect(await prisma().user.findUnique({ where: { id: one.id } })).toBeNull();
    expect(await codeOf(deleteAccount(signedIn(other), PASSWORD))).toBe('last_admin');
    const user = await addUser();
    await deleteAccount(signedIn(user), PASSWORD);
    expect(await countAdmins()).toBe(1);
  });

  it.each(['demote', 'ban', 'demote and leave', 'leave', 'demoted on the console'])(
    'is left, however many %s at once',
    async (what) => {
      for (let round = 0; round < 5; round += 1) {
        await noAdmins();
        const [one, other] = [await addUser({ role: 'admin' }), await addUser({ role: 'admin' })];
        const demote = (id: string, actor: AuditActor) => updateUser(id, { role: 'user' }, actor);
        const works: Record<string, () => Promise<unknown>[]> = {
          demote: () => [demote(one.id, other), demote(other.id, one)],
          ban: () => [
            updateUser(one.id, { banned: true }, other),
            updateUser(other.id, { banned: true }, one),
          ],
          'demote and leave': () => [demote(one.id, other), deleteAccount(signedIn(other), PASSWORD)],
          leave: () => [deleteAccount(signedIn(one), PASSWORD), deleteAccount(signedIn(other), PASSWORD)],
          'demoted on the console': () => [demote(one.id, 'console'), demote(other.id, 'console')],
        };
        const outcomes = await Promise.allSettled(works[what]?.() ?? []);
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(await countAdmins()).toBe(1);
      }
    },
  );
});

describe('eraseUser', () => {
  it('deletes another user with everything that is theirs', async () => {
    const [admin, user] = [await addUser({ role: 'admin' }), await addUser({ role: 'admin' })];
    const paste = await prisma().paste.create({ data: { slug: newSlug(), ownerId: user.id } });
    await eraseUser(user.id, signedIn(admin), PASSWORD);
    expect(await prisma().user.findUnique({ where: { id: user.id } })).toBeNull();
    expect(await prisma().paste.findMany({ where: { id: paste.id, deletedAt: null } })).toEqual([]);
    expect(await prisma().auditEntry.findMany({ where: { target: user.id } })).toMatchObject([
      { action: 'user_erased', actorId: admin.id, targetKind: 'user' },
    ]);
    expect(await codeOf(eraseUser(user.id, signedIn(admin), PASSWORD))).toBe('not_found');
  });

  it('takes the password of the admin', async () => {
    const [admin, user] = [await addUser({ role: 'admin' }), await addUser()];
    expect(await codeOf(eraseUser(user.id, signedIn(admin), 'not the password'))).toBe('wrong_password');
    expect(await prisma().user.findUnique({ where: { id: user.id } })).not.toBeNull();
    expect(await prisma().auditEntry.count({ where: { target: user.id } })).toBe(0);
  });

  it('takes what the user wrote to moderators; what they would decide is left to the sweep', async () => {
    const [admin, user] = [await addUser({ role: 'admin' }), await addUser()];
    const add = (fields: Partial<Prisma.ReportCaseUncheckedCreateInput>) =>
      prisma().reportCase.create({
        data: { pasteId: randomUUID(), slug: 'x', ownerId: user.id, reportedAt: new Date(), ...fields },
      });
    const undecided = await add({});
    const appeals = [
      await add({
        appeal: 'My name is in it.',
        appealedAt: new Date(),
        decision: 'deleted',
        decidedAt: new Date(),
      }),
      await add({ appeal: 'Rejected.', appealedAt: new Date(), decidedAt: new Date(), isOpen: false }),
    ];
    await eraseUser(user.id, signedIn(admin), PASSWORD);
    expect(await prisma().reportCase.findUnique({ where: { id: undecided.id } })).toMatchObject({
      isOpen: true,
      ownerId: null,
    });
    for (const { id } of appeals) {
      expect(await prisma().reportCase.findUnique({ where: { id } })).toMatchObject({
        isOpen: false,
        appeal: null,
        appealedAt: null,
      });
    }
  });

  it('erases neither the own account nor the last admin', async () => {
    await prisma().user.updateMany({ where: { role: 'admin' }, data: { role: 'user' } });
    const [last, former] = [await addUser({ role: 'admin' }), await addUser()];
    expect(await codeOf(eraseUser(last.id, signedIn(last), PASSWORD))).toBe('validation_failed id');
    expect(await codeOf(eraseUser(last.id, signedIn(former), PASSWORD))).toBe('last_admin');
    const other = await addUser({ role: 'admin' });
    expect(await codeOf(eraseUser(other.id, signedIn(former), PASSWORD))).toBe('not_found');
    expect((await prisma().user.findUniqueOrThrow({ where: { id: other.id } })).role).toBe('admin');
  });
});

describe('updateUser', () => {
  it('lets no user change their own role or access', async () => {
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

  it('a ban ends every session, and an unban restores none', async () => {
    const [admin, user] = [await addUser({ role: 'admin' }), await addUser()];
    await startFamily(user, ANONYMOUS);
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

  it('finds no user by an unknown id', async () => {
    const admin = await addUser({ role: 'admin' });
    const id = '0190a0a0-0000-7000-8000-000000000000';
    expect(await codeOf(updateUser(id, { banned: true }, admin))).toBe('not_found');
  });
});
