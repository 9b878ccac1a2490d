import { expect, test } from './fixtures';
import { expectProblem, goneEverywhere, lookEverywhere } from './support/checks';
import { pasteShape } from './support/shapes';

const WRONG_KEY = 'AAAAAAAAAAAAAAAAAAAAAA';

test('saves new files as the next revision', async ({ api, createPaste }) => {
  const paste = await createPaste({ title: 'Kept', content: 'before', expires_in: '1d' });
  const path = `/api/v1/pastes/${paste.slug}`;
  const changed = await api.send(path, {
    method: 'PATCH',
    json: { files: [{ name: 'a.py', content: 'after' }, { content: 'another' }] },
    editKey: paste.edit_key,
  });
  expect(changed.status, changed.text).toBe(200);
  expect(changed.headers.get('etag')).toBe('"2.1"');
  const now = changed.json(pasteShape);
  expect(now).toMatchObject({ slug: paste.slug, title: 'Kept', revision: 2, expires_at: paste.expires_at });
  expect(now.created_at).toBe(paste.created_at);
  expect(Date.parse(now.updated_at)).toBeGreaterThan(Date.parse(paste.updated_at));
  expect(now.files.map((file) => [file.name, file.language])).toEqual([
    ['a.py', 'python'],
    ['', 'text'],
  ]);
  expect((await api.get(`/${paste.slug}/raw`)).text).toBe('after');
  expect((await api.get(`/${paste.slug}/raw/2`)).text).toBe('another');
  expect((await api.get(path)).json(pasteShape)).toEqual(now);
});

test('changes settings without a new revision', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'text' });
  const path = `/api/v1/pastes/${paste.slug}`;
  const patch = (json: unknown) => api.send(path, { method: 'PATCH', json, editKey: paste.edit_key });
  const first = await patch({ title: 'New title', visibility: 'public', expires_in: 'never' });
  expect(first.headers.get('etag')).toBe('"1.2"');
  expect(first.json(pasteShape)).toMatchObject({
    title: 'New title',
    visibility: 'public',
    expires_at: null,
    revision: 1,
  });
  expect(await api.listFeed()).toContain(paste.slug);
  const second = await patch({ visibility: 'unlisted', expires_at: '2999-01-01T00:00:00Z', content: 'x' });
  expectProblem(second, 422);
  const third = await patch({
    visibility: 'unlisted',
    expires_at: '2050-01-01T00:00:00+02:00',
    content: 'both',
  });
  expect(third.headers.get('etag')).toBe('"2.3"');
  expect(third.json(pasteShape)).toMatchObject({ revision: 2, expires_at: '2049-12-31T22:00:00.000Z' });
  expect(await api.listFeed()).not.toContain(paste.slug);
  expect((await api.get(`/${paste.slug}/raw`)).text).toBe('both');
});

test('rejects an update of an outdated version', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'one' });
  const path = `/api/v1/pastes/${paste.slug}`;
  const patch = (content: string, ifMatch: string) =>
    api.send(path, {
      method: 'PATCH',
      json: { content },
      editKey: paste.edit_key,
      headers: { 'if-match': ifMatch },
    });
  expect((await patch('two', '"1.1"')).status).toBe(200);
  expectProblem(await patch('three', '"1.1"'), 412, 'stale');
  expectProblem(await patch('three', 'garbage'), 412, 'stale');
  expect((await api.get(`/${paste.slug}/raw`)).text).toBe('two');
  expect((await patch('three', '"1.1", "2.1"')).status).toBe(200);
  expect((await patch('four', '*')).headers.get('etag')).toBe('"4.1"');
});

test('lets one of two simultaneous changes win, and reports the other as a conflict', async ({
  api,
  createPaste,
}) => {
  const paste = await createPaste({ content: 'start' });
  const send = (content: string) =>
    api.send(`/api/v1/pastes/${paste.slug}`, {
      method: 'PATCH',
      json: { content },
      editKey: paste.edit_key,
      headers: { 'if-match': '"1.1"' },
    });
  const contents = ['a', 'b', 'c', 'd'];
  const statuses = (await Promise.all(contents.map(send))).map((answer) => answer.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 412)).toHaveLength(3);
  expect((await api.get(`/${paste.slug}/raw`)).text).toBe(contents[statuses.indexOf(200)]);
});

test('requires a credential first, and then gives one error for all cases', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'mine' });
  const other = await createPaste({ content: 'another' });
  for (const slug of [paste.slug, 'unknownPaste']) {
    const path = `/api/v1/pastes/${slug}`;
    const change = { method: 'PATCH', json: { content: 'theirs' } };
    expect(expectProblem(await api.send(path, change), 401, 'unauthorized').code).toBe('unauthorized');
    const removed = await api.send(path, { method: 'DELETE' });
    expectProblem(removed, 401, 'unauthorized');
    expect(removed.headers.get('www-authenticate')).toBe('Bearer');
    for (const editKey of [WRONG_KEY, other.edit_key, 'x'.repeat(5_000)]) {
      expectProblem(await api.send(path, { ...change, editKey }), 404, 'not_found');
      expectProblem(await api.send(path, { method: 'DELETE', editKey }), 404, 'not_found');
    }
  }
  expect((await api.get(`/${paste.slug}/raw`)).text).toBe('mine');
});

test('deletes at once and everywhere', async ({ api }) => {
  const paste = await api.create({ title: 'Gone', content: 'soon gone', visibility: 'public' });
  expect(await api.listFeed()).toContain(paste.slug);
  expect((await api.get(`/${paste.slug}/raw`)).status).toBe(200);
  const removed = await api.remove(paste);
  expect(removed.status).toBe(204);
  expect(removed.bytes).toHaveLength(0);
  expect(await lookEverywhere(api, paste.slug)).toEqual(goneEverywhere(paste.slug));
  expectProblem(await api.remove(paste), 404, 'not_found');
  const change = { method: 'PATCH', json: { content: 'back?' }, editKey: paste.edit_key };
  expectProblem(await api.send(`/api/v1/pastes/${paste.slug}`, change), 404, 'not_found');
});

test('checks a change as it checks a creation', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'valid' });
  const bad: [string, unknown][] = [
    ['', {}],
    ['content', { content: ' \n' }],
    ['files', { files: [] }],
    ['title', { title: 'x'.repeat(201) }],
    ['visibility', { visibility: 'private' }],
    ['expires_in', { expires_in: '5 minutes' }],
    ['expires_at', { expires_at: '2001-01-01T00:00:00Z' }],
    ['expires_at', { expires_in: '1h', expires_at: null }],
    ['content', { content: 'x', files: [{ content: 'x' }] }],
    ['revision', { revision: 7 }],
    ['slug', { slug: 'mine-now' }],
  ];
  for (const [path, json] of bad) {
    const answer = await api.send(`/api/v1/pastes/${paste.slug}`, {
      method: 'PATCH',
      json,
      editKey: paste.edit_key,
    });
    const problem = expectProblem(answer, 422, 'validation_failed');
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  }
  expect((await api.get(`/api/v1/pastes/${paste.slug}`)).headers.get('etag')).toBe('"1.1"');
});

test('the forms of the page answer on every mount', async ({ api, createPaste, sheaf }) => {
  const { slug, edit_key } = await createPaste({ content: 'text' });
  const post = (form: string, fields: Record<string, string>, accept = 'text/plain') =>
    api.send(`/${slug}/forms/${form}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { accept, origin: sheaf.url, cookie: `sheaf_edit_keys=${slug}~${edit_key}` },
    });
  const settings = { visibility: 'public', lifetime: '1h', etag: '"1.1"' };
  const saved = await post('settings', settings);
  expect([saved.status, saved.text]).toEqual([200, `/${slug}?saved`]);
  expect((await post('settings', settings)).status).toBe(412);
  const refused = await post('settings', settings, 'text/html');
  expect([refused.status, refused.headers.get('location')]).toEqual([303, `/${slug}?refused=stale`]);
  expect((await api.get(`/${slug}?refused=stale`)).text).toContain('role="alert"');
  expect((await api.get(`/api/v1/pastes/${slug}`)).json(pasteShape).visibility).toBe('public');
  const deleted = await post('delete', {}, 'text/html');
  expect([deleted.status, deleted.headers.get('location')]).toEqual([303, '/?deleted']);
  expect(deleted.headers.getSetCookie()).toEqual([expect.stringMatching(/^sheaf_edit_keys=; Max-Age=0;/)]);
  expect((await api.get(`/${slug}`)).status).toBe(404);
  expect((await api.get(`/${slug}/forms/delete`)).status).toBe(405);
});
