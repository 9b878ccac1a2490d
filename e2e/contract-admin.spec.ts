import { z } from 'zod';
import { expect, test } from './fixtures';
import { appoint, join, type Member, PASSWORD, whoAmI } from './support/accounts';
import { expectProblem } from './support/checks';
import { pasteShape } from './support/shapes';

const USERS = '/api/v1/admin/users';
const managedShape = z.object({
  uuid: z.uuid(),
  email: z.string(),
  role: z.string(),
  banned_at: z.string().nullable(),
  sessions: z.int(),
});
const pageShape = z.object({ items: z.array(managedShape), next_cursor: z.string().nullable() });

test('is for admins: 401 without credentials, 404 to other roles', async ({ api, sheaf }) => {
  const [user, moderator, admin] = [await join(api, sheaf), await join(api, sheaf), await join(api, sheaf)];
  await appoint(sheaf, moderator, 'moderator');
  await appoint(sheaf, admin, 'admin');
  for (const path of [USERS, `${USERS}/${user.uuid}`]) {
    expectProblem(await api.get(path), 401, 'unauthorized');
    expectProblem(await api.get(path, user.bearer), 404, 'not_found');
    expectProblem(await api.get(path, moderator.bearer), 404, 'not_found');
    expect((await api.get(path, admin.bearer)).status).toBe(200);
  }
  for (const id of ['x', '0190a0a0-0000-7000-8000-000000000000', '%00']) {
    expectProblem(await api.get(`${USERS}/${id}`, admin.bearer), 404, 'not_found');
  }
});

test('finds users by literal parts of their names', async ({ api, sheaf }) => {
  const [user, admin] = [await join(api, sheaf), await join(api, sheaf)];
  await appoint(sheaf, admin, 'admin');
  const find = async (q: string) =>
    (await api.get(`${USERS}?q=${encodeURIComponent(q)}`, admin.bearer)).json(pageShape).items;
  expect((await find(user.email.toUpperCase())).map(({ uuid }) => uuid)).toEqual([user.uuid]);
  expect(await find(`${user.username.slice(0, 5)}%`)).toEqual([]);
  expect(await find(`${user.username.slice(0, 5)}_`)).toEqual([]);
  expect((await api.get(`${USERS}?limit=1`, admin.bearer)).text).not.toMatch(/hash|argon|token/i);
});

test('changes a role and bans, from the next request on', async ({ api, sheaf }) => {
  const [user, admin] = [await join(api, sheaf), await join(api, sheaf)];
  await appoint(sheaf, admin, 'admin');
  const change = ({ uuid }: Member, json: unknown) =>
    api.send(`${USERS}/${uuid}`, { method: 'PATCH', json, headers: admin.bearer });
  expect((await change(user, { role: 'admin' })).json(managedShape).role).toBe('admin');
  expect((await api.get(USERS, user.bearer)).status).toBe(200);
  await change(user, { role: 'user' });
  expectProblem(await api.get(USERS, user.bearer), 404);

  expect((await change(user, { banned: true })).json(managedShape)).toMatchObject({ sessions: 0 });
  expectProblem(await whoAmI(api, user.token), 401, 'unauthorized');
  const login = { email: user.email, password: PASSWORD };
  expectProblem(await api.post('/api/v1/auth/login', login), 403, 'account_banned');
  expect((await change(user, { banned: false })).json(managedShape).banned_at).toBeNull();
  expect((await api.post('/api/v1/auth/login', login)).status).toBe(200);
  expect((await change(user, { end_sessions: true })).json(managedShape).sessions).toBe(0);

  for (const json of [{ role: 'user' }, { banned: true }]) {
    expectProblem(await change(admin, json), 422, 'validation_failed');
  }
  for (const json of [{}, { role: 'god' }, { banned: 'yes' }, { email: 'x@example.com' }]) {
    expectProblem(await change(user, json), 422, 'validation_failed');
  }
});

test('hides a paste from all but its owner and moderators, and shows it again', async ({ api, sheaf }) => {
  const [owner, moderator, stranger] = [
    await join(api, sheaf),
    await join(api, sheaf),
    await join(api, sheaf),
  ];
  await appoint(sheaf, moderator, 'moderator');
  const created = await api.send('/api/v1/pastes', {
    method: 'POST',
    json: { content: 'x', visibility: 'public' },
    headers: owner.bearer,
  });
  const { slug } = created.json(pasteShape);
  const path = `/api/v1/pastes/${slug}`;
  const hide = (headers: Record<string, string>, json: unknown = { reason: 'Contains an address.' }) =>
    api.send(`${path}/hide`, { method: 'POST', json, headers });
  expectProblem(await hide({}), 401, 'unauthorized');
  expectProblem(await hide(stranger.bearer), 404, 'not_found');
  expectProblem(await hide(owner.bearer), 404, 'not_found');
  expectProblem(await hide(moderator.bearer, { reason: ' ' }), 422);
  expect((await hide(moderator.bearer)).status).toBe(204);
  expectProblem(await api.get(path), 404);
  expectProblem(await api.get(path, stranger.bearer), 404);
  expect(await api.listFeed()).not.toContain(slug);
  expect((await api.get(path, owner.bearer)).json(pasteShape).hidden_reason).toBe('Contains an address.');
  expect((await api.get(path, moderator.bearer)).status).toBe(200);
  const given = await api.send(`${path}/hide`, { method: 'DELETE', headers: moderator.bearer });
  expect(given.status).toBe(204);
  expect((await api.get(path)).json(pasteShape).hidden_reason).toBeNull();
});
