import type { Page } from 'playwright/test';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { ContactsPage } from './pages/contacts-page';
import { PastePage } from './pages/paste-page';
import { layoutShift, recordLayoutShifts } from './support/browser-checks';
import { test } from './support/member';

/** Keeps back all scripts, as a slow line does. @returns what lets them come */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

test('what is typed before the editor comes is kept, and so is the place in it', async ({ page }) => {
  const composer = new ComposerPage(page);
  const release = await holdScripts(page);
  await page.goto('/', { waitUntil: 'commit' });
  await composer.text.pressSequentially('one\ntwo\n');
  await expect(composer.text).not.toHaveAttribute('contenteditable', 'true');
  release();
  await composer.expectEditor();
  await composer.expectText('one\ntwo\n');
  await expect(composer.text).toBeFocused();
  await page.keyboard.type('three');
  await composer.expectText('one\ntwo\nthree');
});

test('what is changed before hydration is kept, in every kind of field', async ({
  context,
  createOwn,
  newMember,
  page,
}) => {
  const author = await newMember(context);
  const { slug } = await createOwn(author, { title: 'Minutes', content: 'as agreed' });
  const composer = new ComposerPage(page);
  let release = await holdScripts(page);
  await page.goto(`/${slug}/edit`, { waitUntil: 'commit' });
  await composer.fill({
    title: 'Minutes of May',
    fileName: 'may.txt',
    text: 'as agreed, and more',
    visibility: 'Private',
  });
  release();
  await composer.expectEditor();
  await composer.expectText('as agreed, and more');
  await composer.save();
  await expect(new PastePage(page).heading).toHaveText('Minutes of May');
  await expect(new PastePage(page).text('may.txt')).toContainText('as agreed, and more');
  await expect(page.getByRole('main')).toContainText('Private');

  const contacts = new ContactsPage(page);
  await contacts.open('/new');
  await contacts.fill({ 'First name': 'Bea', Notes: 'met in May' });
  await contacts.press('Add');
  await page.locator('#main').getByRole('link', { name: 'Bea' }).click();
  await page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  const address = page.url();
  release = await holdScripts(page);
  await page.goto(address, { waitUntil: 'commit' });
  await page.getByLabel('Notes').fill('met in June');
  release();
  // React marks what it has hydrated.
  await expect
    .poll(() =>
      page.getByLabel('Notes').evaluate((field) => Object.keys(field).some((name) => /^__react/.test(name))),
    )
    .toBe(true);
  await expect(page.getByLabel('Notes')).toHaveValue('met in June');
});

test('nothing moves when the editor comes', async ({ page, createPaste }) => {
  const content = 'const line = "of some length";\n'.repeat(60);
  const { slug } = await createPaste({ title: 'Long', files: [{ name: 'a.ts', content }] });
  const composer = new ComposerPage(page);
  await recordLayoutShifts(page);
  for (const path of ['/', `/?from=${slug}`]) {
    await composer.openEditor(path);
    expect(await layoutShift(page), path).toBeLessThan(0.01);
  }
});
