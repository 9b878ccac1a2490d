import { createHash } from 'node:crypto';
import { expect, test } from './fixtures';
import { expectCommonHeaders, expectProblem } from './support/checks';
import { createdPasteShape, pasteShape } from './support/shapes';
import { DELICATE_TEXTS } from './support/texts';

const MAX_TEXT_BYTES = 4 * 1024 * 1024;

test('creates a paste of several files from JSON', async ({ api, sheaf }) => {
  const files = [
    { name: 'retry.ts', language: 'typescript', content: 'export const wait = 1;\n' },
    { name: 'заметки.md', content: '# Заметки\n' },
    { content: '' },
  ];
  const answer = await api.post('/api/v1/pastes', {
    title: 'Retry with jitter',
    files,
    visibility: 'unlisted',
    expires_in: '1h',
  });
  expect(answer.status).toBe(201);
  expectCommonHeaders(answer);
  const paste = answer.json(createdPasteShape);
  expect(answer.headers.get('location')).toBe(paste.url);
  expect(answer.headers.get('etag')).toBe('"1.1"');
  expect(paste.url).toBe(`${sheaf.url}/${paste.slug}`);
  expect(paste.raw_url).toBe(`${paste.url}/raw`);
  expect(paste).toMatchObject({
    title: 'Retry with jitter',
    visibility: 'unlisted',
    owner: null,
    revision: 1,
    burn_after: null,
    reads: null,
    encryption: null,
    warnings: [],
  });
  expect(paste.files.map((file) => [file.name, file.language, file.bytes, file.lines])).toEqual([
    ['retry.ts', 'typescript', 23, 1],
    ['заметки.md', 'markdown', 17, 1],
    ['', 'text', 0, 1],
  ]);
  for (const [index, file] of paste.files.entries()) {
    const digest = createHash('sha256').update(files[index]?.content ?? '');
    expect(file.sha256).toBe(digest.digest('hex'));
    expect(file.raw_url).toBe(`${paste.url}/raw/${index + 1}`);
  }
  const { edit_key: _shownOnce, ...rest } = paste;
  expect((await api.get(`/api/v1/pastes/${paste.slug}`)).json(pasteShape)).toEqual(rest);
  await api.remove(paste);
});

test('creates a paste of one file from the short form', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'print("hello")\n', language: 'python' });
  expect(paste.files).toHaveLength(1);
  expect(paste.files[0]).toMatchObject({ name: '', language: 'python', bytes: 15 });
  expect((await api.get(`/${paste.slug}/raw`)).text).toBe('print("hello")\n');
});

test('keeps an anonymous paste for a week unless told otherwise', async ({ createPaste }) => {
  const paste = await createPaste({ content: 'a week' });
  expect(Date.parse(paste.expires_at ?? '') - Date.parse(paste.created_at)).toBe(7 * 24 * 3600 * 1000);
  expect((await createPaste({ content: 'kept', expires_in: 'never' })).expires_at).toBeNull();
});

test('guesses a language from the name and takes aliases', async ({ createPaste }) => {
  const paste = await createPaste({
    files: [
      { name: 'main.rs', content: 'fn main() {}' },
      { language: 'js', content: 'x' },
    ],
  });
  expect(paste.files.map((file) => file.language)).toEqual(['rust', 'javascript']);
});

test('takes a title and names of the greatest length, trimmed', async ({ createPaste }) => {
  const paste = await createPaste({
    title: `  ${'ж'.repeat(200)}  `,
    files: [{ name: 'n'.repeat(255), content: 'x' }],
  });
  expect(paste.title).toBe('ж'.repeat(200));
  expect(paste.files[0]?.name).toHaveLength(255);
});

test('takes twenty files', async ({ api, createPaste }) => {
  const files = Array.from({ length: 20 }, (_, index) => ({
    name: `${index}.txt`,
    content: `file ${index}`,
  }));
  const paste = await createPaste({ files });
  expect(paste.files.map((file) => file.name)).toEqual(files.map((file) => file.name));
  expect((await api.get(`/${paste.slug}/raw/20`)).text).toBe('file 19');
  expectProblem(await api.get(`/${paste.slug}/raw/21`), 404, 'not_found');
});

test('warns when a text reorders what is displayed', async ({ createPaste }) => {
  const paste = await createPaste({ content: 'if (admin) { /* \u202e } */' });
  expect(paste.warnings).toEqual(['bidi_controls']);
});

for (const [name, text] of Object.entries(DELICATE_TEXTS)) {
  test(`keeps every byte of ${name}`, async ({ api, createPaste }) => {
    const bytes = Buffer.from(text);
    const fromJson = await createPaste({ content: text });
    expect((await api.get(`/${fromJson.slug}/raw`)).bytes).toEqual(bytes);
    const read = (await api.get(`/api/v1/pastes/${fromJson.slug}?content=1`)).json(pasteShape);
    expect(read.files[0]?.content).toBe(text);

    const sent = await api.postText('', bytes);
    expect(sent.status, sent.text).toBe(201);
    const slug = sent.text.trim().split('/').at(-1) ?? '';
    expect((await api.get(`/${slug}/raw`)).bytes).toEqual(bytes);
    await api.remove({ slug, edit_key: sent.headers.get('x-edit-key') ?? '' });

    const form = new FormData();
    form.append('file', new File([bytes], 'text.txt'));
    const posted = await api.send('/api/v1/pastes', { method: 'POST', body: form });
    expect(posted.status, posted.text).toBe(201);
    const postedSlug = posted.text.trim().split('/').at(-1) ?? '';
    expect((await api.get(`/${postedSlug}/download`)).bytes).toEqual(bytes);
    await api.remove({ slug: postedSlug, edit_key: posted.headers.get('x-edit-key') ?? '' });
  });
}

test('answers a terminal with the link and a newline, the key in a header', async ({ api, sheaf }) => {
  const query =
    '?title=From%20a%20terminal&name=notes.md&language=markdown&expires_in=1d&visibility=unlisted';
  const answer = await api.postText(query, '# Notes\n', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(answer.text).toMatch(new RegExp(`^${sheaf.url}/[1-9A-Za-z]{12}\n$`));
  expect(answer.headers.get('location')).toBe(answer.text.trim());
  const slug = answer.text.trim().slice(sheaf.url.length + 1);
  const paste = (await api.get(`/api/v1/pastes/${slug}`)).json(pasteShape);
  expect(paste.title).toBe('From a terminal');
  expect(paste.files[0]).toMatchObject({ name: 'notes.md', language: 'markdown', bytes: 8 });
  expect(Date.parse(paste.expires_at ?? '') - Date.parse(paste.created_at)).toBe(24 * 3600 * 1000);
  const removed = await api.remove({ slug, edit_key: answer.headers.get('x-edit-key') ?? '' });
  expect(removed.status).toBe(204);
});

test('takes several files from a form, with their names', async ({ api }) => {
  const form = new FormData();
  form.append('file', new File(['export const a = 1;\n'], 'a.ts'));
  form.append('file', new File(['b\r\n'], 'б.txt'));
  const answer = await api.send('/api/v1/pastes?title=Two', { method: 'POST', body: form });
  expect(answer.status, answer.text).toBe(201);
  const slug = answer.text.trim().split('/').at(-1) ?? '';
  const paste = (await api.get(`/api/v1/pastes/${slug}?content=1`)).json(pasteShape);
  expect(paste.title).toBe('Two');
  expect(paste.files.map((file) => [file.name, file.content])).toEqual([
    ['a.ts', 'export const a = 1;\n'],
    ['б.txt', 'b\r\n'],
  ]);
  await api.remove({ slug, edit_key: answer.headers.get('x-edit-key') ?? '' });
});

test('takes exactly 4 MiB, however it is sent, and not one byte more', async ({ api, createPaste }) => {
  const line = `${'ё'.repeat(31)}\n\n`;
  const text = line.repeat(MAX_TEXT_BYTES / Buffer.byteLength(line));
  expect(Buffer.byteLength(text)).toBe(MAX_TEXT_BYTES);
  const paste = await createPaste({ content: text });
  expect((await api.get(`/${paste.slug}/raw`)).bytes.equals(Buffer.from(text))).toBe(true);
  expect((await api.get(`/${paste.slug}/download`)).bytes.equals(Buffer.from(text))).toBe(true);
  const read = (await api.get(`/api/v1/pastes/${paste.slug}?content=1`)).json(pasteShape);
  expect(read.files[0]?.content === text).toBe(true);

  const sent = await api.postText('', text);
  expect(sent.status).toBe(201);
  const slug = sent.text.trim().split('/').at(-1) ?? '';
  await api.remove({ slug, edit_key: sent.headers.get('x-edit-key') ?? '' });

  expectProblem(await api.post('/api/v1/pastes', { content: `${text}x` }), 413, 'too_large');
  expectProblem(await api.postText('', `${text}x`), 413, 'too_large');
  const halves = [
    { content: text.slice(0, text.length / 2) },
    { content: `${text.slice(text.length / 2)}x` },
  ];
  expectProblem(await api.post('/api/v1/pastes', { files: halves }), 413, 'too_large');
});

test('takes 4 MiB of characters that JSON writes with six', async ({ api, createPaste }) => {
  const text = '\u0001'.repeat(MAX_TEXT_BYTES);
  const paste = await createPaste({ content: text });
  expect((await api.get(`/${paste.slug}/raw`)).bytes.equals(Buffer.from(text))).toBe(true);
});
