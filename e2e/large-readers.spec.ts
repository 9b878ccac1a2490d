import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from './fixtures';
import type { CreatedPaste } from './support/shapes';

const LINES = 60_000;
const BROWSER = { 'user-agent': 'Mozilla/5.0', accept: 'text/html' };

/** About 3.6 MB, with characters of one, two and three bytes. */
function largeText(number: number): string {
  const line = `const line = ["${number}", "é", "★"]; // as many others are\n`;
  return `${line.repeat(LINES)}the last of ${number}\n`;
}

/** The text on a page: what is left of the markup of its lines. */
function shownText(html: string): string {
  const start = html.indexOf('<div class="code-block">');
  const lines = html.slice(start, html.indexOf('</span></div></div></section>', start));
  return lines.replace(/<[^>]*>/g, '').replaceAll('&quot;', '"');
}

/** Opens a page and closes the connection that many milliseconds later, whether or not the response is complete. */
async function leave(url: string, milliseconds: number): Promise<void> {
  const request = get(url, { agent: false, headers: BROWSER }, (response) => response.resume());
  request.on('error', () => {});
  await sleep(milliseconds);
  request.destroy();
}

test('many readers of large pastes get the whole text, or are told when to come back', async ({
  api,
  sheaf,
}) => {
  test.setTimeout(240_000);
  const pastes: CreatedPaste[] = [];
  for (let number = 1; number <= 10; number += 1) {
    pastes.push(await api.create({ content: largeText(number), language: 'typescript' }));
  }
  const open = (path: string) => api.get(path, BROWSER);
  const pages = await Promise.all(
    Array.from({ length: 30 }, (_, index) => open(`/${pastes[index % pastes.length]?.slug}`)),
  );
  for (const [index, page] of pages.entries()) {
    expect([200, 503]).toContain(page.status);
    expect(page.headers.get('content-type')).toContain('text/html');
    if (page.status === 503) expect(page.headers.get('retry-after')).toBe('5');
    else expect(page.text).toContain(`the last of ${(index % pastes.length) + 1}\n</span>`);
  }
  expect(pages.map(({ status }) => status)).toContain(200);

  const contents = await Promise.all(
    pastes.flatMap(({ slug }) => [1, 2].map(() => api.get(`/api/v1/pastes/${slug}?content=1`))),
  );
  for (const { status, headers } of contents) {
    expect([200, 503]).toContain(status);
    if (status === 503) expect(headers.get('retry-after')).toBe('5');
  }

  // Readers who go away keep nothing from the next ones.
  await Promise.all(
    pastes.flatMap(({ slug }) =>
      [`/${slug}`, `/api/v1/pastes/${slug}?content=1`].map((path) => leave(sheaf.url + path, 400)),
    ),
  );

  for (const [index, paste] of pastes.entries()) {
    // Twice: rendered, and from memory.
    for (const page of [await open(`/${paste.slug}`), await open(`/${paste.slug}`)]) {
      expect(page.status).toBe(200);
      expect(shownText(page.text) === largeText(index + 1)).toBe(true);
    }
    await api.remove(paste);
  }
});

test('readers who go away while they wait keep nothing from the next ones', async ({ api, sheaf }) => {
  test.setTimeout(240_000);
  const pastes: CreatedPaste[] = [];
  for (let number = 1; number <= 10; number += 1) {
    pastes.push(await api.create({ content: largeText(number), language: 'typescript' }));
  }
  const paths = pastes.flatMap(({ slug }) => [
    `/api/v1/pastes/${slug}?content=1`,
    `/${slug}`,
    `/?from=${slug}`,
  ]);
  for (let wave = 1; wave <= 6; wave += 1) {
    await Promise.all(
      paths.map((path, index) => leave(sheaf.url + path, 50 + 40 * ((index * 7 + wave * 11) % 50))),
    );
  }

  // All of them together are as many as one client may read at a time.
  const next = await Promise.all(
    pastes.slice(0, 8).map(({ slug }) => api.get(`/api/v1/pastes/${slug}?content=1`)),
  );
  expect(next.map(({ status }) => status)).toEqual(next.map(() => 200));
  for (const paste of pastes) await api.remove(paste);
});
