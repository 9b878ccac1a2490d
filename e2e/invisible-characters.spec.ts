import type { Page } from 'playwright/test';
import { expect, test } from './fixtures';
import { PastePage } from './pages/paste-page';
import { findAccessibilityFaults } from './support/browser-checks';

const TROJAN = [
  '#!/usr/bin/env node',
  'const accessLevel = "user";',
  'if (accessLevel != "user\u202e \u2066// Check if admin\u2069 \u2066") {',
  '  console.log("You are an admin.");',
  '}',
  'const pass\u200bword = раypal;',
  '',
].join('\n');

const HARMLESS = [
  ['Arabic', 'مرحبا\u200f (٣) بالعالم، هذا نصٌّ عربيّ.\nשלום\u200e hello\nمی\u200cخواهم\n'],
  ['emoji', '👩‍💻 👨‍👩‍👧‍👦 ❤️‍🔥 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣\n'],
  ['Russian and mathematics', 'API-ключ, IT-шник, Δx µs λ_max\n'],
] as const;

const noteOf = (page: Page) => page.getByRole('note');

test.describe('what cannot be seen is shown', () => {
  test.use({ javaScriptEnabled: false });

  test('a line above the text names the characters, and each is marked', async ({ createPaste, page }) => {
    const { slug } = await createPaste({ files: [{ name: 'a.js', content: TROJAN }] });
    await page.goto(`/${slug}`);
    await expect(noteOf(page)).toContainText('U+202E, U+2066, U+2069');
    await expect(noteOf(page)).toContainText('U+200B');
    await expect(noteOf(page)).toContainText('раypal');
    await expect(noteOf(page).getByRole('link', { name: 'line 3' })).toHaveAttribute('href', '#L3');
    const codes = page.locator('.code-text .invisible-mark');
    expect(await codes.evaluateAll((all) => all.map((one) => one.getAttribute('data-code')))).toEqual([
      ...['U+202E', 'U+2066', 'U+2069', 'U+2066', 'U+200B'],
    ]);
  });

  test('warns in Russian', async ({ browser, createPaste, sheaf }) => {
    const { slug } = await createPaste({ content: TROJAN });
    const context = await browser.newContext({
      baseURL: sheaf.url,
      locale: 'ru-RU',
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    await page.goto(`/${slug}`);
    await expect(noteOf(page)).toContainText('управляющие символы');
    await context.close();
  });

  for (const [name, content] of HARMLESS) {
    test(`shows no warning for ${name}`, async ({ createPaste, page }) => {
      const { slug, warnings } = await createPaste({ title: content.split('\n')[0], content });
      expect(warnings).toEqual([]);
      await page.goto(`/${slug}`);
      await expect(page.locator('.code-text')).toBeVisible();
      await expect(noteOf(page)).toHaveCount(0);
      await expect(page.locator('.invisible-mark')).toHaveCount(0);
    });
  }

  test('marks them in Markdown, tables, JSON and differences', async ({ api, createPaste, page }) => {
    const files = [
      { name: 'a.md', content: '# Head\u202eing\n\n[a\u200bb](https://example.com "t\u202e")\n' },
      { name: 'b.csv', content: 'a,b\n1\u202e,2\n' },
      { name: 'c.json', content: '{"k\u200bey": "v\u202e"}\n' },
    ];
    const paste = await createPaste({ files });
    await page.goto(`/${paste.slug}?view=rendered`);
    const rendered = page.locator('.view-rendered');
    await expect(rendered).toHaveCount(3);
    expect(await rendered.nth(0).locator('.invisible-mark').count()).toBe(2);
    expect(await rendered.nth(1).locator('.invisible-mark').count()).toBe(1);
    expect(await rendered.nth(2).locator('.invisible-mark').count()).toBe(2);
    const changed = await api.send(`/api/v1/pastes/${paste.slug}`, {
      method: 'PATCH',
      editKey: paste.edit_key,
      json: { files: [{ name: 'a.md', content: 'a\u202eb\n' }] },
    });
    expect(changed.status).toBe(200);
    await page.goto(`/${paste.slug}/edit`);
    await new PastePage(page).enterEditKey(paste.edit_key);
    await page.goto(`/${paste.slug}/history?r=2`);
    await expect(page.locator('.diff .invisible-mark').first()).toHaveAttribute('data-code', 'U+202E');
  });

  test('warns of titles and names, and shows them without invisible characters', async ({
    createPaste,
    page,
  }) => {
    const { slug, warnings } = await createPaste({
      title: 'in\u202evoice',
      files: [{ name: 'a\u200b.txt', content: 'x' }],
    });
    expect(warnings).toEqual(['bidi_controls', 'zero_width']);
    await page.goto(`/${slug}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('invoice');
    await expect(noteOf(page)).toContainText('U+202E');
    await expect(noteOf(page)).toContainText('U+200B');
  });
});

test('what is marked is copied and sent as it was stored', async ({ api, createPaste, page }) => {
  const { slug } = await createPaste({ files: [{ name: 'a.js', content: TROJAN }] });
  expect((await api.get(`/${slug}/raw`)).text).toBe(TROJAN);
  await page.goto(`/${slug}`);
  const text = page.locator('.code-text');
  expect(await text.evaluate((element) => element.textContent)).toBe(TROJAN);
  const selected = await text.evaluate((element) => {
    getSelection()?.selectAllChildren(element);
    return getSelection()?.toString() ?? '';
  });
  expect(selected.trimEnd()).toBe(TROJAN.trimEnd());
  // The override ends where its mark does, so that the line is shown in the order in which it is stored.
  const positions = await text.evaluate((element) => {
    const line = element.querySelector('#L3');
    const range = document.createRange();
    const left = (word: string) => {
      const walker = document.createTreeWalker(line ?? element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(word) ?? -1;
        if (at < 0) continue;
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        return range.getBoundingClientRect().left;
      }
      return Number.NaN;
    };
    return ['accessLevel', 'user', 'Check', 'admin', '{'].map(left);
  });
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(await findAccessibilityFaults(page)).toEqual([]);
});

test('the editor marks them too', async ({ createPaste, page }) => {
  const { slug } = await createPaste({ content: TROJAN });
  await page.goto(`/?from=${slug}`);
  const mark = page.locator('.cm-content .invisible-mark').first();
  // The editor takes the place of the plain field by itself, in the middle of a click or before it.
  await expect(page.locator('.cm-content').first()).toBeVisible();
  await expect(mark).toHaveAttribute('data-code', 'U+202E');
});
