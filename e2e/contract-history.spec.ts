import { expect, test } from './fixtures';
import { expectProblem } from './support/checks';
import { historyShape, revisionShape } from './support/shapes';

const WRONG_KEY = 'AAAAAAAAAAAAAAAAAAAAAA';

test('keeps every revision for its author, newest first', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'one\r\n', expires_in: '1d' });
  const path = `/api/v1/pastes/${paste.slug}`;
  const editKey = paste.edit_key;
  for (const content of ['two', 'three', 'four']) {
    expect((await api.send(path, { method: 'PATCH', json: { content }, editKey })).status).toBe(200);
  }
  await api.send(path, { method: 'PATCH', json: { title: 'No new revision' }, editKey });

  const first = (await api.send(`${path}/revisions?limit=3`, { editKey })).json(historyShape);
  expect(first.items.map(({ number, current }) => [number, current])).toEqual([
    [4, true],
    [3, false],
    [2, false],
  ]);
  const rest = await api.send(`${path}/revisions?limit=3&cursor=${first.next_cursor}`, { editKey });
  expect(rest.json(historyShape)).toMatchObject({ items: [{ number: 1 }], next_cursor: null });

  const oldest = await api.send(`${path}/revisions/1`, { editKey });
  expect(oldest.json(revisionShape).files[0]?.content).toBe('one\r\n');
  expect((await api.get(`/${paste.slug}/raw`)).text).toBe('four');
});

test('hides the history from other callers', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'first thought', visibility: 'public' });
  const path = `/api/v1/pastes/${paste.slug}`;
  const change = { method: 'PATCH', json: { content: 'second thought' }, editKey: paste.edit_key };
  expect((await api.send(path, change)).status).toBe(200);
  for (const address of [`${path}/revisions`, `${path}/revisions/1`, `${path}/revisions/2`]) {
    expectProblem(await api.get(address), 404, 'not_found');
    expectProblem(await api.send(address, { editKey: WRONG_KEY }), 404, 'not_found');
  }
  expectProblem(await api.send(`${path}/revisions/1`, { method: 'DELETE' }), 401, 'unauthorized');
  const removal = { method: 'DELETE', editKey: WRONG_KEY };
  expectProblem(await api.send(`${path}/revisions/1`, removal), 404, 'not_found');
});

test('ends an earlier revision and never the current one', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'a secret, by mistake' });
  const path = `/api/v1/pastes/${paste.slug}`;
  const editKey = paste.edit_key;
  expect((await api.send(path, { method: 'PATCH', json: { content: 'clean' }, editKey })).status).toBe(200);
  expectProblem(await api.send(`${path}/revisions/2`, { method: 'DELETE', editKey }), 409, 'conflict');
  expect((await api.send(`${path}/revisions/1`, { method: 'DELETE', editKey })).status).toBe(204);
  expectProblem(await api.send(`${path}/revisions/1`, { editKey }), 404, 'not_found');
  expectProblem(await api.send(`${path}/revisions/1`, { method: 'DELETE', editKey }), 404, 'not_found');
  const left = (await api.send(`${path}/revisions`, { editKey })).json(historyShape);
  expect(left.items.map(({ number }) => number)).toEqual([2]);
  expect((await api.get(`/${paste.slug}/raw`)).text).toBe('clean');
  for (const n of ['0', '-1', '01', '1.0', 'x', '9999999999', '%00']) {
    expectProblem(await api.send(`${path}/revisions/${n}`, { editKey }), 404, 'not_found');
  }
  for (const query of [
    'cursor=garbage',
    'cursor=0',
    'cursor=99999999999',
    'limit=0',
    'limit=1&limit=2',
    'x=1',
  ]) {
    expectProblem(await api.send(`${path}/revisions?${query}`, { editKey }), 422, 'validation_failed');
  }
});
