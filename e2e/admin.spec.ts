import type { BrowserContext } from 'playwright/test';
import { expect } from './fixtures';
import { AdminPage } from './pages/admin-page';
import { OwnPage } from './pages/own-page';
import { PastePage } from './pages/paste-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { goneEverywhere, lookEverywhere } from './support/checks';
import { signIn, test } from './support/member';
import { query } from './support/storage';

async function statusOf({ request }: BrowserContext, path: string): Promise<number> {
  return (await request.get(path, { maxRedirects: 0 })).status();
}

test('the list of people is there for admins only', async ({ api, context, newMember, otherPage }) => {
  expect((await api.get('/admin')).status).toBe(307);
  await newMember(context);
  await newMember(otherPage.context(), { role: 'moderator' });
  for (const one of [context, otherPage.context()]) {
    const answer = await one.request.get('/admin');
    expect(answer.status()).toBe(404);
    expect(await answer.text()).toContain('<title>Not found');
  }
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a role acts on the next click', async ({ context, newMember, otherPage, page }) => {
      const boss = await newMember(context, { role: 'admin', called: 'boss' });
      const other = await newMember(otherPage.context(), { called: 'pupil', name: 'Grace Hopper' });
      const admin = new AdminPage(page);
      await admin.open();
      await admin.find(boss.email);
      await expect(admin.rows).toHaveCount(1);
      await expect(admin.row(boss.username)).toContainText('This is you.');
      await expect(admin.rows.getByRole('button')).toHaveCount(0);
      await expect(admin.rows.getByRole('combobox')).toHaveCount(0);

      await admin.find(other.username);
      await expect(admin.row(other.username)).toContainText(other.email);
      await expect(admin.row(other.username)).toContainText('Grace Hopper');
      await expect(admin.row(other.username)).toContainText('1 session');
      for (const { role, status } of [
        { role: 'Admin', status: 200 },
        { role: 'User', status: 404 },
      ]) {
        // Without what was said of the change before.
        await admin.find(other.username);
        await expect(new OwnPage(page).status).toHaveCount(0);
        const row = await admin.manage(other.username);
        await row.getByRole('combobox').selectOption({ label: role });
        await row.getByRole('button', { name: 'Change role' }).click();
        await expect(new OwnPage(page).status).toHaveText(`The role of ${other.username} was changed.`);
        await expect(admin.search).toHaveValue(other.username);
        expect(await statusOf(otherPage.context(), '/admin')).toBe(status);
      }
      await admin.role.selectOption({ label: 'Admin' });
      await admin.find(other.username);
      await expect(page.getByText('No users match.')).toBeVisible();
      await page.goto('/admin/audit');
      const entries = page.getByRole('main').locator('li', { hasText: other.username });
      await expect(entries.getByText(/ → /)).toHaveText(['admin → user', 'user → admin']);
    });

    test('a ban acts on the next click, and can be lifted', async ({
      context,
      createOwn,
      newMember,
      otherPage,
      page,
      sheaf,
    }) => {
      await newMember(context, { role: 'admin' });
      const other = await newMember(otherPage.context(), { called: 'troll' });
      await createOwn(other, { title: 'Mine', content: 'x', visibility: 'private' });
      expect(await statusOf(otherPage.context(), '/me')).toBe(200);
      const admin = new AdminPage(page);
      await admin.open();
      await admin.find(other.username);
      await expect(admin.row(other.username)).toContainText('1 paste');
      const row = await admin.manage(other.username);
      await row.getByRole('button', { name: 'Ban…' }).click();
      const dialog = page.getByRole('dialog', { name: `Ban ${other.username}?` });
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      expect(await statusOf(otherPage.context(), '/me')).toBe(200);
      await row.getByRole('button', { name: 'Ban…' }).click();
      await dialog.getByRole('button', { name: 'Ban', exact: true }).click();
      await expect(new OwnPage(page).status).toHaveText(`${other.username} is banned.`);
      await expect(admin.row(other.username)).toContainText('Banned');
      expect(await statusOf(otherPage.context(), '/me')).toBe(307);
      expect(await statusOf(context, `/u/${other.username}`)).toBe(404);
      await expect(signIn(sheaf, otherPage.context(), other)).rejects.toThrow(
        'An administrator has banned this account',
      );

      const banned = await admin.manage(other.username);
      await banned.getByRole('button', { name: 'Lift the ban' }).click();
      await expect(new OwnPage(page).status).toHaveText(`${other.username} can sign in again.`);
      await signIn(sheaf, otherPage.context(), other);
      expect(await statusOf(otherPage.context(), '/me')).toBe(200);
      await admin.find(other.username);
      const free = await admin.manage(other.username);
      await free.getByRole('button', { name: 'Sign out everywhere' }).click();
      await expect(new OwnPage(page).status).toHaveText(`${other.username} is signed out everywhere.`);
      expect(await statusOf(otherPage.context(), '/me')).toBe(307);
    });

    test('a moderator hides a paste; its owner is told why, and sees it', async ({
      api,
      context,
      createOwn,
      newMember,
      otherPage,
      page,
    }) => {
      await newMember(context, { role: 'moderator' });
      const owner = await newMember(otherPage.context());
      const { slug } = await createOwn(owner, { title: 'Address book', content: 'x', visibility: 'public' });
      await page.goto(`/${slug}`);
      const paste = new PastePage(page);
      await paste.openMore();
      await expect(paste.deleteButton).toHaveCount(0);
      await page.getByRole('button', { name: 'Hide…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Hide this paste?' });
      await dialog.getByRole('button', { name: 'Hide', exact: true }).click();
      await expect(dialog).toBeVisible();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('A home address <b>');
      await dialog.getByRole('button', { name: 'Hide', exact: true }).click();
      const banner = page.getByRole('complementary', { name: 'Hidden by a moderator' });
      await expect(banner).toContainText('Reason: A home address <b>');
      await expect(banner).toContainText('Only its owner and moderators');
      expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));

      await otherPage.goto(`/${slug}`);
      const told = otherPage.getByRole('complementary', { name: 'Hidden by a moderator' });
      await expect(told).toContainText('Reason: A home address <b>');
      await expect(told).toContainText('Only you and moderators');
      await new PastePage(otherPage).openMore();
      await expect(otherPage.getByRole('button', { name: 'Show again' })).toHaveCount(0);
      await otherPage.goto('/me');
      await expect(otherPage.getByText('Hidden by a moderator')).toBeVisible();

      await paste.openMore();
      await page.getByRole('button', { name: 'Show again' }).click();
      await expect(banner).toHaveCount(0);
      expect((await api.get(`/${slug}/raw`)).status).toBe(200);
      await otherPage.goto(`/${slug}`);
      await expect(told).toHaveCount(0);
    });

    test('an admin deletes a paste from its page', async ({ api, context, createPaste, newMember, page }) => {
      await newMember(context, { role: 'admin' });
      const { slug } = await createPaste({ content: 'x', visibility: 'public' });
      await page.goto(`/${slug}`);
      await new PastePage(page).delete();
      await expect(new OwnPage(page).status).toContainText('The paste was deleted.');
      expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
    });
  });
}

test('people are listed page by page', async ({ context, newMember, page, sheaf }) => {
  await newMember(context, { role: 'admin' });
  const mark = `crowd${Date.now()}`;
  await query(
    sheaf.databaseUrl,
    `insert into users (id, email, username) select gen_random_uuid(), $1 || n || '@example.com', $1 || '-' || n
     from generate_series(1, 21) n`,
    [mark],
  );
  const admin = new AdminPage(page);
  await admin.open();
  await admin.find(mark);
  await expect(admin.rows).toHaveCount(20);
  await expect(admin.rows.first()).toContainText('Email not confirmed');
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(admin.rows).toHaveCount(1);
  await page.getByRole('link', { name: 'Newest' }).click();
  await expect(admin.rows).toHaveCount(20);
  for (const wrong of ['?cursor=x', '?role=root']) {
    expect(await statusOf(context, `/admin${wrong}`), wrong).toBe(404);
  }
});

test('people are managed on a small phone', async ({ context, newMember, page }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await newMember(context, { role: 'admin' });
  const other = await newMember(null, { called: 'x'.repeat(20), name: 'N'.repeat(80) });
  const admin = new AdminPage(page);
  await admin.open();
  await admin.find(other.username);
  const row = await admin.manage(other.username);
  expect(await horizontalOverflow(page)).toBe(0);
  expect(await findAccessibilityFaults(page)).toEqual([]);
  await row.getByRole('button', { name: 'Ban…' }).click();
  expect(await findAccessibilityFaults(page)).toEqual([]);
});
