import { randomBytes } from 'node:crypto';
import type { Locator } from 'playwright/test';
import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';

const TABS_MAX = 40;

async function tabTo(target: Locator): Promise<void> {
  const page = target.page();
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${TABS_MAX} times Tab do not lead to ${target}`);
}

/** Presses a key until it does what it is for, which it cannot before the page's script has come. */
async function pressFor(key: string, shown: Locator): Promise<void> {
  const isFocused = (element: Element) => element.contains(document.activeElement);
  await expect(async () => {
    await shown.page().keyboard.press(key);
    await expect(shown).toBeVisible({ timeout: 500 });
    if (key !== '?') expect(await shown.evaluate(isFocused)).toBe(true);
  }).toPass();
}

test('j and k move through a list, and Enter opens an entry', async ({ createPaste, page }) => {
  const mark = randomBytes(6).toString('hex');
  for (const name of ['third', 'second', 'first']) {
    await createPaste({ title: `${name} ${mark}`, content: name, visibility: 'public' });
  }
  const entry = (name: string) => page.getByRole('main').getByRole('link', { name: `${name} ${mark}` });
  await page.goto(`/explore?q=${mark}`);
  await pressFor('j', entry('first'));
  await page.keyboard.press('j');
  await expect(entry('second')).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(entry('third')).toBeFocused();
  await page.keyboard.press('k');
  await expect(entry('second')).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.type('jk');
  await expect(page.getByRole('searchbox')).toHaveValue(/jk/);
  await entry('second').focus();
  await page.keyboard.press('Enter');
  await expect(new PastePage(page).text()).toHaveText('second');
});

test('a paste is created, copied, read and changed with the keyboard only', async ({
  api,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const composer = new ComposerPage(page);
  const paste = new PastePage(page);
  await page.goto('/');
  await expect(composer.text).toBeFocused();
  await composer.expectEditor();
  await page.evaluate(() => navigator.clipboard.writeText('one\ntwo\nthree\nfour\n'));
  await page.keyboard.press('Control+v');
  await page.keyboard.type('five');
  await composer.expectText('one\ntwo\nthree\nfour\nfive');
  await page.keyboard.press('Control+Enter');

  const saved = await paste.readSaved();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(saved.url);

  await page.goto(link);
  await pressFor('l', page.getByRole('textbox', { name: 'Line or range of lines' }));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2-3');
  await page.keyboard.press('Enter');
  await expect(paste.litLines()).toHaveText(['two', 'three']);
  await expect(page).toHaveURL(/#L2-L3$/);
  await expect(paste.text()).toBeFocused();
  await page.keyboard.press('c');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('one\ntwo\nthree\nfour\nfive');

  await page.reload();
  await expect(async () => {
    await page.keyboard.press('s');
    await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible({ timeout: 500 });
  }).toPass();
  // Not while something else is open.
  await page.keyboard.press('e');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeHidden();
  await expect(page).toHaveURL(/#L2-L3$/);
  await page.keyboard.press('e');
  await composer.expectEditor();
  await tabTo(composer.text);
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('six');
  await tabTo(page.getByRole('button', { name: 'Save', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your changes are saved.' })).toBeVisible();
  expect((await api.get(`/${saved.slug}/raw`)).text).toBe('one\ntwo\nthree\nfour\nfive\nsix');
  await api.remove(saved);
});

test('? opens the list of keys; Escape closes it and leads back', async ({ page, createPaste }) => {
  const { slug } = await createPaste({ content: 'text' });
  await page.goto(`/${slug}`);
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const raw = page.getByRole('link', { name: 'Raw' });
  await raw.focus();
  await pressFor('?', help);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(raw).toBeFocused();
  const button = page.getByRole('button', { name: 'Keyboard shortcuts' });
  await tabTo(button);
  await page.keyboard.press('Enter');
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('single-key shortcuts navigate, except while typing or turned off', async ({ page }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await page.keyboard.type('n?/h');
  await composer.expectText('n?/h');
  await page.goto('/explore');
  const search = page.getByRole('searchbox');
  await pressFor('/', search);
  await expect(search).toBeFocused();
  await search.fill('');
  await page.keyboard.press('n');
  await expect(search).toHaveValue('n');

  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Explore' })).toBeVisible();
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(page.getByRole('checkbox', { name: 'Single-key shortcuts' })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await expect(page).toHaveURL('/explore');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await expect(page).toHaveURL('/');
});
