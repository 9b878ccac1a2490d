import { randomBytes } from 'node:crypto';
import type { BrowserContext } from 'playwright/test';
import { expect } from './fixtures';
import { AccountMenu } from './pages/account-menu';
import { ComposerPage } from './pages/composer-page';
import { OwnPage } from './pages/own-page';
import { PastePage } from './pages/paste-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { goneEverywhere, lookEverywhere } from './support/checks';
import { test } from './support/member';
import { query } from './support/storage';

/** The status of each page of a paste in this browser. */
async function look({ request }: BrowserContext, slug: string): Promise<number[]> {
  const paths = [`/${slug}`, `/${slug}/raw`, `/${slug}/raw/1`, `/${slug}/download`, `/${slug}/history`];
  return Promise.all(paths.map(async (path) => (await request.get(path, { maxRedirects: 0 })).status()));
}

test('lists of own pastes require signing in', async ({ api }) => {
  for (const path of ['/me', '/me?sort=title', '/me/delete?slug=abc']) {
    const answer = await api.get(path);
    expect(answer.status, path).toBe(307);
    expect(answer.headers.get('location'), path).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a private paste with a custom link is for its owner only', async ({
      api,
      context,
      newMember,
      otherPage,
      page,
      sheaf,
    }) => {
      const slug = `notes-${randomBytes(5).toString('hex')}`;
      const stranger = await newMember(otherPage.context());
      await query(sheaf.databaseUrl, 'insert into chosen_slugs (slug, owner_id) values ($1, $2)', [
        `${slug}-taken`,
        stranger.id,
      ]);
      const { username } = await newMember(context);
      const composer = new ComposerPage(page);
      await composer.open();
      await expect(composer.lifetime).toHaveValue('never');
      await composer.fill({ title: 'Diary', text: 'dear diary', visibility: 'Private' });
      await page.getByText('Custom link', { exact: true }).click();
      const link = page.getByRole('textbox', { name: 'Your custom link' });
      for (const [typed, fault] of [
        ['admin', 'This link is reserved.'],
        [`${slug}-taken`, 'This link is taken or was used before.'],
      ] as const) {
        await link.fill(typed);
        await composer.createLink();
        await expect(page.getByText(fault)).toBeVisible();
        await expect(link).toHaveValue(typed);
        await expect(link).toHaveAccessibleDescription(fault);
      }
      await expect(composer.visibility).toHaveValue('private');
      await link.fill(slug);
      await composer.createLink();

      await expect(page.getByRole('heading', { name: 'Your link is ready.' })).toBeVisible();
      const saved = new PastePage(page);
      await expect(saved.link).toHaveValue(`${sheaf.url}/${slug}`);
      await expect(saved.editKey).toHaveCount(0);
      await expect(page.getByRole('link', { name: 'your pastes' })).toHaveAttribute('href', '/me');
      await expect(page.getByRole('link', { name: username })).toHaveAttribute('href', `/u/${username}`);

      expect(await look(context, slug)).toEqual([200, 200, 200, 200, 200]);
      expect(await (await context.request.get(`/${slug}/raw`)).text()).toBe('dear diary');
      expect(await look(otherPage.context(), slug)).toEqual([404, 404, 404, 404, 404]);
      expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));

      await page.goto(`/${slug}/edit`);
      await composer.fill({ text: 'dear new diary' });
      await composer.save();
      await expect(page.getByRole('heading', { name: 'Your changes are saved.' })).toBeVisible();
      await page.goto(`/${slug}`);
      await saved.delete();
      await expect(new OwnPage(page).status).toContainText('The paste was deleted.');
      expect(await look(context, slug)).toEqual([404, 404, 404, 404, 404]);
    });

    test('pastes created before signing in are claimed', async ({
      api,
      context,
      createOwn,
      createPaste,
      newMember,
      page,
      sheaf,
    }) => {
      const made = [
        await createPaste({ title: 'One', content: '1' }),
        await createPaste({ title: 'Two', content: '2' }),
      ];
      const gone = await createPaste({ title: 'Gone', content: '3' });
      await api.remove(gone);
      const stranger = await newMember(null);
      const owned = await createOwn(stranger, { title: 'Not mine', content: '4' });
      const value = [...made, gone, owned].map(({ slug, edit_key }) => `${slug}~${edit_key}`).join('.');
      await context.addCookies([{ name: 'sheaf_edit_keys', value, url: sheaf.url }]);
      await newMember(context);

      const own = new OwnPage(page);
      await own.open();
      await expect(own.claimBox.getByRole('link')).toHaveText(['One', 'Two']);
      await expect(own.claimBox).toContainText('Claim them to see');
      await own.claimBox.getByRole('button', { name: 'Claim them' }).click();
      await expect(own.status).toHaveText('2 pastes are yours now.');
      await expect(own.titles).toHaveText(['Two', 'One']);
      await expect(own.claimBox).toHaveCount(0);
      for (const { slug, edit_key: editKey } of made) {
        const json = { title: 'Taken back' };
        const answer = await api.send(`/api/v1/pastes/${slug}`, { method: 'PATCH', json, editKey });
        expect(answer.status).toBe(404);
      }
      const kept = (await context.cookies()).find(({ name }) => name === 'sheaf_edit_keys')?.value ?? '';
      expect(kept.split('.').map((entry) => entry.split('~')[0])).toEqual([gone.slug, owned.slug]);
    });

    test('several pastes are deleted at once, and only own ones', async ({
      api,
      context,
      createOwn,
      newMember,
      page,
    }) => {
      const member = await newMember(context, { role: 'admin' });
      const stranger = await newMember(null);
      const theirs = await createOwn(stranger, { title: 'Theirs', content: 'x' });
      const [first, second] = [
        await createOwn(member, { title: 'First', content: '1', visibility: 'public' }),
        await createOwn(member, { title: 'Second', content: '2', visibility: 'private' }),
      ];
      await createOwn(member, { title: 'Third', content: '3' });
      const own = new OwnPage(page);
      await own.open('?sort=title');
      await own.deleteSelected.click();
      await expect(page.getByRole('heading', { name: 'Nothing is selected' })).toBeVisible();
      await page.getByRole('link', { name: 'Back to the list' }).click();
      await expect(page).toHaveURL('/me?sort=title');

      await own.select('First', 'Second');
      await own.deleteSelected.click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete these 2 pastes permanently?');
      await expect(own.titles).toHaveText(['First', 'Second']);
      await page.goto(`${page.url()}&slug=${theirs.slug}&slug=${theirs.slug.toLowerCase()}&slug=..`);
      await expect(own.titles).toHaveText(['First', 'Second']);
      await page
        .locator('input[name="slug"]')
        .first()
        .evaluate((field: HTMLInputElement, slug) => {
          const forged = field.cloneNode() as HTMLInputElement;
          forged.value = slug;
          field.before(forged);
        }, theirs.slug);
      await own.confirm();
      await expect(own.status).toHaveText('2 pastes were deleted. Their links no longer work.');
      await expect(own.titles).toHaveText(['Third']);
      expect(new URL(page.url()).searchParams.get('sort')).toBe('title');
      for (const { slug } of [first, second]) {
        expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
      }
      expect((await api.get(`/${theirs.slug}/raw`)).status).toBe(200);
    });

    test('pastes are searched, filtered, sorted and paged', async ({
      context,
      createOwn,
      newMember,
      page,
    }) => {
      const member = await newMember(context);
      for (let number = 1; number <= 21; number += 1) {
        await createOwn(member, { title: `Gem ${number}`, content: 'x', language: 'ruby', expires_in: '1d' });
      }
      await createOwn(member, { title: 'Apple', content: 'x', language: 'python', visibility: 'private' });
      const own = new OwnPage(page);
      await own.open();
      await expect(own.titles).toHaveCount(20);
      await expect(own.titles.first()).toHaveText('Apple');
      await page.getByRole('link', { name: 'More', exact: true }).click();
      await expect(own.titles).toHaveText(['Gem 2', 'Gem 1']);
      await page.getByRole('link', { name: 'To the start' }).click();
      await expect(own.titles).toHaveCount(20);

      await own.order.selectOption({ label: 'By title' });
      await own.apply();
      await expect(own.titles.first()).toHaveText('Apple');
      await own.order.selectOption({ label: 'Oldest first' });
      await own.search.fill('gem 1');
      await own.language.selectOption({ label: 'Ruby' });
      await own.apply();
      await expect(own.titles).toHaveCount(11);
      await expect(own.titles.first()).toHaveText('Gem 1');
      await own.search.fill('');
      await own.language.selectOption({ label: 'Any language' });
      await own.visibility.selectOption({ label: 'Private' });
      await own.apply();
      await expect(own.titles).toHaveText(['Apple']);
      await own.search.fill('nothing of this kind');
      await own.apply();
      await expect(page.getByText('No matching pastes.')).toBeVisible();
      await page.getByRole('link', { name: 'Show all' }).click();
      await expect(page).toHaveURL('/me');
      for (const query of ['?cursor=x', '?sort=random', '?visibility=secret']) {
        expect((await context.request.get(`/me${query}`)).status(), query).toBe(404);
      }
    });
  });
}

test('one checkbox selects all pastes of a page', async ({ context, createOwn, newMember, page }) => {
  const member = await newMember(context);
  await createOwn(member, { title: 'First', content: '1' });
  await createOwn(member, { title: 'Second', content: '2' });
  const own = new OwnPage(page);
  await own.open();
  const all = page.getByRole('checkbox', { name: 'Select all' });
  await own.select('First');
  await expect(all).toBeChecked({ indeterminate: true });
  await all.check();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(3);
  await all.uncheck();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
});

test('the pages of own pastes are usable on a small phone', async ({
  context,
  createOwn,
  createPaste,
  newMember,
  page,
  sheaf,
}) => {
  await page.setViewportSize({ width: 320, height: 568 });
  const member = await newMember(context, { role: 'admin' });
  const own = new OwnPage(page);
  await own.open();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  const { slug } = await createOwn(member, {
    title: 'x'.repeat(200),
    files: [{ name: `${'n'.repeat(250)}.ts`, content: 'x' }],
  });
  const claimable = await createPaste({ title: 'y'.repeat(200), content: 'y' });
  const value = `${claimable.slug}~${claimable.edit_key}`;
  await context.addCookies([{ name: 'sheaf_edit_keys', value, url: sheaf.url }]);
  await own.open();
  await expect(own.claimBox).toContainText('Claim it to see');
  const faults: string[] = [];
  const check = async (what: string) => {
    const overflow = await horizontalOverflow(page);
    if (overflow > 0) faults.push(`${what}: ${overflow} px too wide`);
    for (const fault of await findAccessibilityFaults(page)) faults.push(`${what}: ${fault}`);
  };
  await check('nothing yet');
  for (const path of ['/me', `/me/delete?slug=${slug}`, '/me/delete', '/me?q=zzz', `/${slug}`]) {
    await page.goto(path);
    await check(path);
  }
  await new AccountMenu(page).open();
  await check('the menu');
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await page.locator('summary').filter({ hasText: 'Custom link' }).click();
  await check('the composer');
  expect(faults).toEqual([]);
});
