import { expect, test } from './fixtures';
import { PastePage } from './pages/paste-page';
import type { Api } from './support/api';

/** What /api/health may take while a hostile text is opened. */
const HEALTH_WITHIN_MS = 200;
const LENGTH = 50_000;

/** The texts that the requirement names. */
const BOUND: ReadonlySet<string> = new Set([
  'a line of stars as JavaScript',
  'a line of opening tags as XML',
]);

const HOSTILE: [name: string, language: string, content: string][] = [
  ['a line of stars as JavaScript', 'javascript', '*'.repeat(LENGTH)],
  ['a line of opening tags as XML', 'xml', '<'.repeat(LENGTH)],
  ['a line of brackets as TypeScript', 'typescript', '(['.repeat(LENGTH / 2)],
  ['a line of quotes as Markdown', 'markdown', '>'.repeat(LENGTH)],
  ['50,000 empty lines as Python', 'python', `x${'\n'.repeat(LENGTH)}`],
];

/** Asks for /api/health again and again until stopped. @returns the milliseconds of each answer. */
function watchHealth(api: Api): () => Promise<number[]> {
  const times: number[] = [];
  let watching = true;
  const watch = async () => {
    while (watching) {
      const start = performance.now();
      const { status } = await api.get('/api/health');
      times.push(status === 200 ? performance.now() - start : Number.POSITIVE_INFINITY);
    }
  };
  const watched = watch();
  return async () => {
    watching = false;
    await watched;
    return times;
  };
}

for (const [name, language, content] of HOSTILE) {
  test(`opens ${name} and still serves other requests`, async ({ api, createPaste, page }) => {
    const { slug } = await createPaste({ content, language });
    // The same browser opening a harmless page shows what this machine is good for.
    const harmless = await createPaste({ content: 'harmless', language });
    const stopBaseline = watchHealth(api);
    await page.goto(`/${harmless.slug}`);
    const baseline = Math.max(...(await stopBaseline()));

    const stop = watchHealth(api);
    const response = await page.goto(`/${slug}`);
    const times = await stop();
    expect(response?.status()).toBe(200);
    // Not the browser's own layout of it, but the text as it was sent.
    const shown = await new PastePage(page).text().evaluate((element) => element.textContent ?? '');
    expect(shown.replaceAll('\n', '')).toBe(content.replaceAll('\n', ''));

    test.info().annotations.push({
      type: 'health',
      description: `${times.length} answers, the slowest ${Math.max(...times).toFixed(0)} ms; at rest ${baseline.toFixed(0)} ms`,
    });
    expect(times.length).toBeGreaterThan(0);
    if (BOUND.has(name)) expect(Math.max(...times)).toBeLessThan(Math.max(HEALTH_WITHIN_MS, 2 * baseline));
  });
}

test('opens 4 MiB of text, all of it', async ({ createPaste, page }) => {
  const line = `const x = "${'a'.repeat(51)}";\n`;
  const content = line.repeat((4 * 1024 * 1024) / line.length);
  const { slug } = await createPaste({ content, language: 'javascript' });
  const response = await page.goto(`/${slug}`);
  expect(response?.status()).toBe(200);
  const shown = await new PastePage(page).text().evaluate((element) => (element.textContent ?? '').length);
  expect(shown).toBeGreaterThanOrEqual(content.replaceAll('\n', '').length);
});
