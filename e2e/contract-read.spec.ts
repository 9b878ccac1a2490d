import { unzipSync } from 'fflate';
import { expect, test } from './fixtures';
import { expectCommonHeaders, expectProblem } from './support/checks';
import { pasteShape } from './support/shapes';

const RAW_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

function zipEntries(bytes: Buffer): { names: string[]; files: Record<string, Uint8Array> } {
  const names: string[] = [];
  const files = unzipSync(bytes, {
    filter: ({ name }) => {
      names.push(name);
      return true;
    },
  });
  return { names, files };
}

test('returns a paste without its text, or with it on request', async ({ api, createPaste }) => {
  const paste = await createPaste({
    title: 'Read',
    files: [{ name: 'a.txt', content: 'alpha' }, { content: 'b' }],
  });
  const path = `/api/v1/pastes/${paste.slug}`;
  const metadata = await api.get(path);
  expect(metadata.status).toBe(200);
  expect(metadata.headers.get('content-type')).toBe('application/json');
  expect(metadata.headers.get('etag')).toBe('"1.1"');
  expect(metadata.text).not.toContain('alpha');
  expect(metadata.text).not.toContain(paste.edit_key);
  const without = metadata.json(pasteShape);
  expect(without.files.every((file) => file.content === undefined)).toBe(true);
  expect((await api.get(`${path}?content=0`)).json(pasteShape)).toEqual(without);
  const full = await api.get(`${path}?content=1`);
  expect(full.headers.get('etag')).toBe('"1.1"');
  expect(full.json(pasteShape).files.map((file) => file.content)).toEqual(['alpha', 'b']);
});

test('gives the bytes of each file at every address', async ({ api, createPaste }) => {
  const contents = ['one\r\n', '<script>alert(1)</script>', 'три'];
  const { slug } = await createPaste({ files: contents.map((content) => ({ content })) });
  const v1 = `/api/v1/pastes/${slug}`;
  const expected: [string, string | undefined][] = [
    [`/${slug}/raw`, contents[0]],
    [`${v1}/raw`, contents[0]],
    ...contents.flatMap((content, index): [string, string][] => [
      [`/${slug}/raw/${index + 1}`, content],
      [`${v1}/files/${index + 1}/raw`, content],
    ]),
  ];
  for (const [path, content] of expected) {
    const answer = await api.get(path);
    expect(answer.status, path).toBe(200);
    expect(answer.text, path).toBe(content);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toBe(RAW_POLICY);
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expectCommonHeaders(answer);
  }
  for (const n of ['0', '4', '01', '99', '1.0', '-1', 'x', '1e0']) {
    const answer = await api.get(`${v1}/files/${n}/raw`);
    expectProblem(answer, 404, 'not_found');
    expect((await api.get(`/${slug}/raw/${n}`)).status, n).toBe(404);
  }
});

test('lets search engines see public pastes only', async ({ api, createPaste }) => {
  const open = await createPaste({ content: 'x', visibility: 'public' });
  const unlisted = await createPaste({ content: 'x' });
  for (const path of ['/raw', '/download']) {
    expect((await api.get(`/${open.slug}${path}`)).headers.has('x-robots-tag')).toBe(false);
    expect((await api.get(`/${unlisted.slug}${path}`)).headers.get('x-robots-tag')).toBe('noindex');
  }
  const path = `/api/v1/pastes/${unlisted.slug}`;
  expect((await api.get(path)).headers.get('x-robots-tag')).toBe('noindex');
});

test('downloads one file under its name', async ({ api, createPaste }) => {
  const named = await createPaste({ files: [{ name: 'отчёт "x";.txt', content: 'line\r\n' }] });
  const answer = await api.get(`/${named.slug}/download`);
  expect(answer.text).toBe('line\r\n');
  const disposition = answer.headers.get('content-disposition') ?? '';
  expect(disposition).toMatch(/^attachment; /);
  expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent('отчёт "x";.txt')}`);
  expectCommonHeaders(answer);
  const unnamed = await createPaste({ content: 'fn main() {}', language: 'rust' });
  const other = await api.get(`/${unnamed.slug}/download`);
  expect(other.headers.get('content-disposition')).toMatch(
    new RegExp(`^attachment; filename="?${unnamed.slug}[.]rs"?$`),
  );
});

test('downloads several files as a zip with a name for each', async ({ api, createPaste }) => {
  const files = [
    { name: 'a.txt', content: 'first\r\n' },
    { name: 'a.txt', content: '\ufeffsecond' },
    { name: 'A.TXT', content: 'third' },
    { name: '', language: 'python', content: 'fourth' },
    { name: 'имя.txt', content: '' },
    { name: 'a (2).txt', content: 'sixth' },
  ];
  const paste = await createPaste({ files });
  const answer = await api.get(`/${paste.slug}/download`);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toMatch(
    new RegExp(`^attachment; filename="?${paste.slug}[.]zip"?$`),
  );
  expectCommonHeaders(answer);
  const zip = zipEntries(answer.bytes);
  expect(zip.names).toHaveLength(files.length);
  expect(new Set(zip.names.map((name) => name.toLowerCase())).size).toBe(files.length);
  expect(zip.names[0]).toBe('a.txt');
  expect(zip.names[4]).toBe('имя.txt');
  expect(zip.names[3]).toMatch(/\.py$/);
  const contents = zip.names.map((name) => Buffer.from(zip.files[name] ?? []).toString());
  expect(contents).toEqual(files.map((file) => file.content));
});

test('zips twenty files of 4 MiB in all', async ({ api, createPaste }) => {
  const content = 'x'.repeat((4 * 1024 * 1024) / 20);
  const paste = await createPaste({
    files: Array.from({ length: 20 }, (_, index) => ({ name: `${index}`, content })),
  });
  const zip = zipEntries((await api.get(`/${paste.slug}/download`)).bytes);
  expect(zip.names).toHaveLength(20);
  for (const name of zip.names)
    expect(Buffer.from(zip.files[name] ?? []).equals(Buffer.from(content))).toBe(true);
});

test('answers HEAD as GET, without the body', async ({ api, createPaste }) => {
  const { slug } = await createPaste({ files: [{ name: 'a.txt', content: 'alpha' }], visibility: 'public' });
  const paths = [
    `/${slug}/raw`,
    `/${slug}/raw/1`,
    `/${slug}/download`,
    `/api/v1/pastes/${slug}`,
    `/api/v1/pastes/${slug}?content=1`,
    `/api/v1/pastes/${slug}/raw`,
    `/api/v1/pastes/${slug}/files/1/raw`,
    '/api/v1/pastes',
    '/api/v1/openapi.json',
    '/api/health',
    '/api/ready',
    '/api/cron/sweep',
    '/api/v1/unknown',
    '/unknownPaste/raw',
  ];
  for (const path of paths) {
    const head = await api.send(path, { method: 'HEAD' });
    const got = await api.get(path);
    expect(head.bytes, path).toHaveLength(0);
    expect(head.status, path).toBe(got.status);
    for (const name of [
      'content-type',
      'etag',
      'content-security-policy',
      'content-disposition',
      'x-robots-tag',
    ]) {
      expect(head.headers.get(name), `${name} of ${path}`).toBe(got.headers.get(name));
    }
  }
});
