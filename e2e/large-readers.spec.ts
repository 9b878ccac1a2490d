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

test('many readers of large pastes get the whole text, or are told when to come back', async ({ api }) => {
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

  /** As a reader does who comes back when told to: until then, the server may still be busy with those who left. */
  async function openAtLast(path: string) {
    let page = await open(path);
    for (let again = 1; page.status === 503 && again <= 2; again += 1) {
      await sleep(Number(page.headers.get('retry-after')) * 1_000);
      page = await open(path);
    }
    return page;
  }

  // Readers who go away keep nothing from the next ones.
  await Promise.allSettled(
    pastes.flatMap(({ slug }) =>
      [`/${slug}`, `/api/v1/pastes/${slug}?content=1`].map((path) =>
        api.send(path, { headers: BROWSER, signal: AbortSignal.timeout(400) }),
      ),
    ),
  );

  for (const [index, paste] of pastes.entries()) {
    // Twice: rendered, and from memory.
    for (const page of [await openAtLast(`/${paste.slug}`), await openAtLast(`/${paste.slug}`)]) {
      expect(page.status).toBe(200);
      expect(shownText(page.text) === largeText(index + 1)).toBe(true);
    }
    await api.remove(paste);
  }
});
