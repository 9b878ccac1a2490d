import type { BrowserContext } from 'playwright/test';
import { expect } from './fixtures';
import { AccountMenu } from './pages/account-menu';
import { ComposerPage } from './pages/composer-page';
import { ContactsPage } from './pages/contacts-page';
import { PastePage } from './pages/paste-page';
import { CodePage, SharingPage } from './pages/sharing-page';
import { bearerFor } from './support/accounts';
import { statusOfPost } from './support/browser-checks';
import { type KeptMail, mailsTo, waitForMail } from './support/mail';
import { newAddress, personalPath, test, waitForSharedMail } from './support/shared-links';
import { query } from './support/storage';

function codeIn({ text }: KeptMail): string {
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (!code) throw new Error(`No code in:\n${text}`);
  return code;
}

/** Another code than this one. */
function wrongCode(code: string): string {
  return code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
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
      await expect(sharedLink).toHaveAccessibleName('Shared');
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
      expect(await statusOfPost(guestPage, () => code.open.click())).toBe(javaScriptEnabled ? 200 : 422);
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
      await expect(editorPage.getByRole('button', { name: 'Delete…', exact: true })).toHaveCount(0);
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
      expect(await statusOfPost(page, () => sharing.submit.click())).toBe(javaScriptEnabled ? 200 : 422);
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
