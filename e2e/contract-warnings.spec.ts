import { RANDOM } from '../test/planted-credentials';
import { expect, test } from './fixtures';
import { join } from './support/accounts';
import { pasteShape } from './support/shapes';

const PASSWORD = RANDOM.slice(0, 12);
const TOKEN = `gh${'p'}_${RANDOM.slice(0, 36)}`;
const ENV = `# local\nDB_PASSWORD=${PASSWORD}\n`;

const GITHUB_DETAIL = {
  code: 'credentials',
  path: 'files.1.content',
  line: 1,
  kind: 'github_token',
  message: 'Possible credential: GitHub token.',
};
const PASSWORD_DETAIL = {
  code: 'credentials',
  path: 'files.0.content',
  line: 2,
  kind: 'assignment',
  message: 'Possible credential: password or token.',
};

test('a paste with credentials is created, with warnings that name their places', async ({
  api,
  createPaste,
}) => {
  for (const visibility of ['unlisted', 'public']) {
    const paste = await createPaste({
      visibility,
      files: [{ content: ENV }, { content: `${TOKEN} is mine` }],
    });
    expect(paste.warnings).toEqual(['credentials']);
    expect(paste.warning_details).toEqual([PASSWORD_DETAIL, GITHUB_DETAIL]);
    const read = await api.get(`/api/v1/pastes/${paste.slug}`);
    expect(read.json(pasteShape)).toMatchObject({ warnings: [] });
    expect(read.json(pasteShape).warning_details).toBeUndefined();
    expect((await api.get(`/${paste.slug}/raw/1`)).text).toBe(ENV);
  }
});

test('the credentials themselves are never repeated', async ({ api }) => {
  const answer = await api.post('/api/v1/pastes', { content: `${ENV}${TOKEN}\n` });
  expect(answer.status).toBe(201);
  expect(answer.text).toContain('"credentials"');
  for (const secret of [PASSWORD, TOKEN]) expect(answer.text).not.toContain(secret);
});

test('every warning has its place in the same list', async ({ createPaste }) => {
  const paste = await createPaste({
    title: 'b\u202ea',
    files: [{ name: 'a\u200bb.env', language: 'klingon', content: `x\ny\u202e\n${ENV}` }],
  });
  expect(paste.warnings).toEqual(['bidi_controls', 'zero_width', 'language_unknown', 'credentials']);
  expect(paste.warning_details?.map(({ code, path, line }) => [code, path, line])).toEqual([
    ['bidi_controls', 'title', null],
    ['zero_width', 'files.0.name', null],
    ['bidi_controls', 'files.0.content', 2],
    ['language_unknown', 'files.0.language', null],
    ['credentials', 'files.0.content', 4],
  ]);
});

test('a text sent by a terminal is warned of in a header', async ({ api }) => {
  const answer = await api.postText('', ENV);
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-warnings')).toBe('credentials');
  expect((await api.postText('', 'DB_PASSWORD=changeme\n')).headers.get('x-warnings')).toBeNull();
});

test('an edit warns of the credentials in its text', async ({ api, createPaste }) => {
  const { slug, edit_key, warnings } = await createPaste({ content: 'nothing yet\n' });
  expect(warnings).toEqual([]);
  const patch = (json: object) =>
    api.send(`/api/v1/pastes/${slug}`, { method: 'PATCH', editKey: edit_key, json });
  const changed = await patch({ content: ENV });
  expect(changed.status).toBe(200);
  expect(changed.json(pasteShape)).toMatchObject({
    warnings: ['credentials'],
    warning_details: [PASSWORD_DETAIL],
    revision: 2,
  });
  expect((await patch({ title: 'Only a title' })).json(pasteShape).warnings).toEqual([]);
});

test('at most twenty places are listed', async ({ createPaste }) => {
  const lines = Array.from({ length: 50 }, (_, at) => `PASSWORD=${RANDOM.slice(at, at + 10)}`);
  const { warning_details } = await createPaste({ content: lines.join('\n') });
  expect(warning_details?.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
});

test('a retry answers the same warnings', async ({ api }) => {
  const headers = { 'idempotency-key': `warned-${RANDOM.slice(0, 9)}-${Date.now()}` };
  const send = () => api.send('/api/v1/pastes', { method: 'POST', json: { content: ENV }, headers });
  const [first, again] = [await send(), await send()];
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(JSON.parse(again.text)).toEqual(JSON.parse(first.text));
});

test('a stored text is warned of once more people can read it', async ({ api, sheaf }) => {
  const { bearer: headers } = await join(api, sheaf);
  const json = { content: ENV, visibility: 'private' };
  const made = await api.send('/api/v1/pastes', { method: 'POST', json, headers });
  const { slug, warnings } = made.json(pasteShape);
  expect(warnings).toEqual([]);
  const patch = async (change: object) => {
    const answer = await api.send(`/api/v1/pastes/${slug}`, { method: 'PATCH', json: change, headers });
    return answer.json(pasteShape);
  };
  expect((await patch({ content: `${ENV}# more\n` })).warnings).toEqual([]);
  for (const visibility of ['unlisted', 'public']) {
    const opened = await patch({ visibility });
    expect(opened).toMatchObject({ warnings: ['credentials'], warning_details: [PASSWORD_DETAIL] });
  }
  expect((await patch({ visibility: 'public' })).warnings).toEqual([]);
  expect((await patch({ visibility: 'unlisted' })).warnings).toEqual([]);
});
