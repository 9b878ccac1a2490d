import type { Locator, Page } from 'playwright/test';
import { expect } from './fixtures';
import { AccountMenu } from './pages/account-menu';
import { AdminPage } from './pages/admin-page';
import { ComposerPage } from './pages/composer-page';
import { ContactsPage } from './pages/contacts-page';
import { PastePage } from './pages/paste-page';
import { test } from './support/member';
import { findCoveredInFooter, findTouchFaults } from './support/touch-checks';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Opens each page and checks it. */
async function expectNoTouchFaults(page: Page, paths: readonly string[]): Promise<void> {
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    const found = [...(await findTouchFaults(page)), ...(await findCoveredInFooter(page))];
    faults.push(...found.map((fault) => `${path} at ${fault}`));
  }
  expect(faults).toEqual([]);
}

/** Expects the target to be in the upper `height` pixels of the window, with nothing over it. */
async function expectReachable(target: Locator, height: number): Promise<void> {
  await expect
    .poll(() =>
      target.evaluate((element, lowest) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return top >= 0 && left >= 0 && bottom <= lowest && element.contains(hit);
      }, height),
    )
    .toBe(true);
}

test('the composer', async ({ context, newMember, page }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  expect([...(await findTouchFaults(page)), ...(await findCoveredInFooter(page))]).toEqual([]);
  await newMember(context);
  await composer.openEditor();
  await page.getByRole('button', { name: 'Add file' }).click();
  await expect(composer.tabs).toHaveCount(2);
  expect(await findTouchFaults(page)).toEqual([]);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the keyboard leaves the button in view', async ({ page }) => {
      const composer = new ComposerPage(page);
      const button = page.getByRole('button', { name: 'Create link' });
      // A tap at the moment when the editor replaces the plain field is repeated on the field that is gone.
      await (javaScriptEnabled ? composer.openEditor() : page.goto('/'));
      await composer.text.tap();
      for (const size of [
        { width: 390, height: 430 },
        { width: 640, height: 360 },
      ]) {
        await page.setViewportSize(size);
        await expectReachable(button, size.height);
      }
      await page.setViewportSize({ width: 390, height: 430 });
      await composer.write('line\n'.repeat(20));
      await expectReachable(button, 430);
      await button.tap();
      await expect(new PastePage(page).heading).toBeVisible();
    });
  });
}

for (const [kind, content] of [
  ['short', 'x'],
  ['long', 'line\n'.repeat(200)],
] as const) {
  test(`the share panel of a ${kind} paste leaves the toolbar in view`, async ({ createPaste, page }) => {
    const { slug } = await createPaste({ content });
    await page.goto(`/${slug}`);
    const button = page.locator('[popovertarget="share-panel"]:visible');
    await button.tap();
    const panel = page.locator('#share-panel');
    await expect(panel.getByRole('img')).toBeVisible();
    await expectReachable(panel.getByRole('button', { name: 'Copy link' }), 844);
    for (const name of ['Copy', 'Share', 'More'])
      await expectReachable(page.getByRole('button', { name, exact: true }), 844);
  });
}

test('the keyboard leaves the button in view where it overlays the page', async ({ page }) => {
  await page.addInitScript(() => {
    const viewport = Object.assign(new EventTarget(), { height: 430, offsetTop: 0, scale: 1 });
    Object.defineProperty(window, 'visualViewport', { value: viewport });
  });
  await new ComposerPage(page).openEditor();
  await expectReachable(page.getByRole('button', { name: 'Create link' }), 430);
  await page.evaluate(() => {
    const { visualViewport } = window;
    if (visualViewport) Object.assign(visualViewport, { height: window.innerHeight });
    visualViewport?.dispatchEvent(new Event('resize'));
  });
  await expect(page.locator('html')).toHaveCSS('--keyboard-inset', '0px');
});

test('reading', async ({ createPaste, page }) => {
  const file = (name: string) => ({ name, content: '# Words\n\n- and more of them\n'.repeat(60) });
  const one = await createPaste({ title: 'Words', files: [file('words.md')] });
  const two = await createPaste({ files: [file('a.md'), file('b.txt')] });
  await expectNoTouchFaults(page, [`/${one.slug}`, `/${two.slug}`, `/${two.slug}/edit`, '/unknownPaste']);
  await page.goto(`/${one.slug}`);
  await expectReachable(page.getByRole('button', { name: 'Copy', exact: true }), 844);
  await new PastePage(page).openMore();
  expect(await findTouchFaults(page)).toEqual([]);
});

test('the views and what its owner has are in one row', async ({
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const owner = await newMember(context);
  const { slug } = await createOwn(owner, { files: [{ name: 'words.md', content: '# Words' }] });
  for (const language of ['en', 'ru']) {
    await context.addCookies([{ name: 'sheaf_locale', value: language, url: sheaf.url }]);
    await page.goto(`/${slug}`);
    const row = page.locator('.tool-links').getByRole('link');
    await expect(row).toHaveCount(4);
    const tops = await row.evaluateAll((links) =>
      links.map((link) => Math.round(link.getBoundingClientRect().top)),
    );
    expect(new Set(tops).size, tops.join()).toBe(1);
    expect(await findTouchFaults(page)).toEqual([]);
  }
});

test('the link goes to the share sheet, and selected lines have tools', async ({ createPaste, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', {
      value: async (data: ShareData) => document.body.setAttribute('data-shared', JSON.stringify(data)),
    });
  });
  const { slug, url } = await createPaste({ content: 'a\nb\nc\n' });
  await page.goto(`/${slug}#L2`);
  await expectReachable(page.getByRole('button', { name: 'Copy line 2' }), 844);
  expect(await findTouchFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear the selection' }).tap();
  const panel = await new PastePage(page).openShare();
  await expect(panel.locator('svg')).toBeVisible();
  expect(await findTouchFaults(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Share…' }).tap();
  await expect(page.locator('body')).toHaveAttribute('data-shared', JSON.stringify({ url }));
});

test('what was just saved', async ({ api, page }) => {
  const composer = new ComposerPage(page);
  await page.goto('/');
  await composer.write('words');
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  expect(await findTouchFaults(page)).toEqual([]);
  await page.goto(`/${saved.slug}/edit`);
  expect([...(await findTouchFaults(page)), ...(await findCoveredInFooter(page))]).toEqual([]);
  await api.remove(saved);
});

test('explore, docs and the pages to sign in', async ({ createPaste, page }) => {
  await createPaste({ content: 'words', visibility: 'public' });
  await expectNoTouchFaults(page, [
    '/explore',
    '/login',
    '/register',
    '/forgot-password',
    '/docs',
    '/docs/api',
    '/docs/api/pastes',
  ]);
});

test('pages of a member', async ({ context, createOwn, newMember, page }) => {
  const member = await newMember(context, { name: 'Grace Hopper' });
  const { slug } = await createOwn(member, { title: 'Words', content: 'x', visibility: 'private' });
  await page.goto('/contacts/new');
  const contacts = new ContactsPage(page);
  await contacts.add({ 'First name': 'Ada', Email: 'ada@example.com', Birthday: '1990-01-01' });
  await contacts.visit('Ada');
  await expectNoTouchFaults(page, [
    new URL(page.url()).pathname,
    ...['/contacts', '/contacts/new', '/contacts/import'],
    ...['/settings', '/settings/account', '/settings/security', '/settings/tokens'],
    ...['/me', '/shared', `/u/${member.username}`, `/${slug}/share`, `/${slug}/history`],
  ]);
  await new AccountMenu(page).open();
  expect(await findTouchFaults(page)).toEqual([]);
});

test('the list of users', async ({ context, newMember, page }) => {
  const { username } = await newMember(null);
  await newMember(context, { role: 'admin' });
  await expectNoTouchFaults(page, [
    '/admin',
    '/admin/reports',
    '/admin/approvals',
    '/admin/blocked',
    '/admin/audit',
    '/admin/status',
    '/abuse',
  ]);
  await page.goto('/admin');
  await new AdminPage(page).manage(username);
  expect(await findTouchFaults(page)).toEqual([]);
});
