import { expect } from './fixtures';
import { newcomer } from './support/accounts';
import { findAccessibilityFaults, statusOfPost } from './support/browser-checks';
import { linkIn, waitForMail } from './support/mail';
import { test, WRONG } from './support/person-fixtures';
import { findForm, postFound } from './support/plain-form';

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
      const status = await statusOfPost(page, () =>
        access.register({ email: 'unknown', username: 'admin', password: 'short' }, 'other'),
      );
      if (!javaScriptEnabled) expect(status).toBe(422);
      await expect(access.email).toHaveAccessibleDescription(/^Enter an email address such as/);
      await expect(access.username).toHaveAccessibleDescription(/This username is reserved\.$/);
      await expect(access.password).toHaveAccessibleDescription(/Use at least 10 characters\.$/);
      await expect(access.passwordAgain).toHaveAccessibleDescription('The passwords do not match.');
      await expect(access.email).toHaveValue('unknown');
      await expect(access.username).toHaveValue('admin');

      await access.register({ ...member, email: newcomer().email });
      await expect(access.username).toHaveAccessibleDescription(/This username is taken\.$/);
      await access.register({ ...newcomer(), password: 'Password123' });
      await expect(access.password).toHaveAccessibleDescription(/This password is too common/);
    });

    test('an address with an account gets the same response as one without', async ({
      page,
      access,
      member,
    }) => {
      const told = async (email: string) =>
        ((await page.getByRole('main').textContent()) ?? '').replace(email, 'the email');
      await access.register({ ...newcomer(), email: member.email });
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
        for (const email of [member.email, newcomer().email]) {
          await page.goto(path);
          await access.askForMail(email, button);
          await expect(page.getByRole('main').getByRole('status'), path).toContainText(sentence);
        }
      }
      const other = newcomer();
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
        const status = await statusOfPost(page, () => access.signIn(login, password));
        if (!javaScriptEnabled) expect(status).toBe(401);
        await expect(access.alert).toHaveText(WRONG);
        await expect(access.login).toHaveValue(login);
      }
      await page.goto('/login');
      await access.press('Sign in');
      await expect(access.login).toHaveAccessibleDescription('Enter your email or username.');
      await expect(access.password).toHaveAccessibleDescription('Enter your password.');
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
  const { email, username, password } = newcomer();
  const answer = await postFound(pageUrl, form, { fields: { email, username, password } });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toMatch(/role="alert"[^>]*>The passwords do not match\.</);
});
