import { readFile } from 'node:fs/promises';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { SettingsPage } from './pages/settings-page';
import { findAccessibilityFaults } from './support/browser-checks';
import { linkIn, mailsTo, waitForMail } from './support/mail';
import { signIn, test } from './support/member';
import { query } from './support/storage';

const PICTURE = new URL('../public/apple-icon.png', import.meta.url);
const NEXT_PASSWORD = 'seven grey herons at dawn';

for (const javaScriptEnabled of [true, false]) {
  /** A form with an error is answered with the page and this status, or with a form state if scripts run. */
  const failsWith = (status: number) => (javaScriptEnabled ? [200, status] : [status]);

  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('name and username are changed, and the old address stops working', async ({ page, newMember }) => {
      const settings = new SettingsPage(page);
      const other = await newMember(null);
      const { username } = await newMember(page.context());
      const next = `${username}-2`;
      await settings.open();

      const taken = { name: 'Ada Lovelace', username: other.username };
      expect(failsWith(409)).toContain(await settings.saveProfile(taken));
      await expect(settings.username).toHaveAccessibleDescription(/This username is taken\./);
      await expect(settings.username).toHaveValue(other.username);
      await expect(settings.name).toHaveValue('Ada Lovelace');
      const invalid = { name: 'x'.repeat(81), username: 'no spaces' };
      expect(failsWith(422)).toContain(await settings.saveProfile(invalid));
      await expect(settings.name).toHaveAccessibleDescription(/at most 80 characters/);
      await expect(settings.username).toHaveAccessibleDescription(/Latin letters and digits/);

      await settings.saveProfile({ name: 'Ada Lovelace', username: next.toUpperCase() });
      await expect(settings.said).toHaveText('Your profile is saved.');
      await expect(settings.said).toBeFocused();
      await expect(settings.username).toHaveValue(next);
      await expect(settings.name).toHaveValue('Ada Lovelace');
      await expect(settings.username).toHaveAccessibleDescription(new RegExp(`/u/${next}\\b`));
      expect((await page.goto(`/u/${username}`))?.status()).toBe(404);
      expect((await page.goto(`/u/${next}`))?.status()).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Ada Lovelace');
    });

    test('a picture is uploaded and removed, and other files are rejected', async ({ page, newMember }) => {
      const settings = new SettingsPage(page);
      const bytes = await readFile(PICTURE);
      await newMember(page.context());
      await settings.open();
      const drawn = await settings.picture.getAttribute('src');

      const svg = {
        name: 'a.png',
        type: 'image/png',
        bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      };
      expect(failsWith(415)).toContain(await settings.upload(svg));
      await expect(settings.alert).toHaveText('Choose a JPEG, PNG or WebP image.');
      const cut = { name: 'b.png', type: 'image/png', bytes: bytes.subarray(0, bytes.length / 2) };
      expect(failsWith(422)).toContain(await settings.upload(cut));
      await expect(settings.alert).toHaveText('The image cannot be read. It is damaged or incomplete.');
      await expect(settings.picture).toHaveAttribute('src', drawn ?? '');

      await settings.upload({ name: 'c.png', type: 'image/png', bytes });
      await expect(settings.said).toHaveText('Your profile picture is saved.');
      await expect(settings.picture).not.toHaveAttribute('src', drawn ?? '');
      const shown = await page.request.get((await settings.picture.getAttribute('src')) ?? '');
      expect(shown.headers()['content-type']).toBe('image/webp');

      await settings.press('Remove picture');
      await expect(settings.said).toContainText('The generated one is shown again');
      await expect(settings.picture).toHaveAttribute('src', drawn ?? '');
    });

    test('a new password signs every other browser out', async ({ page, otherPage, newMember, sheaf }) => {
      const settings = new SettingsPage(page);
      const elsewhere = new SettingsPage(otherPage);
      const member = await newMember(page.context());
      await signIn(sheaf, otherPage.context(), member);
      await elsewhere.expectSignedIn();
      await settings.open('/security');

      expect(failsWith(401)).toContain(
        await settings.changePassword({ current: 'not this one at all', next: NEXT_PASSWORD }),
      );
      await expect(page.getByLabel('Current password')).toHaveAccessibleDescription('Wrong password.');
      const differing = { current: member.password, next: NEXT_PASSWORD, again: 'something else again' };
      expect(failsWith(422)).toContain(await settings.changePassword(differing));
      await expect(page.getByLabel('Repeat new password')).toHaveAccessibleDescription(
        'The passwords do not match.',
      );
      expect(failsWith(422)).toContain(
        await settings.changePassword({ current: member.password, next: member.username }),
      );
      await expect(page.getByLabel('New password', { exact: true })).toHaveAccessibleDescription(
        /cannot be your username or email/,
      );
      await elsewhere.expectSignedIn();

      await settings.changePassword({ current: member.password, next: NEXT_PASSWORD });
      await expect(settings.said).toContainText('Your password is changed.');
      await expect(settings.events.first()).toContainText('The password was changed');
      await expect(settings.devices).toHaveCount(1);
      await elsewhere.expectSignedOut();
      await settings.expectSignedIn();
      await signIn(sheaf, otherPage.context(), { ...member, password: NEXT_PASSWORD });
      await elsewhere.expectSignedIn();
    });

    test('the address changes by the mailed link, and the old one is notified', async ({
      page,
      newMember,
      sheaf,
    }) => {
      const settings = new SettingsPage(page);
      const member = await newMember(page.context());
      const email = `new-${member.email}`;
      await settings.open('/account');
      await expect(page.getByText(member.email, { exact: true })).toBeVisible();

      const wrong = { email, password: 'not this one at all' };
      expect(failsWith(401)).toContain(await settings.changeEmail(wrong));
      await expect(page.getByLabel('Your password')).toHaveAccessibleDescription('Wrong password.');
      await expect(page.getByRole('textbox', { name: 'New email' })).toHaveValue(email);
      expect(await mailsTo(sheaf.mailFolder, email)).toEqual([]);

      await settings.changeEmail({ email, password: member.password });
      await expect(settings.said).toContainText('We sent a link to the new email');
      await expect(page.getByText(member.email, { exact: true })).toBeVisible();
      const told = await waitForMail(sheaf.mailFolder, member.email);
      expect(told.text).toContain(email);

      const { pathname, search } = linkIn(await waitForMail(sheaf.mailFolder, email), '/verify-email');
      await page.goto(pathname + search);
      await page.getByLabel('Password', { exact: true }).fill('not this one at all');
      await settings.press('Confirm email');
      await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
        'Wrong password for this account.',
      );
      await page.getByLabel('Password', { exact: true }).fill(member.password);
      await settings.press('Confirm email');
      await expect(settings.said).toHaveText('Your new email is confirmed.');
      await settings.open('/account');
      await expect(page.getByText(email, { exact: true })).toBeVisible();
      await waitForMail(sheaf.mailFolder, member.email, 2);
    });

    test('devices are listed and signed out', async ({ page, otherPage, browser, newMember, sheaf }) => {
      const settings = new SettingsPage(page);
      const elsewhere = new SettingsPage(otherPage);
      const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
      const third = await browser.newContext({ baseURL: sheaf.url, userAgent });
      const member = await newMember(page.context());
      await signIn(sheaf, third, member);
      await signIn(sheaf, otherPage.context(), member);

      await settings.open('/security');
      await expect(settings.devices).toHaveCount(3);
      await expect(settings.devices.first()).toContainText('this browser');
      await expect(settings.devices.first().getByRole('button')).toHaveCount(0);
      await settings.press('Sign out Firefox · Linux');
      await expect(settings.said).toHaveText('That device is signed out.');
      await expect(settings.devices).toHaveCount(2);
      await new SettingsPage(await third.newPage()).expectSignedOut();
      await elsewhere.expectSignedIn();

      await page.getByRole('button', { name: 'Sign out everywhere else…', exact: true }).click();
      await expect(page.getByRole('dialog')).toContainText('Personal tokens keep working.');
      await settings.press('Sign out');
      await expect(settings.said).toHaveText('You are signed out everywhere else.');
      await expect(settings.devices).toHaveCount(1);
      await expect(settings.events.first()).toContainText('Other devices were signed out');
      await elsewhere.expectSignedOut();
      await settings.expectSignedIn();
      await third.close();
    });

    test('a token is shown once, works within its scopes, and is revoked', async ({
      page,
      newMember,
      api,
    }) => {
      const settings = new SettingsPage(page);
      const member = await newMember(page.context());
      await settings.open('/tokens');
      await expect(page.getByText('No tokens yet.')).toBeVisible();

      expect(failsWith(422)).toContain(
        await settings.makeToken({ name: '', scopes: ['account'], expires: 'In a year' }),
      );
      await expect(settings.name).toHaveAccessibleDescription(/Enter a name for the token\./);
      await expect(page.getByRole('checkbox', { name: 'account' })).toBeChecked();
      await expect(page.getByRole('checkbox', { name: 'contacts' })).not.toBeChecked();
      await expect(page.getByRole('combobox', { name: 'Expires' })).toHaveValue('1y');

      await settings.makeToken({ name: 'Backup', scopes: [] });
      await expect(settings.said).toHaveText('The token is created. Copy it now: it is not shown again.');
      const token = await settings.newToken.inputValue();
      await expect(settings.tokens).toHaveCount(1);
      await expect(settings.tokens).toContainText('Backup');
      await expect(settings.tokens).toContainText(/expires in (12 months|1 year)/);

      const headers = { authorization: `Bearer ${token}` };
      const whoami = await api.get('/api/v1/users/me', headers);
      expect(whoami.status).toBe(200);
      expect(whoami.text).toContain(member.email);
      const writing = { method: 'POST', headers, json: { files: [{ name: 'a.txt', content: 'a' }] } };
      expect((await api.send('/api/v1/pastes', writing)).status).toBe(403);

      await settings.open('/tokens');
      expect(await page.content()).not.toContain(token);
      await expect(settings.tokens).toContainText('last used');
      await page.getByRole('button', { name: 'Revoke Backup…', exact: true }).click();
      await settings.press('Revoke token');
      await expect(settings.said).toContainText('The token is revoked and no longer works.');
      await expect(settings.tokens).toHaveCount(0);
      expect((await api.get('/api/v1/users/me', headers)).status).toBe(401);
    });

    test('deleting an account deletes its pastes', async ({ page, newMember, sheaf, otherPage }) => {
      const settings = new SettingsPage(page);
      const composer = new ComposerPage(page);
      const member = await newMember(page.context());
      await composer.open();
      await composer.fill({ text: 'mine\n' });
      await composer.createLink();
      await expect(page.getByRole('heading', { name: 'Your link is ready.' })).toBeVisible();
      const paste = new URL(page.url()).pathname;

      await settings.open('/account');
      await page.getByRole('link', { name: 'Delete account…' }).click();
      await expect(page.getByText(/all its pastes/)).toBeVisible();
      expect(failsWith(401)).toContain(await settings.deleteAccount('not this one at all'));
      await expect(page.getByLabel('Your password')).toHaveAccessibleDescription('Wrong password.');
      expect((await otherPage.goto(paste))?.status()).toBe(200);

      await settings.deleteAccount(member.password);
      await expect(page).toHaveURL(/\/(\?goodbye)?$/);
      await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
      expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('sheaf_session');
      await settings.expectSignedOut();
      expect((await otherPage.goto(paste))?.status()).toBe(404);
      await expect(signIn(sheaf, otherPage.context(), member)).rejects.toThrow('was not signed in');
      expect(await query(sheaf.databaseUrl, 'select 1 from users where id = $1', [member.id])).toEqual([]);
    });

    test('the language chosen here is the language of mail', async ({ page, newMember, sheaf }) => {
      const settings = new SettingsPage(page);
      const member = await newMember(page.context());
      await settings.open();
      await page.getByRole('region', { name: 'Appearance' }).getByRole('button', { name: 'Русский' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Настройки');
      await expect
        .poll(() => query(sheaf.databaseUrl, 'select locale from users where id = $1', [member.id]))
        .toEqual([{ locale: 'ru' }]);
    });
  });
}

test('a picture that is too large is rejected without sending it', async ({ page, newMember }) => {
  const settings = new SettingsPage(page);
  await newMember(page.context());
  await settings.open('?saved=profile');
  // The script has come once it has taken the word out of the address.
  await expect(page).toHaveURL('/settings');
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') posts += 1;
  });
  await page
    .getByLabel('Choose an image')
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(4 * 1024 * 1024 + 1) });
  await page.getByRole('button', { name: 'Upload picture' }).click();
  await expect(settings.alert).toHaveText('The image is larger than 4 MiB.');
  expect(posts).toBe(0);
});

test('the profile is changed with the keyboard alone', async ({ page, newMember }) => {
  const settings = new SettingsPage(page);
  await newMember(page.context());
  await settings.open();
  await page.getByRole('link', { name: 'Tokens' }).focus();
  await page.keyboard.press('Tab');
  await expect(settings.name).toBeFocused();
  await page.keyboard.type('Ada');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Save profile' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(settings.said).toHaveText('Your profile is saved.');
  await expect(settings.name).toHaveValue('Ada');
});

test('a visitor who is not signed in is sent to sign in, and returns', async ({ page, newMember }) => {
  const member = await newMember(null);
  for (const path of ['/settings', '/settings/account', '/settings/account/delete', '/settings/security']) {
    await page.goto(path);
    await expect(page).toHaveURL(`/login?next=${encodeURIComponent(path)}`);
  }
  await page.goto('/settings/tokens');
  await page.getByLabel('Email or username').fill(member.username);
  await page.getByLabel('Password', { exact: true }).fill(member.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/settings/tokens');
});

test('settings are usable with assistive technology, and narrow', async ({ page, newMember }) => {
  await newMember(page.context());
  const settings = new SettingsPage(page);
  await settings.open('/tokens');
  await settings.makeToken({ name: 'W'.repeat(80), scopes: ['pastes:read', 'pastes:write', 'contacts'] });
  await expect(settings.newToken).toBeVisible();
  expect(await findAccessibilityFaults(page)).toEqual([]);
  for (const path of ['?saved=profile', '/account', '/account/delete', '/security', '/tokens']) {
    await page.setViewportSize({ width: 320, height: 640 });
    await settings.open(path);
    expect(await findAccessibilityFaults(page), path).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
  }
  await settings.makeToken({ name: '', scopes: [] });
  await expect(settings.alert).toBeVisible();
  expect(await findAccessibilityFaults(page)).toEqual([]);
});
