import { rm } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { appoint, join, type Member, newcomer, PASSWORD, userShape, whoAmI } from './support/accounts';
import type { Api } from './support/api';
import { expectProblem, goneEverywhere, lookEverywhere } from './support/checks';
import { pasteShape, previewShape } from './support/shapes';
import { listBlobs, listBodyKeys, listStored, query } from './support/storage';

const ME = '/api/v1/users/me';
const PASTES = '/api/v1/pastes';

const ownPasteShape = pasteShape.extend({ slug: z.string() });
const ownPageShape = z.strictObject({
  items: z.array(ownPasteShape.extend(previewShape)),
  next_cursor: z.string().nullable(),
});

async function paste(api: Api, { bearer }: Member, json: Record<string, unknown>) {
  const answer = await api.send(PASTES, { method: 'POST', json, headers: bearer });
  expect(answer.status, answer.text).toBe(201);
  return answer.json(ownPasteShape);
}

test('changes the profile, and rejects taken and reserved usernames', async ({ api, sheaf }) => {
  const [me, other] = [await join(api, sheaf), await join(api, sheaf)];
  const patch = (json: unknown) => api.send(ME, { method: 'PATCH', json, headers: me.bearer });
  const username = newcomer().username;
  const changed = await patch({ username: username.toUpperCase(), name: ' Ада Лавлейс ', locale: 'ru' });
  expect(changed.json(userShape)).toMatchObject({ username, name: 'Ада Лавлейс', uuid: me.uuid });
  expectProblem(await patch({ username: other.username }), 409, 'username_taken');
  for (const json of [
    {},
    { username: 'settings' },
    { name: 'a\r\nb' },
    { role: 'admin' },
    { locale: 'xx' },
  ]) {
    expectProblem(await patch(json), 422, 'validation_failed');
  }
  expect((await whoAmI(api, me.token)).json(userShape)).toMatchObject({ username, role: 'user' });
});

test('shows a user and their public pastes to anyone, newest first', async ({ api, sheaf }) => {
  const me = await join(api, sheaf);
  for (const visibility of ['public', 'unlisted', 'private']) {
    await paste(api, me, { title: `first ${visibility}`, content: 'x', visibility });
  }
  await paste(api, me, { title: 'second public', content: 'x', visibility: 'public' });
  const profileShape = userShape.extend({ pastes: ownPageShape });
  const path = `/api/v1/users/${me.username}`;
  const answer = await api.get(path);
  const { pastes, ...user } = answer.json(profileShape);
  expect(user).toMatchObject({ uuid: me.uuid, username: me.username });
  expect(answer.text).not.toContain(me.email);
  expect(pastes.items.map(({ title, owner }) => [title, owner])).toEqual([
    ['second public', me.username],
    ['first public', me.username],
  ]);
  const first = (await api.get(`${path}?limit=1`)).json(profileShape).pastes;
  const second = (await api.get(`${path}?limit=1&cursor=${first.next_cursor}`)).json(profileShape).pastes;
  expect([...first.items, ...second.items].map(({ title }) => title)).toEqual([
    'second public',
    'first public',
  ]);
  expect(second.next_cursor).toBeNull();
  for (const name of [newcomer().username, 'me%00', 'x'.repeat(1_000)]) {
    expectProblem(await api.get(`/api/v1/users/${name}`), 404, 'not_found');
  }
});

test('lists the user’s own pastes in order, page by page', async ({ api, sheaf }) => {
  const me = await join(api, sheaf);
  for (const title of ['b', 'C', 'a']) await paste(api, me, { title, content: 'x', visibility: 'private' });
  const list = async (filter: string) =>
    (await api.get(`${ME}/pastes?${filter}`, me.bearer)).json(ownPageShape);
  const titles: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: z.output<typeof ownPageShape> = await list(
      `sort=title&limit=2${cursor && `&cursor=${cursor}`}`,
    );
    titles.push(...page.items.map(({ title }) => title));
    cursor = page.next_cursor;
  }
  expect(titles).toEqual(['a', 'b', 'C']);
  expect((await list('visibility=public')).items).toEqual([]);
  expectProblem(await api.get(`${ME}/pastes`), 401, 'unauthorized');
});

test('deletes a paste for its author only: row, body and all', async ({ api, sheaf }) => {
  const [me, other] = [await join(api, sheaf), await join(api, sheaf)];
  const { slug } = await paste(api, me, { content: 'mine', visibility: 'public' });
  const path = `${PASTES}/${slug}`;
  const remove = (headers: Record<string, string>) => api.send(path, { method: 'DELETE', headers });
  const countFiles = async () =>
    (
      await query<{ n: number }>(sheaf.databaseUrl, 'select count(*)::int as n from pastes where slug = $1', [
        slug,
      ])
    )[0]?.n;
  const [key = 'no body'] = await listBodyKeys(sheaf.databaseUrl, slug);
  const bodies = async () =>
    (await listStored(sheaf.databaseUrl, sheaf.blobFolder)).filter((line) => line.endsWith(key));
  if (sheaf.blobFolder !== null) expect(await bodies()).toHaveLength(1);
  expectProblem(await remove({}), 401, 'unauthorized');
  expectProblem(await remove(other.bearer), 404, 'not_found');
  expectProblem(await api.send(`${PASTES}/unknownPaste`, { method: 'DELETE', headers: me.bearer }), 404);
  expect((await api.get(path)).status).toBe(200);
  expect((await remove(me.bearer)).status).toBe(204);
  expect(await countFiles()).toBe(0);
  expect(await bodies()).toEqual([]);
  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
});

test('keeps a private paste private', async ({ api, sheaf }) => {
  const [me, other] = [await join(api, sheaf), await join(api, sheaf)];
  const { slug } = await paste(api, me, { content: 'for me', visibility: 'private' });
  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
  for (const path of [`${PASTES}/${slug}`, `${PASTES}/${slug}/raw`, `/${slug}/raw`, `/${slug}/download`]) {
    expect([path, (await api.get(path, me.bearer)).status]).toEqual([path, 200]);
    expect([path, (await api.get(path, other.bearer)).status]).toEqual([path, 404]);
  }
});

test('claims an anonymous paste by its edit key', async ({ api, sheaf }) => {
  const [me, other] = [await join(api, sheaf), await join(api, sheaf)];
  const { slug, edit_key } = await api.create({ content: 'found again' });
  const claim = ({ bearer }: Member, key: string) =>
    api.send(`${ME}/claim`, { method: 'POST', json: { slug, edit_key: key }, headers: bearer });
  expectProblem(await claim(me, 'AAAAAAAAAAAAAAAAAAAAAA'), 404, 'not_found');
  expect((await claim(me, edit_key)).json(ownPasteShape).owner).toBe(me.username);
  expectProblem(await claim(other, edit_key), 404, 'not_found');
  const withKey = { method: 'PATCH', json: { content: 'changed' }, editKey: edit_key };
  expectProblem(await api.send(`${PASTES}/${slug}`, withKey), 404, 'not_found');
  const asOwner = { method: 'PATCH', json: { content: 'changed' }, headers: me.bearer };
  expect((await api.send(`${PASTES}/${slug}`, asOwner)).status).toBe(200);
});

test('reserves a custom link for one owner forever', async ({ api, sheaf }) => {
  const [me, other] = [await join(api, sheaf), await join(api, sheaf)];
  const slug = `notes-${me.username}`;
  await paste(api, me, { content: 'x', slug });
  const want = ({ bearer }: Member, json: object) =>
    api.send(PASTES, { method: 'POST', json, headers: bearer });
  expectProblem(await want(other, { content: 'x', slug }), 409, 'slug_taken');
  expectProblem(await want(other, { content: 'x', slug: 'login' }), 422);
  expect((await api.send(`${PASTES}/${slug}`, { method: 'DELETE', headers: me.bearer })).status).toBe(204);
  expectProblem(await want(other, { content: 'x', slug }), 409, 'slug_taken');
  expect((await want(me, { content: 'again', slug })).status).toBe(201);
});

test('stores an avatar as a square at its own URL, and restores the default one', async ({ api, sheaf }) => {
  const me = await join(api, sheaf);
  const drawn = (await whoAmI(api, me.token)).json(userShape).profile_image_url;
  const wide = { width: 600, height: 200, channels: 3, background: '#0f6b5c' } as const;
  const body = new Uint8Array(await sharp({ create: wide }).jpeg().toBuffer());
  const put = (bytes: BodyInit, type: string) =>
    api.send(`${ME}/avatar`, { method: 'PUT', body: bytes, headers: { ...me.bearer, 'content-type': type } });
  const changed = await put(body, 'image/jpeg');
  expect(changed.status, changed.text).toBe(200);
  const url = new URL(changed.json(userShape).profile_image_url);
  expect(url.origin).toBe(sheaf.url);
  const shown = await api.get(url.pathname);
  expect(shown.headers.get('content-type')).toBe('image/webp');
  expect(shown.headers.get('cache-control')).toContain('immutable');
  expect(await sharp(shown.bytes).metadata()).toMatchObject({ width: 256, height: 256 });
  expectProblem(await put('<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'), 415);
  expectProblem(await put(new Uint8Array(4 * 1024 * 1024 + 1), 'image/png'), 413, 'too_large');
  const removed = await api.send(`${ME}/avatar`, { method: 'DELETE', headers: me.bearer });
  expect(removed.json(userShape).profile_image_url).toBe(drawn);
  expect((await api.get(url.pathname)).status).toBe(404);
});

test('exports everything as a zip', async ({ api, sheaf }) => {
  const me = await join(api, sheaf);
  const files = [
    { name: 'a.txt', content: 'first\r\n' },
    { name: 'b.txt', content: 'текст' },
  ];
  const { slug } = await paste(api, me, { title: 'Kept', visibility: 'private', files });
  const answer = await api.get(`${ME}/export`, me.bearer);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(answer.headers.get('content-disposition')).toContain(`sheaf-${me.username}`);
  const entries = unzipSync(new Uint8Array(answer.bytes));
  const text = (name: string) => Buffer.from(entries[name] ?? []).toString();
  expect(JSON.parse(text('profile.json'))).toMatchObject({ user: { email: me.email } });
  expect(JSON.parse(text(`pastes/${slug}/paste.json`))).toMatchObject({ title: 'Kept' });
  expect(text(`pastes/${slug}/files/a.txt`)).toBe('first\r\n');
  expect(text(`pastes/${slug}/files/b.txt`)).toBe('текст');
  expectProblem(await api.get(`${ME}/export`), 401, 'unauthorized');
  const page = await api.get('/settings/export');
  expect([page.status, page.headers.get('location')]).toEqual([303, '/login?next=/settings']);
});

test('exports everything else if a text is missing, and says so', async ({ api, sheaf }) => {
  test.skip(sheaf.blobFolder === null, 'only files can be taken away from here');
  const me = await join(api, sheaf);
  const { slug } = await paste(api, me, { content: 'soon missing', visibility: 'private' });
  const [key = 'no body'] = await listBodyKeys(sheaf.databaseUrl, slug);
  const blobs = await listBlobs(sheaf.blobFolder ?? '');
  const body = blobs.find((path) => path.endsWith(key));
  await rm(body ?? '');
  const answer = await api.get(`${ME}/export`, me.bearer);
  expect(answer.status).toBe(200);
  const entries = unzipSync(new Uint8Array(answer.bytes));
  expect(Object.keys(entries)).toContain(`pastes/${slug}/paste.json`);
  expect(JSON.parse(Buffer.from(entries['unreadable-files.json'] ?? []).toString())).toMatchObject([
    { path: `pastes/${slug}/files/file-1.txt`, reason: 'missing_or_damaged' },
  ]);
});

test('lists and ends sessions', async ({ api, sheaf }) => {
  const [me, other] = [await join(api, sheaf), await join(api, sheaf)];
  const login = await api.post('/api/v1/auth/login', { email: me.email, password: PASSWORD });
  const { token } = login.json(z.object({ token: z.object({ access_token: z.string() }) }));
  const listShape = z.object({ items: z.array(z.object({ id: z.uuid(), current: z.boolean() })) });
  const { items } = (await api.get(`${ME}/sessions`, me.bearer)).json(listShape);
  expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
  const id = items.find(({ current }) => !current)?.id;
  const end = (headers: Record<string, string>, path = `/${id}`) =>
    api.send(`${ME}/sessions${path}`, { method: 'DELETE', headers });
  expectProblem(await end(other.bearer), 404, 'not_found');
  expectProblem(await end(me.bearer, '/nonsense'), 404, 'not_found');
  expect((await end(me.bearer)).status).toBe(204);
  expectProblem(await whoAmI(api, token), 401);
  expect((await end(me.bearer, '')).status).toBe(204);
  expect((await whoAmI(api, me.token)).status).toBe(200);
});

test('creates personal tokens limited to their scopes, until revoked', async ({ api, sheaf }) => {
  const me = await join(api, sheaf);
  await appoint(sheaf, me, 'admin');
  const made = await api.send(`${ME}/tokens`, {
    method: 'POST',
    json: { name: 'Backup', scopes: ['pastes:read'], expires_in: '1mo' },
    headers: me.bearer,
  });
  expect(made.status, made.text).toBe(201);
  const { token, id } = made.json(z.object({ id: z.uuid(), token: z.string().startsWith('sheaf_') }));
  const headers = { authorization: `Bearer ${token}` };
  expect((await api.get(PASTES, headers)).status).toBe(200);
  expect((await api.get(`${ME}/pastes`, headers)).status).toBe(200);
  const closed: [string, string][] = [
    ['GET', ME],
    ['GET', `${ME}/tokens`],
    ['DELETE', `${ME}/tokens/${id}`],
    ['POST', PASTES],
    ['POST', '/api/v1/auth/logout'],
    ['DELETE', ME],
    ['GET', '/api/v1/admin/users'],
  ];
  for (const [method, path] of closed) {
    expectProblem(await api.send(path, { method, headers }), 403, 'insufficient_scope');
  }
  const { slug } = await paste(api, me, { content: 'x', visibility: 'private' });
  expect((await api.get(`/${slug}/raw`, headers)).status).toBe(200);
  expect((await api.get(`${ME}/tokens`, me.bearer)).text).not.toContain(token);
  const revoked = await api.send(`${ME}/tokens/${id}`, { method: 'DELETE', headers: me.bearer });
  expect(revoked.status).toBe(204);
  expectProblem(await api.get(PASTES, headers), 401, 'unauthorized');
});

test('deletes an account with its pastes', async ({ api, sheaf }) => {
  const me = await join(api, sheaf);
  const { slug } = await paste(api, me, { content: 'x', visibility: 'public' });
  const end = (password: string) =>
    api.send(ME, { method: 'DELETE', json: { password }, headers: me.bearer });
  expectProblem(await end('not the password'), 401, 'wrong_password');
  expect((await end(PASSWORD)).status).toBe(204);
  expectProblem(await whoAmI(api, me.token), 401);
  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
  expectProblem(await api.get(`/api/v1/users/${me.username}`), 404);
  const login = { email: me.email, password: PASSWORD };
  expectProblem(await api.post('/api/v1/auth/login', login), 401, 'invalid_credentials');
});
