import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Locator, Page } from 'playwright/test';
import { expect } from './fixtures';
import { AccountMenu } from './pages/account-menu';
import { ComposerPage } from './pages/composer-page';
import { ContactsPage } from './pages/contacts-page';
import { PastePage } from './pages/paste-page';
import { CodePage, ShareSheet, SharingPage } from './pages/sharing-page';
import { bearerOf, signedInShape } from './support/accounts';
import type { Api } from './support/api';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { type KeptMail, linkIn, mailsTo, waitForMail } from './support/mail';
import { test as base, type Member } from './support/member';
import { query } from './support/storage';

const test = base.extend<{ newPage: () => Promise<Page> }>({
  /** Each in a browser profile of its own. */
  newPage: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await openContext(browser, baseURL);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

function openContext(browser: Browser, baseURL: string | undefined): Promise<BrowserContext> {
  return browser.newContext(baseURL === undefined ? {} : { baseURL });
}

function newAddress(): string {
  return `guest-${randomBytes(5).toString('hex')}@example.com`;
}

async function bearerFor(api: Api, { username, password }: Member): Promise<Record<string, string>> {
  const answer = await api.post('/api/v1/auth/login', { username, password });
  return bearerOf(answer.json(signedInShape).token);
}

/** Path and query of the personal link in a mail. */
function personalPath(mail: KeptMail, slug: string): string {
  const { pathname, search } = linkIn(mail, `/${slug}`);
  return pathname + search;
}

/** The only mail to an address that says so. */
async function waitForSharedMail(mailFolder: string, address: string): Promise<KeptMail> {
  let mails: KeptMail[] = [];
  await expect
    .poll(async () => {
      mails = (await mailsTo(mailFolder, address)).filter(({ subject }) => /shared a paste/.test(subject));
      return mails.length;
    })
    .toBe(1);
  const [mail] = mails;
  if (!mail) throw new Error('unreachable: it was just counted');
  return mail;
}

function codeIn({ text }: KeptMail): string {
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (!code) throw new Error(`No code in:\n${text}`);
  return code;
}

/** Another code than this one. */
function wrongCode(code: string): string {
  return code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
}

/** Presses a button that posts a form; a script asks for a state, which is no page and always 200. */
async function statusOfPost(page: Page, button: Locator): Promise<number> {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await button.click();
  return (await answer).status();
}

async function rawStatus({ request }: BrowserContext, slug: string): Promise<number> {
  return (await request.get(`/${slug}/raw`)).status();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a private paste opens for those it is shared with, until it is taken back', async ({
      api,
      context,
      createOwn,
      newMember,
      newPage,
      page,
      sheaf,
    }) => {
      const author = await newMember(context, { called: 'author' });
      const { slug } = await createOwn(author, {
        title: 'Between us',
        content: 'for your eyes',
        visibility: 'private',
      });
      const friendPage = await newPage();
      const friend = await newMember(friendPage.context(), { called: 'friend' });
      const friendToken = await bearerFor(api, friend);
      const added = await api.send('/api/v1/contacts', {
        method: 'POST',
        json: { first_name: 'Bea', last_name: 'Friend', email: friend.email },
        headers: await bearerFor(api, author),
      });
      expect(added.status).toBe(201);
      const guest = newAddress();

      // The author shares it.
      await page.goto(`/${slug}`);
      const sharing = new SharingPage(page);
      if (javaScriptEnabled) await sharing.open(slug);
      else {
        const panel = await new PastePage(page).openShare();
        await panel.getByRole('link', { name: 'Share with people…' }).click();
      }
      await sharing.person('Bea Friend').check();
      await sharing.addresses.fill(`${guest}; ${friend.email.toUpperCase()}`);
      await sharing.submit.click();
      await expect(sharing.status).toHaveText('Shared with 2 people. Emails are on their way.');
      await expect(sharing.row('Bea Friend')).toContainText('not opened yet');
      await expect(sharing.row(guest)).toContainText('not opened yet');
      await expect(sharing.person('Bea Friend')).toHaveCount(0);

      // A person with an account finds it there, or by the link, which does not stay in the URL.
      await friendPage.goto('/explore');
      const sharedLink = friendPage
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: 'Shared' })
        .first();
      await expect(sharedLink).toHaveAccessibleName('Shared (1) not opened');
      await new AccountMenu(friendPage).open();
      await friendPage.getByRole('link', { name: 'Shared with me' }).click();
      const item = friendPage.getByRole('main').getByRole('listitem').filter({ hasText: 'Between us' });
      await expect(item.first()).toContainText('you can read');
      // The author would still see "not opened yet".
      await expect(item.first()).not.toContainText('for your eyes');
      await friendPage.getByRole('link', { name: 'Between us' }).click();
      await expect(new PastePage(friendPage).text()).toContainText('for your eyes');
      await expect(friendPage.getByText(`Shared with you by ${author.username}`)).toBeVisible();
      await new PastePage(friendPage).openMore();
      await expect(new PastePage(friendPage).editLink).toHaveCount(0);
      await expect(friendPage.getByRole('main').getByRole('link', { name: /^Share/ })).toHaveCount(0);
      await expect(async () => {
        await friendPage.goto('/explore');
        await expect(sharedLink).toHaveAccessibleName('Shared', { timeout: 500 });
      }).toPass();
      const friendMail = await waitForSharedMail(sheaf.mailFolder, friend.email);
      expect(friendMail.text).not.toContain('Between us');
      await friendPage.goto(personalPath(friendMail, slug));
      await expect(friendPage).toHaveURL(`/${slug}`);

      // A person without one confirms the email by a code.
      const guestPath = personalPath(await waitForSharedMail(sheaf.mailFolder, guest), slug);
      const guestPage = await newPage();
      const answer = await guestPage.goto(guestPath);
      expect(answer?.status()).toBe(200);
      expect(answer?.headers()['x-robots-tag']).toBe('noindex');
      const code = new CodePage(guestPage);
      const masked = `${guest[0]}…${guest.split('@')[0]?.slice(-1)}@example.com`;
      await expect(guestPage.getByText(masked)).toBeVisible();
      for (const told of ['Between us', 'for your eyes', guest]) {
        expect(await guestPage.content()).not.toContain(told);
      }
      await code.send.click();
      await expect(code.heading).toHaveText('Enter the code');
      const digits = codeIn(await waitForMail(sheaf.mailFolder, guest, 2));
      await code.code.fill(wrongCode(digits));
      expect(await statusOfPost(guestPage, code.open)).toBe(javaScriptEnabled ? 200 : 422);
      await expect(code.code).toHaveAccessibleDescription(/This code is wrong or has expired/);
      expect(await rawStatus(guestPage.context(), slug)).toBe(404);

      // A stranger with the same link gets no further.
      const strangerPage = await newPage();
      await newMember(strangerPage.context());
      await strangerPage.goto(guestPath);
      await new CodePage(strangerPage).enter(wrongCode(digits));
      await expect(new CodePage(strangerPage).code).toHaveAccessibleDescription(/wrong or has expired/);
      expect(await strangerPage.content()).not.toContain('for your eyes');
      expect(await rawStatus(strangerPage.context(), slug)).toBe(404);
      expect((await strangerPage.goto(`/${slug}`))?.status()).toBe(404);

      await code.enter(` ${digits.slice(0, 3)} ${digits.slice(3)} `);
      await expect(guestPage).toHaveURL(`/${slug}`);
      await expect(new PastePage(guestPage).text()).toContainText('for your eyes');
      expect(await rawStatus(guestPage.context(), slug)).toBe(200);
      await guestPage.goto(guestPath);
      await expect(guestPage).toHaveURL(`/${slug}`);

      // The author sees that both opened it, and takes it back from one.
      await sharing.open(slug);
      await expect(sharing.row('Bea Friend')).toContainText('first opened');
      await expect(sharing.row(guest)).toContainText('first opened');
      await page.goto('/me');
      await expect(page.getByRole('listitem').filter({ hasText: 'shared with 2 people' })).not.toHaveCount(0);
      const contacts = new ContactsPage(page);
      await contacts.open();
      await contacts.visit('Bea Friend');
      const withBea = page.getByRole('region', { name: 'Shared with this contact' });
      await expect(withBea.getByRole('listitem').first()).toContainText(/Between us.*can read.*first opened/);
      await withBea.getByRole('link', { name: 'Change who “Between us” is shared with' }).click();
      await expect(page).toHaveURL(`/${slug}/share`);
      expect(await rawStatus(friendPage.context(), slug)).toBe(200);
      expect((await api.get(`/api/v1/pastes/${slug}`, friendToken)).status).toBe(200);
      await sharing.revoke('Bea Friend');
      await expect(sharing.status).toHaveText('The paste is no longer shared with this person.');
      await expect(sharing.row('Bea Friend')).toHaveCount(0);

      expect((await api.get(`/api/v1/pastes/${slug}`, friendToken)).status).toBe(404);
      expect(await rawStatus(friendPage.context(), slug)).toBe(404);
      expect((await friendPage.reload())?.status()).toBe(404);
      await expect(new PastePage(friendPage).heading).toHaveText('Not found');
      expect((await friendPage.goto(personalPath(friendMail, slug)))?.status()).toBe(404);
      await friendPage.goto('/shared');
      await expect(friendPage.getByText('Nothing is shared with you yet.')).toBeVisible();
      expect((await guestPage.reload())?.status()).toBe(200);
      expect(await rawStatus(guestPage.context(), slug)).toBe(200);
    });

    test('an editor can edit, but not change the visibility', async ({
      context,
      createOwn,
      newMember,
      newPage,
      page,
      sheaf,
    }) => {
      const author = await newMember(context);
      const { slug } = await createOwn(author, { content: 'first words', visibility: 'private' });
      const editorPage = await newPage();
      const editor = await newMember(editorPage.context());
      const sharing = new SharingPage(page);
      await sharing.open(slug);
      await sharing.addresses.fill(editor.email);
      await sharing.role.selectOption('Can read and edit');
      await page.getByRole('checkbox', { name: 'Send them an email' }).uncheck();
      await sharing.submit.click();
      await expect(sharing.status).toHaveText('Shared with one person. No email was sent.');

      await editorPage.goto(`/${slug}`);
      await new PastePage(editorPage).edit();
      const composer = new ComposerPage(editorPage);
      await expect(composer.visibility).toHaveCount(0);
      await expect(composer.lifetime).toHaveCount(0);
      await expect(editorPage.getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0);
      await composer.fill({ text: 'second words' });
      await composer.save();
      await expect(editorPage.getByText('Your changes are saved.')).toBeVisible();
      await expect(new PastePage(editorPage).text()).toContainText('second words');
      expect((await editorPage.goto(`/${slug}/history`))?.status()).toBe(200);
      expect((await editorPage.goto(`/${slug}/share`))?.status()).toBe(404);
      await page.goto(`/${slug}`);
      await expect(new PastePage(page).text()).toContainText('second words');
      if (javaScriptEnabled) await sharing.open(slug);
      else {
        const panel = await new PastePage(page).openShare();
        await panel.getByRole('link', { name: 'Shared with one person…' }).click();
      }

      await page.getByRole('button', { name: `email a new link to ${editor.email}` }).click();
      await expect(sharing.status).toHaveText(/^An email with a new link is on its way/);
      expect(personalPath(await waitForSharedMail(sheaf.mailFolder, editor.email), slug)).toContain(
        '?share=',
      );

      await sharing.changeRole(editor.email, 'Can read');
      await expect(sharing.status).toHaveText('The role was changed.');
      expect((await editorPage.goto(`/${slug}/history`))?.status()).toBe(404);
      expect((await editorPage.goto(`/${slug}`))?.status()).toBe(200);
      await new PastePage(editorPage).openMore();
      await expect(new PastePage(editorPage).editLink).toHaveCount(0);
    });

    test('a list with one invalid address creates no share', async ({
      context,
      createOwn,
      newMember,
      page,
      sheaf,
    }) => {
      const author = await newMember(context);
      const { slug } = await createOwn(author, { content: 'x' });
      const sharing = new SharingPage(page);
      await sharing.open(slug);
      await sharing.submit.click();
      await expect(sharing.addresses).toHaveAccessibleDescription(/Choose a person or enter an email\./);
      const typed = `${newAddress()}, no-address ${newAddress()}`;
      await sharing.addresses.fill(typed);
      await page.getByRole('checkbox', { name: 'Include the title' }).check();
      expect(await statusOfPost(page, sharing.submit)).toBe(javaScriptEnabled ? 200 : 422);
      await expect(sharing.addresses).toHaveAccessibleDescription(
        /“no-address” is not an email address\. The paste was not shared\./,
      );
      await expect(sharing.addresses).toHaveValue(typed);
      await expect(page.getByRole('checkbox', { name: 'Include the title' })).toBeChecked();
      await sharing.addresses.fill(author.email);
      await sharing.submit.click();
      await expect(sharing.addresses).toHaveAccessibleDescription(/This is your own email\./);
      const [row] = await query<{ shares: number }>(
        sheaf.databaseUrl,
        'select count(*)::int as shares from shares s join pastes p on p.id = s.paste_id where p.slug = $1',
        [slug],
      );
      expect(row?.shares).toBe(0);
      expect(await mailsTo(sheaf.mailFolder, typed.split(',')[0] ?? '')).toEqual([]);
    });

    test('the form is for new people: who has access already is named, and nothing is changed', async ({
      context,
      createOwn,
      newMember,
      page,
    }) => {
      const author = await newMember(context, { called: 'author' });
      const { slug } = await createOwn(author, { content: 'text', visibility: 'private' });
      const [first, second] = [newAddress(), newAddress()];
      const sharing = new SharingPage(page);
      await sharing.open(slug);
      await sharing.addresses.fill(first);
      await sharing.submit.click();
      await expect(sharing.row(first)).toBeVisible();
      await sharing.addresses.fill(`${first}, ${second}`);
      await sharing.role.selectOption('editor');
      await sharing.submit.click();
      await expect(sharing.addresses).toHaveAccessibleDescription(/The paste is already shared with “/);
      await expect(sharing.addresses).toHaveValue(`${first}, ${second}`);
      await sharing.open(slug);
      await expect(sharing.row(first).getByRole('combobox')).toHaveValue('reader');
      await expect(sharing.row(second)).toHaveCount(0);
    });

    test('the editor of an unlisted paste is known after a code, without an account', async ({
      context,
      createOwn,
      newMember,
      newPage,
      page,
      sheaf,
    }) => {
      const author = await newMember(context);
      const { slug } = await createOwn(author, { title: 'Minutes', content: 'as agreed' });
      const [reader, editor] = [newAddress(), newAddress()];
      const sharing = new SharingPage(page);
      await sharing.open(slug);
      await sharing.addresses.fill(reader);
      await page.getByRole('checkbox', { name: 'Include the title' }).check();
      await sharing.submit.click();
      await expect(sharing.row(reader)).toBeVisible();
      await sharing.addresses.fill(editor);
      await sharing.role.selectOption('Can read and edit');
      await sharing.submit.click();
      await expect(sharing.row(editor)).toBeVisible();

      const guestPage = await newPage();
      const mail = await waitForSharedMail(sheaf.mailFolder, reader);
      expect(mail.text).toContain('Minutes');
      await guestPage.goto(personalPath(mail, slug));
      await expect(guestPage).toHaveURL(`/${slug}`);
      await expect(new PastePage(guestPage).text()).toContainText('as agreed');

      await guestPage.goto(personalPath(await waitForSharedMail(sheaf.mailFolder, editor), slug));
      await expect(new PastePage(guestPage).text()).toContainText('as agreed');
      await guestPage.getByRole('link', { name: 'Confirm that email' }).click();
      const code = new CodePage(guestPage);
      await code.send.click();
      await code.enter(codeIn(await waitForMail(sheaf.mailFolder, editor, 2)));
      await expect(guestPage).toHaveURL(`/${slug}`);
      await new PastePage(guestPage).edit();
      const composer = new ComposerPage(guestPage);
      await composer.fill({ text: 'as agreed, and more' });
      await composer.save();
      await expect(new PastePage(guestPage).text()).toContainText('and more');
    });
  });
}

test('only the owner sees the shares, and an invalid link is not found', async ({
  api,
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const owner = await newMember(null);
  const { slug } = await createOwn(owner, { content: 'x' });
  const hidden = await createOwn(owner, { content: 'x', visibility: 'private' });
  for (const path of [`/${slug}/share`, '/shared']) {
    const answer = await api.get(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      307,
      `/login?next=${encodeURIComponent(path)}`,
    ]);
  }
  for (const query of [
    '',
    '?share',
    '?share=',
    '?share=abc',
    '?share=a&share=b',
    `?share=${'x'.repeat(999)}`,
  ]) {
    const answer = await api.get(`/${hidden.slug}${query}`);
    expect([answer.status, answer.headers.get('x-robots-tag')], query).toEqual([404, 'noindex']);
  }
  const stray = await api.get(`/${slug}?share=abc`);
  expect([stray.status, stray.headers.get('location')]).toEqual([307, `/${slug}`]);

  await newMember(context, { role: 'admin' });
  expect((await page.goto(`/${slug}/share`))?.status()).toBe(404);
  expect((await page.goto('/shared?cursor=nowhere'))?.status()).toBe(404);
  const own = await newMember(context);
  const secret = await createOwn(own, { content: 'x' });
  await query(sheaf.databaseUrl, `update pastes set encryption = '{}' where slug = $1`, [secret.slug]);
  expect((await page.goto(`/${secret.slug}/share`))?.status()).toBe(200);
  await expect(page.getByText('This paste is secret')).toBeVisible();
  await expect(new SharingPage(page).submit).toHaveCount(0);
});

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
  await expect(sheet.people).toHaveAccessibleDescription('“oops” is not an email address.');
  expect(await findAccessibilityFaults(page)).toEqual([]);
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

test('after a save it is said who a paste is shared with', async ({
  context,
  createOwn,
  newMember,
  page,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'x', visibility: 'private' });
  const sharing = new SharingPage(page);
  await sharing.open(slug);
  await sharing.addresses.fill('a@example.com b@example.com c@example.com d@example.com');
  await sharing.submit.click();
  await expect(sharing.row('d@example.com')).toBeVisible();
  await page.goto(`/${slug}?saved`);
  await expect(
    page.getByRole('link', { name: 'Shared with a@example.com, b@example.com, c@example.com, and 1 more…' }),
  ).toBeVisible();
});

test('chosen contacts stay chosen during a search', async ({
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const author = await newMember(context);
  const { slug } = await createOwn(author, { content: 'x' });
  await query(
    sheaf.databaseUrl,
    `insert into contacts (id, owner_id, first_name, last_name, email, favorite, updated_at, sort_name, haystack)
     select gen_random_uuid(), $1, 'Person', n::text, 'p' || n || '@example.com', n = 70, now(),
       'person ' || lpad(n::text, 3, '0'), 'person ' || n from generate_series(1, 70) n`,
    [author.id],
  );
  const sharing = new SharingPage(page);
  await sharing.open(slug);
  const boxes = page.getByRole('group', { name: 'Your contacts' }).getByRole('checkbox');
  await expect(boxes).toHaveCount(50);
  await expect(boxes.first()).toHaveAccessibleName(/^Person 70/);
  await sharing.person('Person 7').check();
  await page.getByRole('searchbox').fill('person 6');
  await page.getByRole('searchbox').press('Enter');
  await expect(boxes).toHaveCount(12);
  await expect(sharing.person('Person 7')).toBeChecked();
  await sharing.person('Person 66').check();
  await sharing.submit.click();
  await expect(sharing.row('Person 7')).toBeVisible();
  await expect(sharing.row('Person 66')).toBeVisible();
  await expect(boxes).toHaveCount(50);
});

test('fits and can be used on a phone and on a screen, in both languages', async ({
  context,
  createOwn,
  newMember,
  newPage,
  page,
  sheaf,
}) => {
  const author = await newMember(context);
  const { slug } = await createOwn(author, { title: 'x'.repeat(120), content: 'x', visibility: 'private' });
  const guest = `${'long'.repeat(11)}-${newAddress()}`;
  const reader = await newPage();
  const member = await newMember(reader.context());
  const sharing = new SharingPage(page);
  await sharing.open(slug);
  await sharing.addresses.fill(`${guest} ${member.email}`);
  await sharing.submit.click();
  await expect(sharing.row(guest)).toBeVisible();
  const personal = personalPath(await waitForSharedMail(sheaf.mailFolder, guest), slug);
  const guestPage = await newPage();
  for (const language of ['en', 'ru']) {
    for (const [browser, path] of [
      [page, `/${slug}/share`],
      [reader, '/shared'],
      [reader, `/${slug}`],
      [guestPage, personal],
    ] as const) {
      await browser.context().addCookies([{ name: 'sheaf_locale', value: language, url: sheaf.url }]);
      await browser.setViewportSize({ width: 390, height: 844 });
      await browser.goto(path);
      expect(await horizontalOverflow(browser), `${path} ${language}`).toBeLessThanOrEqual(0);
      expect(await findAccessibilityFaults(browser), `${path} ${language}`).toEqual([]);
      await browser.setViewportSize({ width: 1280, height: 800 });
      expect(await horizontalOverflow(browser), `${path} ${language}`).toBeLessThanOrEqual(0);
    }
  }
});
