import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures';
import { expectProblem } from './support/checks';
import { feedShape } from './support/shapes';

test('pages through public pastes, newest first, without duplicates', async ({ api, createPaste }) => {
  const made: string[] = [];
  for (let index = 0; index < 7; index += 1) {
    made.unshift((await createPaste({ title: `${index}`, content: 'x', visibility: 'public' })).slug);
    await createPaste({ title: `unlisted ${index}`, content: 'x' });
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${cursor}`;
    const page = (await api.get(`/api/v1/pastes?limit=3${after}`)).json(feedShape);
    expect(page.items.length).toBeLessThanOrEqual(3);
    seen.push(...page.items.map((item) => item.slug));
    cursor = page.next_cursor;
    // Those who page are not disturbed by what is added in front of them.
    if (seen.length === 3) await createPaste({ content: 'newer', visibility: 'public' });
  } while (cursor !== null);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((slug) => made.includes(slug))).toEqual(made);
});

test('shows two lines of each text, no edit keys, and twenty items unless told otherwise', async ({
  api,
  createPaste,
}) => {
  const pastes = await Promise.all(
    Array.from({ length: 21 }, () => createPaste({ content: 'one\ntwo\nhidden text', visibility: 'public' })),
  );
  const answer = await api.get('/api/v1/pastes');
  expect(answer.json(feedShape).items).toHaveLength(20);
  expect(answer.json(feedShape).next_cursor).not.toBeNull();
  expect(answer.json(feedShape).items[0]?.preview).toBe('one\ntwo');
  expect(answer.text).not.toContain('hidden text');
  for (const paste of pastes) expect(answer.text).not.toContain(paste.edit_key);
  expect((await api.get('/api/v1/pastes?limit=1')).json(feedShape).items).toHaveLength(1);
});

test('finds by language and by a literal part of title or name, never by text', async ({
  api,
  createPaste,
}) => {
  const mark = randomBytes(6).toString('hex');
  const titled = await createPaste({ title: `100% ${mark}_A`, content: 'x', visibility: 'public' });
  const named = await createPaste({ files: [{ name: `${mark}.RS`, content: mark }], visibility: 'public' });
  await createPaste({ content: mark, visibility: 'public' });
  await createPaste({ title: mark, content: 'x' });
  const find = (query: string) => api.listFeed(`&${new URLSearchParams({ q: query })}`);
  expect(await find(mark)).toEqual([named.slug, titled.slug]);
  expect(await find(mark.toUpperCase())).toEqual([named.slug, titled.slug]);
  expect(await find(`100% ${mark}_`)).toEqual([titled.slug]);
  expect(await find(`${mark}%`)).toEqual([]);
  expect(await find(`${mark}\\`)).toEqual([]);
  expect(await api.listFeed(`&language=rust&q=${mark}`)).toEqual([named.slug]);
  expect(await api.listFeed(`&language=python&q=${mark}`)).toEqual([]);
});

for (const query of [
  'limit=0',
  'limit=-1',
  'limit=101',
  'limit=1.5',
  'limit=many',
  'limit=1&limit=2',
  'cursor=garbage',
  'cursor=',
  `cursor=${Buffer.from('2020-01-01T00:00:00.000Z not-a-uuid').toString('base64url')}`,
  `cursor=${Buffer.from("2020-01-01' or 1=1 --").toString('base64url')}`,
  `cursor=${'A'.repeat(1_000)}`,
  'language=klingon',
  `language=${'x'.repeat(10_000)}`,
  `q=${'x'.repeat(201)}`,
  'q=a&q=b',
  'unknown=1',
  'constructor=1',
]) {
  test(`rejects the feed with ${query.slice(0, 60)}`, async ({ api }) => {
    const problem = expectProblem(await api.get(`/api/v1/pastes?${query}`), 422, 'validation_failed');
    expect(problem.errors?.length).toBeGreaterThan(0);
  });
}

test('takes any search text without failing', async ({ api }) => {
  const encoded = [
    '%00',
    'a%00b',
    '%',
    '%25',
    '%5C',
    "'",
    '%F0%9F%99%82',
    '%ff',
    '%ud800',
    '*',
    '(',
    '[',
    '%20',
  ];
  for (const q of encoded) {
    const answer = await api.sendRaw(`/api/v1/pastes?q=${q}`);
    expect([200, 422], `q=${q}: ${answer.text}`).toContain(answer.status);
  }
  const furthest = '+275760-09-13T00:00:00.000Z 00000000-0000-0000-0000-000000000000';
  const cursor = Buffer.from(furthest).toString('base64url');
  for (const query of [`cursor=${cursor}`, '__proto__=1', 'toString', '=', '&&', '?', 'limit']) {
    const answer = await api.sendRaw(`/api/v1/pastes?${query}`);
    expect([200, 422], `${query}: ${answer.text}`).toContain(answer.status);
  }
});
