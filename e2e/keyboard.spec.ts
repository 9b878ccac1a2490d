import { randomBytes } from 'node:crypto';
import type { Locator } from 'playwright/test';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { chosenEntry, openPalette, palette, paletteField } from './pages/palette';
import { PastePage } from './pages/paste-page';
import { findAccessibilityFaults } from './support/browser-checks';
import { test } from './support/member';
import { query } from './support/storage';

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

test.describe('the palette', () => {
  test('finds pastes and contacts of a member, and runs commands', async ({
    context,
    createOwn,
    newMember,
    page,
    sheaf,
  }) => {
    const member = await newMember(context);
    await createOwn(member, { title: 'Release plan', content: 'x' });
    await query(
      sheaf.databaseUrl,
      `insert into contacts (id, owner_id, first_name, haystack, sort_name)
        values (gen_random_uuid(), $1, 'Reliable Friend', 'reliable friend', 'reliable friend')`,
      [member.id],
    );

    await page.goto('/explore');
    const search = page.getByRole('searchbox');
    await search.focus();
    await openPalette(page);
    await expect(chosenEntry(page)).toHaveText('New paste');
    await page.keyboard.press('ArrowUp');
    await expect(chosenEntry(page)).toHaveText('Sign out');
    await page.keyboard.press('Escape');
    await expect(palette(page)).toHaveCount(0);
    await expect(search).toBeFocused();

    await openPalette(page);
    await page.keyboard.type('REL');
    await expect(palette(page).getByRole('group', { name: 'Your pastes' })).toContainText('Release plan');
    await expect(palette(page).getByRole('group', { name: 'Contacts' })).toContainText('Reliable Friend');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await expect(chosenEntry(page)).toContainText('Release plan');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/contacts\/[\w-]{36}$/);

    await openPalette(page);
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await openPalette(page);
    await page.keyboard.type('Sign out');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  });

  test('takes what is typed at once, and opens no result of an earlier text', async ({
    context,
    createOwn,
    newMember,
    page,
  }) => {
    await createOwn(await newMember(context), { title: 'Release plan', content: 'x' });
    await page.goto('/explore');
    await openPalette(page);
    await page.keyboard.press('Escape');
    await expect(palette(page)).toHaveCount(0);

    // One keystroke after the other: nothing is waited for.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page).toHaveURL('/explore');

    await openPalette(page);
    await expect(paletteField(page)).toHaveCSS('outline-style', 'solid');
    await page.keyboard.type('rel');
    await expect(chosenEntry(page)).toContainText('Release plan');
    await page.keyboard.type('zz');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/explore?q=relzz');
  });

  test('says that its commands could not be loaded', async ({ context, page }) => {
    await page.goto('/explore');
    await openPalette(page);
    await page.keyboard.press('Escape');
    await expect(palette(page)).toHaveCount(0);
    await context.setOffline(true);
    await page.keyboard.press('Control+k');
    await expect(palette(page).getByRole('alert')).toHaveText('No response. Check your connection.');
    await context.setOffline(false);
  });

  test('says why a search was refused', async ({ context, newMember, page }) => {
    await newMember(context);
    await page.goto('/explore');
    await openPalette(page);
    await expect(chosenEntry(page)).toHaveText('New paste');
    await context.setOffline(true);
    await page.keyboard.type('anything');
    await expect(palette(page).getByRole('alert')).toHaveText('No response. Check your connection.');
    await context.setOffline(false);
  });

  test('has commands and the public search for guests, also while the editor has the focus', async ({
    page,
  }) => {
    await page.goto('/');
    const composer = new ComposerPage(page);
    await composer.expectEditor();
    await expect(composer.text).toBeFocused();
    await openPalette(page);
    await expect(palette(page).getByRole('option')).toContainText(['New paste', 'Explore']);
    await expect(palette(page).getByRole('option', { name: 'Contacts' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(composer.text).toBeFocused();
    await openPalette(page);
    await page.keyboard.type('100% sure');
    await expect(chosenEntry(page)).toContainText('Search public pastes');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/explore?q=100%25+sure');
  });
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

for (const { platform, shown, hidden } of [
  { platform: 'MacIntel', shown: '⌘', hidden: 'Ctrl' },
  { platform: 'Linux x86_64', shown: 'Ctrl', hidden: '⌘' },
]) {
  test(`keys have their names on ${platform}`, async ({ page }) => {
    await page.addInitScript((name) => {
      Object.defineProperty(navigator, 'platform', { get: () => name });
    }, platform);
    await new ComposerPage(page).openEditor();
    const button = page.getByRole('button', { name: 'Create link' });
    await expect(button.getByText(shown)).toBeVisible();
    await expect(button.getByText(hidden)).toBeHidden();
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(help.getByText(shown).filter({ visible: true }).first()).toBeVisible();
    await expect(help.getByText(hidden).filter({ visible: true })).toHaveCount(0);
  });
}

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
