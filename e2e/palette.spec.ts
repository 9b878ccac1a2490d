import { expect } from './fixtures';
import { chosenEntry, openPalette, palette } from './pages/palette';
import { findAccessibilityFaults } from './support/browser-checks';
import { test } from './support/member';
import { createSealed } from './support/sealed';

const SCRIPTS = /\/(?:assets|_next\/static)\//;

test('the page of a paste and a missing page have it, and nothing that is typed while it loads is lost', async ({
  createPaste,
  page,
}) => {
  const { slug } = await createPaste({ content: 'text' });
  for (const [path, theme] of [
    [`/${slug}`, 'dark'],
    ['/unknownPaste', 'light'],
  ] as const) {
    await page.goto(path, { waitUntil: 'networkidle' });
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(SCRIPTS, async (route) => {
      await released;
      await route.continue();
    });
    await openPalette(page);
    await page.keyboard.type(`${theme}x`);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    release();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect(page).toHaveURL(path);
    await page.unrouteAll({ behavior: 'wait' });
  }
});

test('a member finds their pastes from the page of another', async ({
  context,
  createOwn,
  createPaste,
  newMember,
  page,
}) => {
  const { slug } = await createPaste({ content: 'text' });
  const own = await createOwn(await newMember(context), { title: 'Release plan', content: 'x' });
  await page.goto(`/${slug}`);
  const raw = page.getByRole('link', { name: 'Raw' });
  await raw.focus();
  await openPalette(page);
  await page.keyboard.type('rel');
  await expect(chosenEntry(page)).toContainText('Release plan');
  expect(await findAccessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  await expect(raw).toBeFocused();
  await openPalette(page);
  await page.keyboard.type('rel');
  await expect(chosenEntry(page)).toContainText('Release plan');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/${own.slug}`);
});

test('the page of a secret paste has it, and keeps its text', async ({ api, page }) => {
  const secret = await createSealed(api, { files: [{ name: '', content: 'a secret text' }] });
  await page.goto(secret.link);
  const text = page.locator('.code-text');
  await expect(text).toHaveText('a secret text');
  await openPalette(page);
  await page.keyboard.type('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(text).toHaveText('a secret text');
  await api.remove(secret);
});

test('says that its script could not be loaded', async ({ createPaste, page }) => {
  const { slug } = await createPaste({ content: 'text' });
  await page.goto(`/${slug}`, { waitUntil: 'networkidle' });
  await page.route(SCRIPTS, (route) => route.abort());
  await openPalette(page);
  await expect(palette(page).getByRole('alert')).toHaveText('No response. Check your connection.');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
