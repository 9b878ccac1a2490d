import { expect, test } from './fixtures';

test('robots.txt leads by an index to the public pastes of each day', async ({ api, createPaste }) => {
  const listed = await createPaste({ content: 'x', visibility: 'public' });
  const unlisted = await createPaste({ content: 'x' });
  const [, index = ''] = /^Sitemap: (.+)$/m.exec((await api.get('/robots.txt')).text) ?? [];
  const readParts = async (url: string) => {
    const answer = await api.get(new URL(url).pathname);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/xml']);
    return [...answer.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, location = '']) => location);
  };
  const parts = await readParts(index);
  const day = listed.created_at.slice(0, 10);
  expect(parts.map((part) => new URL(part).pathname)).toEqual(
    expect.arrayContaining(['/sitemap/pages.xml', `/sitemap/${day}.xml`]),
  );
  const pages = (await Promise.all(parts.map(readParts))).flat();
  expect(pages).toContain(listed.url);
  expect(pages).not.toContain(unlisted.url);
  expect(pages.some((page) => new URL(page).pathname === '/explore')).toBe(true);
});

test('has no other parts', async ({ api }) => {
  for (const part of ['2026-02-30.xml', '2026-01-01', 'pages', 'none.xml', '%00.xml', '..%2Fpages.xml']) {
    expect((await api.get(`/sitemap/${part}`)).status, part).toBe(404);
  }
});
