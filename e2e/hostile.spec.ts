import { expect, test } from './fixtures';
import { PastePage } from './pages/paste-page';

const LENGTH = 50_000;

/** What they cost others is measured by `bench/floods.ts`. */
const HOSTILE: [name: string, language: string, content: string][] = [
  ['a line of stars as JavaScript', 'javascript', '*'.repeat(LENGTH)],
  ['a line of opening tags as XML', 'xml', '<'.repeat(LENGTH)],
  ['a line of brackets as TypeScript', 'typescript', '(['.repeat(LENGTH / 2)],
  ['a line of quotes as Markdown', 'markdown', '>'.repeat(LENGTH)],
  ['50,000 empty lines as Python', 'python', `x${'\n'.repeat(LENGTH)}`],
];

for (const [name, language, content] of HOSTILE) {
  test(`opens ${name}, all of it`, async ({ createPaste, page }) => {
    const { slug } = await createPaste({ content, language });
    const response = await page.goto(`/${slug}`);
    expect(response?.status()).toBe(200);
    // Not the browser's own layout of it, but the text as it was sent.
    const shown = await new PastePage(page).text().evaluate((element) => element.textContent ?? '');
    expect(shown.replaceAll('\n', '')).toBe(content.replaceAll('\n', ''));
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
