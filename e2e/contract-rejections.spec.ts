import { test as base, expect } from './fixtures';
import { expectProblem } from './support/checks';
import { addedSince, listStored } from './support/storage';

/** Every test here sends an invalid request, and checks that nothing new is stored or in the feed. */
const test = base.extend<{ nothingStored: undefined }>({
  nothingStored: [
    async ({ api, sheaf }, use) => {
      const list = async () => [
        ...(await listStored(sheaf.databaseUrl, sheaf.blobFolder)),
        ...(await api.listFeed()).map((slug) => `in the feed: ${slug}`),
      ];
      const before = await list();
      await use(undefined);
      expect(addedSince(before, await list())).toEqual([]);
    },
    { auto: true },
  ],
});

const PASTES = '/api/v1/pastes';
const file = (name: string) => ({ files: [{ name, content: 'x' }] });

const BAD_JSON: [name: string, body: unknown, path: string][] = [
  ['no text at all', {}, 'files'],
  ['no file', { files: [] }, 'files'],
  ['an empty text', { content: '' }, 'content'],
  ['nothing but blanks', { content: ' \n\t\r\n\u00a0\ufeff' }, 'content'],
  ['files of nothing but blanks', { files: [{ content: '' }, { content: ' \n' }] }, 'files.0.content'],
  ['21 files', { files: Array.from({ length: 21 }, () => ({ content: 'x' })) }, 'files'],
  ['both forms at once', { content: 'x', files: [{ content: 'x' }] }, 'content'],
  ['NUL in the text', { content: 'a\0b' }, 'content'],
  ['NUL in a second file', { files: [{ content: 'a' }, { content: '\0' }] }, 'files.1.content'],
  ['NUL in the title', { title: 'a\0b', content: 'x' }, 'title'],
  ['a line break in the title', { title: 'a\nb', content: 'x' }, 'title'],
  ['a title of 201 characters', { title: 'x'.repeat(201), content: 'x' }, 'title'],
  ['a name with a path', file('../../etc/passwd'), 'files.0.name'],
  ['a name with a backslash', file('..\\boot.ini'), 'files.0.name'],
  ['the name of the parent folder', file('..'), 'files.0.name'],
  ['a name of 300 characters', file('n'.repeat(300)), 'files.0.name'],
  ['NUL in a name', file('a\0.txt'), 'files.0.name'],
  ['a language without a text of its own', { language: 'python', files: [{ content: 'x' }] }, 'language'],
  ['a lifetime that is none', { content: 'x', expires_in: 'soon' }, 'expires_in'],
  ['a lifetime of nothing', { content: 'x', expires_in: 'PT0S' }, 'expires_in'],
  ['a lifetime backwards', { content: 'x', expires_in: '-P1D' }, 'expires_in'],
  ['a lifetime backwards inside', { content: 'x', expires_in: 'P-1D' }, 'expires_in'],
  ['a lifetime under a second', { content: 'x', expires_in: 'PT0.5S' }, 'expires_in'],
  ['a lifetime over 100 years', { content: 'x', expires_in: 'P101Y' }, 'expires_in'],
  ['a lifetime beyond all numbers', { content: 'x', expires_in: `P${'9'.repeat(40)}Y` }, 'expires_in'],
  ['a lifetime of 10 KB', { content: 'x', expires_in: 'P1D'.repeat(3_000) }, 'expires_in'],
  ['a lifetime named after a method', { content: 'x', expires_in: 'toString' }, 'expires_in'],
  ['an expiry in the past', { content: 'x', expires_at: '2001-01-01T00:00:00Z' }, 'expires_at'],
  ['an expiry beyond 100 years', { content: 'x', expires_at: '2999-01-01T00:00:00Z' }, 'expires_at'],
  ['an expiry without a zone', { content: 'x', expires_at: '2030-01-01T00:00:00' }, 'expires_at'],
  ['an expiry on a day that is not', { content: 'x', expires_at: '2030-02-30T00:00:00Z' }, 'expires_at'],
  ['an expiry that is a number', { content: 'x', expires_at: 1_900_000_000 }, 'expires_at'],
  ['two lifetimes', { content: 'x', expires_in: '1h', expires_at: '2030-01-01T00:00:00Z' }, 'expires_at'],
  ['an unknown visibility', { content: 'x', visibility: 'secret' }, 'visibility'],
  ['an anonymous private paste', { content: 'x', visibility: 'private' }, 'visibility'],
  ['an anonymous custom link', { content: 'x', slug: 'my-link' }, 'slug'],
  ['an unknown field', { content: 'x', colour: 'red' }, 'colour'],
  ['an unknown field of a file', { files: [{ content: 'x', mode: 7 }] }, 'files.0.mode'],
  ['a number for the text', { content: 42 }, 'content'],
  ['an array for the text', { content: ['x'] }, 'content'],
  ['an object for the text', { content: { toString: 'x' } }, 'content'],
  ['null for the text', { content: null }, 'content'],
  ['an array for the title', { title: ['x'], content: 'x' }, 'title'],
  ['an array for the lifetime', { content: 'x', expires_in: ['1h'] }, 'expires_in'],
  ['a string for the files', { files: 'x' }, 'files'],
  ['an object for the files', { files: { 0: { content: 'x' }, length: 1 } }, 'files'],
  ['strings as files', { files: ['x'] }, 'files.0'],
  ['null as a file', { files: [null] }, 'files.0'],
  ['an array as the paste', [{ content: 'x' }], ''],
  ['a string as the paste', 'x', ''],
  ['null as the paste', null, ''],
];

for (const [name, body, path] of BAD_JSON) {
  test(`rejects ${name}`, async ({ api }) => {
    const problem = expectProblem(await api.post(PASTES, body), 422, 'validation_failed');
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  });
}

const BAD_BYTES: [name: string, body: string | Buffer, status: number][] = [
  ['JSON cut short', '{"content": "x"', 400],
  ['an empty body as JSON', '', 400],
  ['JSON with a comment', '{"content": "x"} // hello', 400],
  ['JSON of single quotes', "{'content': 'x'}", 400],
  ['JSON nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 422],
  [
    'JSON nested 100,000 deep where a text belongs',
    `{"content":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    422,
  ],
  ['JSON nested 100,000 deep and left open', '{"a":'.repeat(100_000), 400],
  ['a lone surrogate in the text', '{"content": "a\\ud800b"}', 422],
  ['a lone surrogate in the title', '{"title": "\\udc00", "content": "x"}', 422],
  ['a lone surrogate in a name', '{"files": [{"name": "\\ud83d", "content": "x"}]}', 422],
  ['invalid UTF-8 in JSON', Buffer.from('{"content": "\xff\xfe"}', 'latin1'), 422],
  ['an escaped NUL in JSON', '{"content": "a\\u0000b"}', 422],
  ['__proto__ as a field', '{"content": "x", "__proto__": {"visibility": "public"}}', 422],
  ['constructor as a field', '{"content": "x", "constructor": {"prototype": {}}}', 422],
  ['__proto__ as a field of a file', '{"files": [{"content": "x", "__proto__": {"name": "y"}}]}', 422],
];

for (const [name, body, status] of BAD_BYTES) {
  test(`rejects ${name}`, async ({ api }) => {
    const headers = { 'content-type': 'application/json' };
    expectProblem(
      await api.send(PASTES, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers }),
      status,
    );
  });
}

const BAD_TEXT: [name: string, query: string, body: string | Buffer, path: string][] = [
  ['an empty text from a terminal', '', '', 'files.0.content'],
  ['blanks from a terminal', '', '\n\n', 'files.0.content'],
  ['NUL from a terminal', '', 'a\0b', 'files.0.content'],
  ['invalid UTF-8 from a terminal', '', Buffer.from([0x61, 0xff, 0x62]), 'content'],
  ['overlong UTF-8 from a terminal', '', Buffer.from([0xc0, 0xaf]), 'content'],
  ['a surrogate in UTF-8 from a terminal', '', Buffer.from([0xed, 0xa0, 0x80]), 'content'],
  ['UTF-16 from a terminal', '', Buffer.from('\ufefftext', 'utf16le'), 'content'],
  ['an unknown option', '?colour=red', 'x', 'colour'],
  ['an option twice', '?language=python&language=rust', 'x', 'language'],
  ['a name with a path in the query', '?name=..%2Fx', 'x', 'files.0.name'],
  ['a past in the query', '?expires_at=2001-01-01T00:00:00Z', 'x', 'expires_at'],
  ['private in the query', '?visibility=private', 'x', 'visibility'],
  ['a NUL in the query', '?title=a%00b', 'x', 'title'],
];

for (const [name, query, body, path] of BAD_TEXT) {
  test(`rejects ${name}`, async ({ api }) => {
    const answer = await api.postText(query, new Uint8Array(Buffer.from(body)));
    const problem = expectProblem(answer, 422, 'validation_failed');
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  });
}

const text = (content: string | Uint8Array<ArrayBuffer>, name = 'a.txt') => new File([content], name);
const BAD_FORMS: [name: string, parts: [string, File | string][], path: string][] = [
  ['a form without a file', [], 'files'],
  [
    'a form with another part',
    [
      ['file', text('x')],
      ['title', 'x'],
    ],
    'title',
  ],
  ['21 files in a form', Array.from({ length: 21 }, () => ['file', text('x')]), 'files'],
  ['an empty file in a form', [['file', text('')]], 'files.0.content'],
  ['NUL in a form', [['file', text('a\0')]], 'files.0.content'],
  [
    'invalid UTF-8 in a form',
    [
      ['file', text('x')],
      ['file', text(new Uint8Array([0xff]))],
    ],
    'files.1.content',
  ],
  ['a path in a form', [['file', text('x', '../x')]], 'files.0.name'],
];

for (const [name, parts, path] of BAD_FORMS) {
  test(`rejects ${name}`, async ({ api }) => {
    const form = new FormData();
    for (const [field, value] of parts) form.append(field, value);
    const problem = expectProblem(await api.send(PASTES, { method: 'POST', body: form }), 422);
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  });
}

test('rejects an invalid form body', async ({ api }) => {
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
    const headers = { 'content-type': type };
    expectProblem(
      await api.send(PASTES, { method: 'POST', body: 'not a form', headers }),
      400,
      'malformed_body',
    );
  }
});

test('rejects one byte over the limit from everywhere', async ({ api }) => {
  const tooMuch = 'x'.repeat(4 * 1024 * 1024 + 1);
  expectProblem(await api.post(PASTES, { content: tooMuch }), 413, 'too_large');
  expectProblem(await api.postText('', tooMuch), 413, 'too_large');
  const form = new FormData();
  form.append('file', text(tooMuch.slice(1)));
  form.append('file', text('x'));
  expectProblem(await api.send(PASTES, { method: 'POST', body: form }), 413, 'too_large');
});

test('rejects a body far beyond the limit', async ({ api }) => {
  const flood = 'x'.repeat(32 * 1024 * 1024);
  for (const type of ['text/plain', 'application/json']) {
    // A server may answer before it has read all of it, and then hang up.
    const answer = await api.postText('', flood, { 'content-type': type }).catch(() => null);
    if (answer !== null) expectProblem(answer, 413, 'too_large');
  }
  expect((await api.get('/api/health')).status).toBe(200);
});

test('rejects compressed bodies and other media types', async ({ api }) => {
  for (const encoding of ['gzip', 'br', 'deflate']) {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    const sent = await api.send(PASTES, { method: 'POST', body: '{"content":"x"}', headers });
    expectProblem(sent, 415, 'unsupported_media_type');
  }
  const options = { method: 'PATCH', body: 'x', headers: { 'content-type': 'text/plain' }, editKey: 'x' };
  expectProblem(await api.send(`${PASTES}/unknownPaste`, options), 415, 'unsupported_media_type');
});
