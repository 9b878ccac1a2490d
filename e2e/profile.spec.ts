import { expect } from './fixtures';
import { AccountMenu } from './pages/account-menu';
import { OwnPage } from './pages/own-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { test } from './support/member';
import { query } from './support/storage';

test('the header leads members to their lists, and marks where they are', async ({
  context,
  newMember,
  page,
}) => {
  await page.goto('/');
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await expect(links).toHaveText(['New', 'Explore', 'Sign in', 'Register']);
  await newMember(context);
  for (const [name, path] of [
    ['Pastes', '/me'],
    ['Contacts', '/contacts'],
    ['Shared', '/shared'],
    ['Explore', '/explore'],
  ] as const) {
    await page.goto('/');
    await links.filter({ hasText: name }).click();
    await expect(page).toHaveURL(path);
    await expect(links.and(page.locator('[aria-current="page"]'))).toHaveText([name]);
  }
  await page.goto('/contacts/new');
  await expect(links.and(page.locator('[aria-current]'))).toHaveText(['Contacts']);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(links.filter({ visible: true })).toHaveText(['New', 'Explore']);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a profile shows a user and their public pastes', async ({
      context,
      createOwn,
      newMember,
      otherPage,
      page,
      sheaf,
    }) => {
      const ada = await newMember(context, { name: 'Ada Lovelace' });
      await page.goto(`/u/${ada.username}`);
      await expect(page.getByText('No public pastes.')).toBeVisible();
      for (let number = 1; number <= 21; number += 1) {
        await createOwn(ada, { title: `Letter ${number}`, content: 'x', visibility: 'public' });
      }
      await createOwn(ada, { title: 'Not listed', content: 'x' });
      await createOwn(ada, { title: 'Not for you', content: 'x', visibility: 'private' });
      const hidden = await createOwn(ada, { title: 'Hidden', content: 'x', visibility: 'public' });
      await query(sheaf.databaseUrl, 'update pastes set hidden_at = now() where slug = $1', [hidden.slug]);
      const titles = (of: typeof page) => new OwnPage(of).titles;

      await otherPage.goto(`/u/${ada.username.toUpperCase()}`);
      await expect(otherPage).toHaveURL(`/u/${ada.username}`);
      await expect(otherPage).toHaveTitle('Ada Lovelace · Sheaf');
      await expect(otherPage.getByRole('heading', { level: 1 })).toHaveText('Ada Lovelace');
      await expect(otherPage.getByText(/^joined \w+ \d{4}$/)).toBeVisible();
      await expect(titles(otherPage)).toHaveCount(20);
      await expect(titles(otherPage).first()).toHaveText('Letter 21');
      await expect(otherPage.getByRole('main').getByRole('button')).toHaveCount(0);
      await expect(
        otherPage.getByRole('main').getByRole('link', { name: /Delete|Settings|pastes/ }),
      ).toHaveCount(0);
      await otherPage.getByRole('link', { name: 'Older' }).click();
      await expect(titles(otherPage)).toHaveText(['Letter 1']);
      await otherPage.getByRole('link', { name: 'Letter 1' }).click();
      const named = (name: string) => otherPage.getByRole('link', { name: `${name} (${ada.username})` });
      await expect(named('Ada Lovelace')).toBeVisible();
      await query(sheaf.databaseUrl, `update users set name = 'Ada King' where id = $1::uuid`, [ada.id]);
      await otherPage.reload();
      await expect(named('Ada King')).toBeVisible();
      await otherPage.goto('/explore');
      await otherPage
        .getByRole('listitem')
        .filter({ hasText: 'Letter 21' })
        .locator(named('Ada King'))
        .click();
      await expect(otherPage).toHaveURL(`/u/${ada.username}`);

      await page.goto(`/u/${ada.username}`);
      const ways = page.getByRole('navigation', { name: 'Your account' });
      await expect(ways.getByRole('link')).toHaveText(['Your pastes', 'Settings']);
      await page.getByRole('link', { name: 'Delete Letter 21…' }).click();
      await new OwnPage(page).confirm();
      await expect(new OwnPage(page).status).toContainText('The paste was deleted.');
      expect(new URL(page.url()).pathname).toBe(`/u/${ada.username}`);
      await expect(titles(page).first()).toHaveText('Letter 20');
      await ways.getByRole('button', { name: 'Sign out' }).click();
      await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
      expect((await context.request.get('/me', { maxRedirects: 0 })).status()).toBe(307);
    });

    test('the account menu links to all own pages, and signs out', async ({ context, newMember, page }) => {
      await page.goto('/explore?q=a');
      await expect(page.getByRole('link', { name: 'Sign in' })).toHaveAttribute(
        'href',
        `/login?next=${encodeURIComponent('/explore?q=a')}`,
      );
      const { username } = await newMember(context);
      await page.reload();
      const menu = new AccountMenu(page);
      await menu.open();
      await expect(menu.items()).toHaveText([
        username,
        'Your pastes',
        'Shared with me',
        'Contacts',
        'Settings',
        'Sign out',
      ]);
      await menu.items().getByRole('link', { name: 'Your pastes' }).click();
      await expect(page).toHaveURL('/me');
      await menu.signOut();
      await newMember(context, { role: 'admin' });
      await page.goto('/');
      await menu.open();
      await menu.items().getByRole('link', { name: 'Admin' }).click();
      await expect(page).toHaveURL('/admin');
    });
  });
}

test('unknown and deleted users have no profile', async ({ api, createOwn, newMember, sheaf }) => {
  const member = await newMember(null);
  await createOwn(member, { title: 'Public', content: 'x', visibility: 'public' });
  const profile = async () => {
    const { status, headers } = await api.get(`/u/${member.username}`);
    return [status, headers.get('x-robots-tag')];
  };
  expect(await profile()).toEqual([200, null]);
  for (const [change, back] of [
    ['banned_at = now()', 'banned_at = null'],
    ['email_verified = null', 'email_verified = now()'],
  ]) {
    await query(sheaf.databaseUrl, `update users set ${change} where id = $1`, [member.id]);
    expect(await profile(), change).toEqual([404, 'noindex']);
    await query(sheaf.databaseUrl, `update users set ${back} where id = $1`, [member.id]);
  }
  expect(await profile()).toEqual([200, null]);
  for (const path of ['unknown-user', 'admin', '%00', '%FF', 'a%2Fb', 'x'.repeat(500), '..%2fme']) {
    expect((await api.sendRaw(`/u/${path}`)).status, path).toBe(404);
  }
  expect((await api.get(`/u/${member.username}?cursor=x`)).status).toBe(404);
});

test('a profile is usable on a small phone', async ({ context, createOwn, newMember, page }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  const member = await newMember(context, { called: 'x'.repeat(20), name: 'N'.repeat(80) });
  await createOwn(member, { title: 'x'.repeat(200), content: 'x', visibility: 'public' });
  for (const isOwn of [true, false]) {
    if (!isOwn) await context.clearCookies();
    await page.goto(`/u/${member.username}`);
    expect(await horizontalOverflow(page)).toBe(0);
    expect(await findAccessibilityFaults(page)).toEqual([]);
  }
});
