import type { Page } from 'playwright/test';
import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';
import { findAccessibilityFaults } from './support/browser-checks';

const TEXTS = [
  { name: 'a.ts', content: '// hello\nconst text = "שלום" + 1;\n' },
  {
    name: 'a.md',
    content: '# One\n\n- [x] done\n\n|a|b|\n|-|-|\n|1|[2](https://example.com)|\n\n```js\nx = 1\n```\n',
  },
  { name: 'a.json', content: '{"name": "Oslo", "tags": [1, null, true], "deep": {"er": {}}}' },
  { name: 'a.csv', content: 'city,people\nOslo,700000\n' },
  { name: 'a.diff', content: '@@ -1 +1 @@\n-gone\n+come\n' },
];

async function expectUsable(page: Page, what: string): Promise<void> {
  expect(await findAccessibilityFaults(page), `${what}: ${page.url()}`).toEqual([]);
}

test.describe('with assistive technology', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('writing and what follows a save', async ({ api, page }) => {
    const composer = new ComposerPage(page);
    await composer.openEditor();
    await expectUsable(page, 'an empty composer');
    await composer.fill({ title: 'x'.repeat(201), fileName: 'a/b.ts', text: 'const x = 1;' });
    await composer.createLink();
    await expect(composer.alert).toContainText('Fix 2 fields');
    await expectUsable(page, 'a composer with faults');
    await composer.fill({ title: 'Letter', fileName: 'b.ts', text: 'const x = 1;' });
    await page.getByRole('button', { name: 'Add file' }).click();
    await composer.fill({ fileName: 'two.py', text: 'print(2)' });
    await expect(composer.tabs).toHaveCount(2);
    await composer.expectEditor();
    await expectUsable(page, 'a composer with tabs');
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await expectUsable(page, 'the list of keys');
    await page.keyboard.press('Escape');

    await composer.createLink();
    const saved = await new PastePage(page).readSaved();
    await expectUsable(page, 'what was just saved');
    await page.goto(`/${saved.slug}`);
    await new PastePage(page).openMore();
    await expectUsable(page, 'the menu of tools');
    await page.goto(`/${saved.slug}/edit`);
    await composer.expectEditor();
    await expectUsable(page, 'a composer that changes');
    await api.remove(saved);
  });

  test('reading', async ({ createPaste, page }) => {
    for (const file of TEXTS) {
      const { slug } = await createPaste({ title: 'Letter', files: [file] });
      await page.goto(`/${slug}`);
      await expectUsable(page, file.name);
      const views = page.getByRole('navigation', { name: `View of ${file.name}` }).getByRole('link');
      if ((await views.count()) === 0) continue;
      await page.goto(`/${slug}?view=source`);
      await expectUsable(page, `${file.name}, the other view`);
    }
    const files = Array.from({ length: 20 }, (_, at) => ({
      ...TEXTS[at % TEXTS.length],
      name: `${at}.md`,
    }));
    const { slug } = await createPaste({ files });
    await page.goto(`/${slug}#L1-L2`);
    await expectUsable(page, '20 files');
  });

  test('history', async ({ api, createPaste, page }) => {
    const { slug, edit_key: editKey } = await createPaste({
      files: [{ name: 'a.txt', content: 'one\ntwo\n' }],
    });
    const json = { files: [{ name: 'b.txt', content: 'one\nthree\n' }] };
    await api.send(`/api/v1/pastes/${slug}`, { method: 'PATCH', json, editKey });
    await page.goto(`/${slug}/edit`);
    await expectUsable(page, 'the form for a key');
    const paste = new PastePage(page);
    await paste.enterEditKey('AAAAAAAAAAAAAAAAAAAAAA');
    await expect(page.getByText('This edit key does not match this paste.')).toBeVisible();
    await expectUsable(page, 'a wrong key');
    await paste.enterEditKey(editKey);
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    for (const query of ['', '?r=2', '?r=2&view=split', '?r=2&view=text', '?r=1']) {
      await page.goto(`/${slug}/history${query}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectUsable(page, 'history');
    }
    await page.getByRole('button', { name: 'Delete this revision' }).click();
    await expectUsable(page, 'a question');
  });

  test('looking for something, and finding nothing', async ({ createPaste, page }) => {
    await createPaste({ title: 'Letter', content: 'text', visibility: 'public' });
    await createPaste({ files: [{ name: 'a.py', content: 'text' }], visibility: 'public' });
    for (const path of ['/explore', '/explore?q=nothingOfThisKind', '/unknownPaste', '/no/such/page']) {
      await page.goto(path);
      await expectUsable(page, 'a page');
    }
    await page.getByRole('button', { name: 'Preferences' }).click();
    await expectUsable(page, 'preferences');
  });
});
