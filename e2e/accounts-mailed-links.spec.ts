import { expect } from './fixtures';
import { AccessPage } from './pages/access-page';
import { statusOfPost } from './support/browser-checks';
import { linkIn, waitForMail } from './support/mail';
import { test, WRONG } from './support/person-fixtures';
import { query } from './support/storage';

const SPENT = 'This link no longer works';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('an unconfirmed user cannot sign in, and requests another link, which replaces the first', async ({
      page,
      sheaf,
      access,
      stranger,
    }) => {
      await access.register(stranger);
      await expect(page).toHaveURL('/verify-email?sent');
      const first = linkIn(await waitForMail(sheaf.mailFolder, stranger.email), '/verify-email');
      await access.signIn(stranger.email, 'not the password');
      await expect(access.alert).toHaveText(WRONG);
      await access.signIn(stranger.email, stranger.password);
      await expect(access.alert).toContainText('Confirm your email first');
      await page.getByRole('link', { name: 'Send the email again' }).click();
      await access.askForMail(stranger.email, 'Send it again');
      await expect(page.getByRole('main').getByRole('status')).toContainText('another link is on its way');
      const second = linkIn(await waitForMail(sheaf.mailFolder, stranger.email, 2), '/verify-email');

      expect((await page.goto(first.href))?.status()).toBe(400);
      await expect(access.heading).toHaveText(SPENT);
      // As another browser: its user is asked for the password.
      await page.context().clearCookies();
      await access.confirm(second, stranger.password);
      await access.signOut();
      await expect(page).toHaveURL('/');
      await page.goto(second.href);
      await expect(access.heading).toHaveText('Already confirmed');
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
      await access.enter(stranger.email, stranger.password);
      await expect(page).toHaveURL('/me');
    });

    test('takeover: an address that another person registered is confirmed with a password of its owner’s own', async ({
      page,
      otherPage,
      sheaf,
      access,
      stranger,
    }) => {
      const attacker = new AccessPage(otherPage);
      await attacker.register(stranger);
      await expect(otherPage).toHaveURL('/verify-email?sent');
      const link = linkIn(await waitForMail(sheaf.mailFolder, stranger.email), '/verify-email');
      await page.goto(link.href);
      await expect(page.getByRole('main')).toContainText(stranger.username);
      await access.password.fill('what the owner would choose');
      const status = await statusOfPost(page, () => access.press('Confirm and sign in'));
      if (!javaScriptEnabled) expect(status).toBe(401);
      await expect(access.password).toHaveAccessibleDescription('Wrong password for this account.');
      await attacker.signIn(stranger.email, stranger.password);
      await expect(attacker.alert).toContainText('Confirm your email first');

      await page.getByRole('link', { name: 'Set a new password' }).click();
      await expect(access.heading).toHaveText('Set a new password');
      await access.newPassword.fill('what the owner would choose');
      await access.passwordAgain.fill('something else');
      await access.press('Set password and sign in');
      await expect(access.passwordAgain).toHaveAccessibleDescription('The passwords do not match.');
      await access.newPassword.fill('what the owner would choose');
      await access.passwordAgain.fill('what the owner would choose');
      await access.press('Set password and sign in');
      await expect(page.getByText('Your email is confirmed, and you are signed in.')).toBeVisible();
      await attacker.signIn(stranger.email, stranger.password);
      await expect(attacker.alert).toHaveText(WRONG);
      await attacker.expectSignedIn(false);
      await access.expectSignedIn(true);
      expect((await page.goto(`${link.href}&new=`))?.status()).toBe(200);
      await expect(access.heading).toHaveText('Already confirmed');
    });

    test('expired, cut off and invalid links show an error and offer another link', async ({
      page,
      sheaf,
      access,
      stranger,
    }) => {
      await access.register(stranger);
      await expect(page).toHaveURL('/verify-email?sent');
      const link = linkIn(await waitForMail(sheaf.mailFolder, stranger.email), '/verify-email');
      const token = link.searchParams.get('token') ?? '';
      for (const path of ['/verify-email', '/reset-password']) {
        for (const wrong of [
          token.slice(0, -1),
          `${token}x`,
          '%00',
          'x'.repeat(600),
          `${token}&token=${token}`,
        ]) {
          const answer = await page.goto(`${path}?token=${wrong}`);
          expect(answer?.status(), `${path} ${wrong}`).toBe(400);
          await expect(access.heading).toHaveText(SPENT);
          await expect(access.email).toBeVisible();
        }
      }
      // A link to confirm an address does not set a password.
      await page.goto(`/reset-password?token=${token}`);
      await expect(access.heading).toHaveText(SPENT);

      await page.goto(link.href);
      await query(
        sheaf.databaseUrl,
        `update mail_tokens set expires_at = now() - interval '1 second'
         where user_id = (select id from users where username = $1)`,
        [stranger.username],
      );
      await access.press('Confirm and sign in');
      await expect(page.getByRole('main')).toContainText('was already used, or was replaced');
      expect((await page.goto(link.href))?.status()).toBe(400);
      await access.askForMail(stranger.email, 'Send a new link');
      const another = linkIn(await waitForMail(sheaf.mailFolder, stranger.email, 2), '/verify-email');
      await access.confirm(another);
    });

    test('a forgotten password is replaced by mail, which signs out every other browser', async ({
      page,
      otherPage,
      sheaf,
      access,
      member,
    }) => {
      const elsewhere = new AccessPage(otherPage);
      await elsewhere.signIn(member.email, member.password);
      await expect(otherPage).toHaveURL('/me');
      await page.goto('/login');
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await access.askForMail(member.email, 'Send link');
      const link = linkIn(await waitForMail(sheaf.mailFolder, member.email), '/reset-password');

      await page.goto(link.href);
      await access.chooseNewPassword('a long walk by the river', 'a long walk by the lake');
      await expect(access.passwordAgain).toHaveAccessibleDescription('The passwords do not match.');
      await access.chooseNewPassword(member.email);
      await expect(access.newPassword).toHaveAccessibleDescription(/cannot be your username or email/);
      await elsewhere.expectSignedIn(true);
      await access.chooseNewPassword('a long walk by the river');
      await expect(page.getByText('Your new password is set')).toBeVisible();

      await elsewhere.expectSignedIn(false);
      await access.enter(member.email, member.password);
      await expect(access.alert).toHaveText(WRONG);
      await access.enter(member.email, 'a long walk by the river');
      await expect(page).toHaveURL('/me');
      const notice = await waitForMail(sheaf.mailFolder, member.email, 2);
      expect(notice.subject).toBe('Your Sheaf password was reset');
      expect((await page.goto(link.href))?.status()).toBe(400);
      await expect(access.heading).toHaveText(SPENT);
    });
  });
}
