import { expect } from './fixtures';
import { ShareSheet } from './pages/sharing-page';
import { bearerFor } from './support/accounts';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { newAddress, test, waitForSharedMail } from './support/shared-links';
import { query } from './support/storage';

test('a sheet shares with contacts and addresses, with the keyboard only', async ({
  api,
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const author = await newMember(context);
  const { slug } = await createOwn(author, { content: 'x', visibility: 'private' });
  const [friend, guest, other] = [newAddress(), newAddress(), newAddress()];
  await api.send('/api/v1/contacts', {
    method: 'POST',
    json: { first_name: 'Bea', last_name: 'Friend', email: friend },
    headers: await bearerFor(api, author),
  });
  await page.goto(`/${slug}`);
  const sheet = new ShareSheet(page);
  // The other one is of the button that copies the link.
  const said = sheet.dialog.getByRole('status').first();
  await page.locator('main[data-aided]').waitFor();
  await page.getByRole('button', { name: 'Share', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(sheet.people).toBeFocused();

  await page.keyboard.type('bea');
  await expect(sheet.dialog.getByRole('option', { name: /^Bea Friend/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(sheet.chips).toContainText(['Bea Friend']);
  await sheet.chips.getByRole('combobox', { name: 'Role of Bea Friend' }).selectOption('editor');
  await sheet.people.focus();
  await page.keyboard.type(`${guest},`);
  await expect(sheet.chips).toHaveCount(2);
  await sheet.paste(`Other <${other}>; oops, x@example.com`);
  await expect(sheet.chips).toHaveCount(4);
  await expect(sheet.people).toHaveValue('oops');
  await expect(sheet.people).toHaveAccessibleDescription(
    '“oops” is neither an email address nor a contact to add.',
  );
  expect(await findAccessibilityFaults(page)).toEqual([]);
  await sheet.people.fill('hello wide world');
  await page.keyboard.press('Enter');
  await expect(sheet.people).toHaveAccessibleDescription(
    '“hello wide world” is neither an email address nor a contact to add.',
  );
  await sheet.people.fill('');
  await page.keyboard.press('Backspace');
  await expect(sheet.chips).toHaveCount(3);

  const question = sheet.dialog.getByRole('alertdialog');
  await page.keyboard.press('Escape');
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(sheet.people).toBeFocused();
  await sheet.submit.focus();
  await page.keyboard.press('Enter');
  await expect(said).toHaveText('Shared with 3 people. Emails are on their way.');
  await expect(sheet.shares).toHaveCount(3);
  await expect(sheet.chips).toHaveCount(0);
  await expect(sheet.shares.filter({ hasText: 'Bea Friend' })).toContainText('Email sent, not opened yet');
  await waitForSharedMail(sheaf.mailFolder, guest);
  const rolesOf = () =>
    query<{ email: string; role: string }>(
      sheaf.databaseUrl,
      `select s.email, s.role::text from shares s join pastes p on p.id = s.paste_id where p.slug = $1 order by s.role, s.email`,
      [slug],
    );
  const readers = [guest, other].sort().map((email) => ({ email, role: 'reader' }));
  expect(await rolesOf()).toEqual([...readers, { email: friend, role: 'editor' }]);

  // Those who have access keep their role, which is said.
  await sheet.people.fill(guest.toUpperCase());
  await sheet.people.press('Enter');
  await expect(sheet.people).toHaveAccessibleDescription(/^The paste is already shared with “GUEST-/);
  await expect(sheet.chips).toHaveCount(0);

  await sheet.dialog.getByRole('combobox', { name: 'Role of Bea Friend' }).selectOption('reader');
  await expect(said).toHaveText('The role was changed.');
  const revoke = (name: string) => sheet.dialog.getByRole('button', { name: `Stop sharing with ${name}` });
  await revoke(guest).focus();
  await page.keyboard.press('Enter');
  await expect(sheet.shares).toHaveCount(2);
  await expect(page.locator(':focus')).toHaveAccessibleName(/^Stop sharing with /);
  expect((await rolesOf()).map(({ email, role }) => [email, role])).toEqual(
    [friend, other].sort().map((email) => [email, 'reader']),
  );
  await page.keyboard.press('Escape');
  await expect(sheet.dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeFocused();
  expect(new URL(page.url()).pathname).toBe(`/${slug}`);
});

test('the sheet keeps what was entered when the session has ended', async ({
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'x', visibility: 'private' });
  await page.goto(`/${slug}`);
  const sheet = new ShareSheet(page);
  await sheet.open();
  await sheet.people.fill(newAddress());
  await sheet.people.press('Enter');
  await expect(sheet.chips).toHaveCount(1);
  await context.clearCookies();
  await sheet.submit.click();
  await expect(sheet.people).toHaveAccessibleDescription(/^You are signed out\./);
  await expect(sheet.chips).toHaveCount(1);
  await expect(sheet.dialog.getByRole('status').first()).toHaveText('');
  const [row] = await query<{ shares: number }>(
    sheaf.databaseUrl,
    'select count(*)::int as shares from shares s join pastes p on p.id = s.paste_id where p.slug = $1',
    [slug],
  );
  expect(row?.shares).toBe(0);
});

test('if the script of the sheet does not load, its button opens the panel', async ({
  context,
  createOwn,
  newMember,
  page,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'x', visibility: 'private' });
  await page.goto(`/${slug}`);
  await page.locator('main[data-aided]').waitFor();
  await page.route(/\/(?:assets|_next\/static)\//, (route) => route.abort());
  const button = page.getByRole('button', { name: 'Share', exact: true });
  await button.click();
  await expect(page.locator('#share-panel')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(button).not.toHaveAttribute('aria-busy');
});

test('the sheet fits a phone and a screen, in both languages and colours', async ({
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'x', visibility: 'private' });
  for (const [language, width, scheme] of [
    ['en', 1280, 'light'],
    ['ru', 390, 'dark'],
    ['en', 320, 'dark'],
  ] as const) {
    await context.addCookies([{ name: 'sheaf_locale', value: language, url: sheaf.url }]);
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(`/${slug}`);
    await page.locator('main[data-aided]').waitFor();
    await page.locator('[popovertarget="share-panel"]:visible').click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByRole('combobox').fill(`${'long'.repeat(12)}@example.com`);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('listitem')).toHaveCount(1);
    expect(await horizontalOverflow(page), `${language} ${width}`).toBe(0);
    expect(await dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    expect(await findAccessibilityFaults(page), `${language} ${width}`).toEqual([]);
  }
});

test('the roles of those it is shared with are shown in full', async ({
  api,
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const author = await newMember(context);
  const { slug } = await createOwn(author, { content: 'x', visibility: 'private' });
  const shared = await api.send(`/api/v1/pastes/${slug}/shares`, {
    method: 'POST',
    json: { email: 'grace@example.com', role: 'editor', notify: false },
    headers: await bearerFor(api, author),
  });
  expect(shared.status).toBe(201);
  for (const [language, width] of [
    ['en', 1280],
    ['ru', 390],
  ] as const) {
    await context.addCookies([{ name: 'sheaf_locale', value: language, url: sheaf.url }]);
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`/${slug}`);
    await page.locator('main[data-aided]').waitFor();
    await page.locator('[popovertarget="share-panel"]:visible').click();
    const role = page.locator('dialog[open]').getByRole('listitem').locator('select');
    const missing = await role.evaluate((select) => {
      const { width } = select.getBoundingClientRect();
      select.style.width = 'max-content';
      return select.getBoundingClientRect().width - width;
    });
    expect(missing, language).toBeLessThanOrEqual(0);
  }
});
