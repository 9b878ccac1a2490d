import hastebin from 'hastebin-gen';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { expectCommonHeaders, expectProblem } from './support/checks';
import { problemShape } from './support/shapes';
import { DELICATE_TEXTS } from './support/texts';

const keyShape = z.strictObject({ key: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{12}$/) });
const documentShape = z.strictObject({ data: z.string(), key: z.string() });
const complaintShape = problemShape.extend({ message: z.string().min(1) });

for (const [name, text] of Object.entries(DELICATE_TEXTS)) {
  test(`a haste client saves ${name}, byte for byte`, async ({ api, sheaf }) => {
    const link = await hastebin(text, { url: sheaf.url, extension: 'ts' });
    const file = new URL(link).pathname.slice(1);
    const slug = file.replace(/\.ts$/, '');
    expect(link).toBe(`${sheaf.url}/${slug}.ts`);
    for (const path of [`/raw/${slug}`, `/raw/${file}`, `/${slug}/raw`]) {
      expect((await api.get(path)).bytes.equals(Buffer.from(text)), path).toBe(true);
    }
    for (const key of [slug, file]) {
      const read = await api.get(`/documents/${key}`);
      expect(read.json(documentShape)).toEqual({ data: text, key: slug });
      expectCommonHeaders(read);
    }
  });
}

test('the raw text of a haste link has the headers of raw text', async ({ api, createPaste }) => {
  for (const visibility of ['unlisted', 'public']) {
    const { slug } = await createPaste({ content: '<b>x</b>\n', visibility });
    const [ours, theirs] = [await api.get(`/${slug}/raw`), await api.get(`/raw/${slug}.html`)];
    const steady = [...ours.headers].filter(
      ([name]) => !/^(?:date|server-timing|x-request-id|connection|keep-alive)$/.test(name),
    );
    expect(steady.length).toBeGreaterThan(8);
    for (const [name, value] of steady) expect([name, theirs.headers.get(name)]).toEqual([name, value]);
    for (const path of [`/raw/${slug}`, `/documents/${slug}`]) {
      const head = await api.send(path, { method: 'HEAD' });
      expect([head.status, head.text], path).toEqual([200, '']);
      expect(head.headers.get('content-type')).toBe((await api.get(path)).headers.get('content-type'));
    }
    const noindex = visibility === 'public' ? null : 'noindex';
    expect((await api.get(`/documents/${slug}`)).headers.get('x-robots-tag')).toBe(noindex);
  }
});

test('the body is the text with any content type', async ({ api }) => {
  for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
    const body = '{"not": parsed';
    const saved = await api.send('/documents', { method: 'POST', body, headers: { 'content-type': type } });
    expect(saved.status, saved.text).toBe(200);
    const { key } = saved.json(keyShape);
    expect((await api.get(`/raw/${key}`)).text).toBe(body);
    const removed = await api.remove({ slug: key, edit_key: saved.headers.get('x-edit-key') ?? '' });
    expect(removed.status).toBe(204);
    for (const path of [`/raw/${key}`, `/documents/${key}`]) expectGone(await api.get(path));
  }
  const form = new FormData();
  form.append('data', new File(['from a form\n'], 'notes.txt'));
  const posted = await api.send('/documents', { method: 'POST', body: form });
  expect((await api.get(`/raw/${posted.json(keyShape).key}`)).text).toBe('from a form\n');
});

test('rejections carry the message that haste clients show', async ({ api, sheaf }) => {
  const empty = await api.send('/documents', { method: 'POST', body: '' });
  expect(empty.status).toBe(422);
  expect(empty.json(complaintShape).message).toBe(empty.json(complaintShape).detail);
  const large = await api.send('/documents', { method: 'POST', body: 'x'.repeat(4 * 1024 * 1024 + 1) });
  expect(large.status).toBe(413);
  expect(large.json(complaintShape).code).toBe('too_large');
  await expect(hastebin(' \n', { url: sheaf.url })).rejects.toThrow();
  for (const path of ['/documents/unknownPaste', '/documents/a.b.c', '/raw/unknownPaste.js', '/raw/raw']) {
    expectGone(await api.sendRaw(path));
  }
  const wrong = await api.get('/documents');
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
});

test('an invalid credential is rejected, not ignored', async ({ api }) => {
  const headers = { authorization: 'Bearer sheaf_nothing' };
  const rejected = await api.send('/documents', { method: 'POST', body: 'x', headers });
  expect([rejected.status, rejected.json(complaintShape).code]).toEqual([401, 'unauthorized']);
  expectProblem(await api.get('/raw/unknownPaste', headers), 401, 'unauthorized');
});

function expectGone(answer: { status: number; text: string }): void {
  expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([404, 'not_found']);
}

test('the link that a haste client hands out opens the paste', async ({ page, sheaf }) => {
  const link = await hastebin('from a client\n', { url: sheaf.url, extension: 'md' });
  await page.goto(link);
  expect(page.url()).toBe(link.replace(/\.md$/, ''));
  await expect(page.getByText('from a client')).toBeVisible();
});
