import type { Page } from 'playwright/test';
import { test as base, expect } from './fixtures';
import { AccessPage, inventPerson, type Person } from './pages/access-page';
import { findAccessibilityFaults } from './support/browser-checks';
import { linkIn, waitForMail } from './support/mail';
import { newMember } from './support/member';
import { findForm, postFound } from './support/plain-form';
import { query } from './support/storage';

const WRONG = 'Wrong email, username or password.';
const SPENT = 'This link no longer works';

interface Fixtures {
  /** A person without an account; an account they create is deleted after the test. */
  stranger: Person;
  /** A user with a confirmed account. */
  member: Person;
  access: AccessPage;
}

const test = base.extend<Fixtures>({
  stranger: async ({ sheaf }, use) => {
    const person = inventPerson();
    await use(person);
    await query(sheaf.databaseUrl, 'delete from users where username = $1', [person.username]);
  },

  member: async ({ sheaf }, use) => {
    const member = await newMember(sheaf, null);
    await use(member);
    await query(sheaf.databaseUrl, 'delete from users where id = $1::uuid', [member.id]);
  },

  access: async ({ page }, use) => use(new AccessPage(page)),
});

/** The response to the next posted form. */
async function statusOf(page: Page, work: () => Promise<void>): Promise<number> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await work();
  return (await answered).status();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('an account is opened, confirmed, and entered by address and by username', async ({
      page,
      sheaf,
      access,
      stranger,
    }) => {
      await access.register({ ...stranger, email: stranger.email.toUpperCase() });
      await expect(access.heading).toHaveText('Check your inbox');
      await expect(page).toHaveURL('/verify-email?sent');
      await expect(page.getByRole('main')).toContainText(`on its way to ${stranger.email}`);
      await expect(access.email).toHaveValue(stranger.email);
      const link = linkIn(await waitForMail(sheaf.mailFolder, stranger.email), '/verify-email');
      expect(link.origin).toBe(sheaf.url);

      await page.goto(link.href);
      await expect(page.getByRole('main')).toContainText(stranger.email);
      await access.expectSignedIn(false);
      await access.confirm(link);
      await access.expectSignedIn(true);
      const kept = (await page.context().cookies()).map(({ name }) => name);
      expect(kept).not.toContain('sheaf_registration');

      await access.signOut();
      await expect(page).toHaveURL('/');
      await access.expectSignedIn(false);
      await access.enter(stranger.email, stranger.password);
      await expect(page).toHaveURL('/me');
      await access.signOut();
      await expect(page).toHaveURL('/');
      await access.expectSignedIn(false);
      await access.enter(stranger.username.toUpperCase(), stranger.password);
      await expect(page).toHaveURL('/me');
      for (const path of ['/login', '/register']) {
        await page.goto(path);
        await expect(page, path).toHaveURL('/me');
      }
    });

    test('registration errors are shown beside their fields, and typed values are kept', async ({
      page,
      access,
      member,
    }) => {
      const status = await statusOf(page, () =>
        access.register({ email: 'unknown', username: 'admin', password: 'short' }, 'other'),
      );
      if (!javaScriptEnabled) expect(status).toBe(422);
      await expect(access.email).toHaveAccessibleDescription(/^Enter an email address such as/);
      await expect(access.username).toHaveAccessibleDescription(/This username is reserved\.$/);
      await expect(access.password).toHaveAccessibleDescription(/Use at least 10 characters\.$/);
      await expect(access.passwordAgain).toHaveAccessibleDescription('The passwords do not match.');
      await expect(access.email).toHaveValue('unknown');
      await expect(access.username).toHaveValue('admin');

      await access.register({ ...member, email: inventPerson().email });
      await expect(access.username).toHaveAccessibleDescription(/This username is taken\.$/);
      await access.register({ ...inventPerson(), password: 'Password123' });
      await expect(access.password).toHaveAccessibleDescription(/This password is too common/);
    });

    test('an address with an account gets the same response as one without', async ({
      page,
      access,
      member,
    }) => {
      const told = async (email: string) =>
        ((await page.getByRole('main').textContent()) ?? '').replace(email, 'the email');
      await access.register({ ...inventPerson(), email: member.email });
      await expect(page).toHaveURL('/verify-email?sent');
      const known = await told(member.email);
      for (const [path, button, sentence] of [
        [
          '/verify-email',
          'Send it again',
          'If this email is waiting for confirmation, another link is on its way.',
        ],
        ['/forgot-password', 'Send link', 'If an account with this email exists, a link is on its way.'],
      ] as const) {
        for (const email of [member.email, inventPerson().email]) {
          await page.goto(path);
          await access.askForMail(email, button);
          await expect(page.getByRole('main').getByRole('status'), path).toContainText(sentence);
        }
      }
      const other = inventPerson();
      await access.register(other);
      await expect(page).toHaveURL('/verify-email?sent');
      expect(await told(other.email)).toBe(known);
    });

    test('every failed sign-in shows the same message', async ({ page, access, member }) => {
      for (const [login, password] of [
        [member.email, 'not the password'],
        [member.username, 'not the password'],
        ['unknown@example.com', member.password],
        ['unknown-user', member.password],
      ] as const) {
        const status = await statusOf(page, () => access.signIn(login, password));
        if (!javaScriptEnabled) expect(status).toBe(401);
        await expect(access.alert).toHaveText(WRONG);
        await expect(access.login).toHaveValue(login);
      }
      await page.goto('/login');
      await access.press('Sign in');
      await expect(access.login).toHaveAccessibleDescription('Enter your email or username.');
      await expect(access.password).toHaveAccessibleDescription('Enter your password.');
    });

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
      const status = await statusOf(page, () => access.press('Confirm and sign in'));
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

    test('after signing in one is where one wanted to go, on this site only', async ({
      page,
      access,
      member,
    }) => {
      const visited: string[] = [];
      page.on('request', (request) => visited.push(new URL(request.url()).host));
      await access.signIn(member.email, member.password, '?next=/explore%3Fq%3Dx');
      await expect(page).toHaveURL('/explore?q=x');
      await page.goto('/login?next=/explore');
      await expect(page).toHaveURL('/explore');
      for (const next of [
        '//evil.example',
        'https://evil.example/',
        '/\\evil.example',
        '/..//evil.example',
      ]) {
        await page.goto(`/login?next=${encodeURIComponent(next)}`);
        await expect(page, next).toHaveURL('/me');
      }
      await access.signOut();
      await expect(page).toHaveURL('/');
      for (const next of ['//evil.example', 'javascript:alert(1)']) {
        await access.signIn(member.email, member.password, `?next=${encodeURIComponent(next)}`);
        await expect(page, next).toHaveURL('/me');
        await page.context().clearCookies();
      }
      expect(new Set(visited).size).toBe(1);
    });
  });
}

test('the cookie of a session is for this site and no script, new at every sign-in, and dead after the end', async ({
  page,
  context,
  access,
  member,
}) => {
  const sessionCookie = async () => (await context.cookies()).find(({ name }) => name === 'sheaf_session');
  await access.signIn(member.email, member.password);
  await expect(page).toHaveURL('/me');
  const first = await sessionCookie();
  expect(first).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  await access.signOut();
  await expect(page).toHaveURL('/');
  expect(await sessionCookie()).toBeUndefined();

  if (first) await context.addCookies([first]);
  await access.expectSignedIn(false);
  await access.enter(member.email, member.password);
  await expect(page).toHaveURL('/me');
  expect((await sessionCookie())?.value).not.toBe(first?.value);
});

test('a new password can be revealed and is rated; the estimator loads only then', async ({
  page,
  access,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(request.url()));
  await page.goto('/register', { waitUntil: 'networkidle' });
  const before = scripts.length;
  await access.password.fill('short');
  await expect(page.getByText('Too short').first()).toBeVisible();
  await access.password.fill('password12');
  await expect(page.getByText('Very easy to guess').first()).toBeVisible();
  await access.password.fill('quiet otters paddle');
  await expect(page.getByText('Strong').first()).toBeVisible();
  expect(scripts.length).toBeGreaterThan(before);
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Strong');

  await expect(access.password).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show password' }).first().click();
  await expect(access.password).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Hide password' }).click();
  await expect(access.password).toHaveAttribute('type', 'password');
});

test('the pages can be used with assistive technology, and are not for search engines', async ({
  api,
  page,
}) => {
  for (const path of [
    '/login?reset',
    '/register',
    '/verify-email?sent',
    '/verify-email?token=x',
    '/forgot-password',
  ]) {
    await page.goto(path);
    expect(await findAccessibilityFaults(page), path).toEqual([]);
    const { headers } = await api.get(path);
    expect(headers.get('x-robots-tag'), path).toBe('noindex');
    expect(headers.get('cache-control'), path).toContain('no-store');
  }
});

test('a plain post without one of the fields is told what is missing, above the form', async ({ sheaf }) => {
  const pageUrl = `${sheaf.url}/register`;
  const form = findForm(await (await fetch(pageUrl)).text(), ['email', 'username', 'password_again']);
  const { email, username, password } = inventPerson();
  const answer = await postFound(pageUrl, form, { fields: { email, username, password } });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toMatch(/role="alert"[^>]*>The passwords do not match\.</);
});
