import type { Page } from 'playwright/test';
import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';

const MIB = 1024 * 1024;
const LINE = 'fifteen letters\n';
const REFUSED = 'Nothing was inserted: a paste can hold at most 4 MiB of text.';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
}

test('four MiB of short lines are pasted and arrive whole', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  const text = LINE.repeat((4 * MIB) / LINE.length);
  await composer.openEditor();
  await composer.text.click();
  await pasteText(page, text);
  await expect(composer.notes.filter({ hasText: '4 of 4 MiB' })).toBeVisible();
  await expect(page.getByText('Too large to save in this browser')).toBeVisible();

  await pasteText(page, 'one more');
  await expect(page.getByText(REFUSED)).toBeVisible();
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  expect((await api.get(`/${saved.slug}/raw`)).text === text).toBe(true);

  await composer.openEditor(`/${saved.slug}/edit`);
  await composer.text.press('Control+Home');
  await page.keyboard.press('Delete');
  await page.keyboard.type('F');
  await page.context().clearCookies();
  await composer.save();
  await expect(composer.alert).toContainText('this browser can no longer edit it. Your text is still here.');
  await expect(composer.text).toContainText('Fifteen letters');
  await api.remove(saved);
});

test('a text of five MB is refused before it is inserted, by the field and by the editor', async ({
  page,
}) => {
  const composer = new ComposerPage(page);
  const text = LINE.repeat(5_000_000 / LINE.length);
  await page.goto('/');
  await composer.text.focus();
  await pasteText(page, text);
  await expect(page.getByText(REFUSED)).toBeVisible();
  await composer.expectEditor();
  await composer.expectText('');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await composer.text.click();
  await page.keyboard.type('kept ');
  await pasteText(page, text);
  await expect(page.getByText(REFUSED)).toBeVisible();
  await composer.expectText('kept ');
});

test('a large text that is pasted before the editor has come is in the editor then', async ({
  page,
  api,
}) => {
  const composer = new ComposerPage(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.goto('/');
  // Nothing that is loaded from now on arrives, so that the page has come to life and the editor has not.
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  const text = LINE.repeat(20_000);
  await composer.text.focus();
  await page.keyboard.type('before\n');
  await pasteText(page, text);
  release();
  await composer.expectEditor();
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  expect((await api.get(`/${saved.slug}/raw`)).text === `before\n${text}`).toBe(true);
  await api.remove(saved);
});
