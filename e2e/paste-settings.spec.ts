import { expect } from './fixtures';
import { PastePage } from './pages/paste-page';
import { test } from './support/member';
import { query } from './support/storage';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('visibility and lifetime change where they stand', async ({
      api,
      context,
      createOwn,
      newMember,
      page,
      sheaf,
    }) => {
      const owner = await newMember(context);
      const plans = { title: 'Plans', content: 'a', visibility: 'private', expires_in: 'never' };
      const { slug } = await createOwn(owner, plans);
      const paste = new PastePage(page);
      await page.goto(`/${slug}`);
      await paste.changeSettings('Private', { visibility: 'public' });
      await expect(page.getByRole('heading', { name: 'Your changes are saved.' })).toBeVisible();
      expect(await api.listFeed()).toContain(slug);
      await page.goto(`/${slug}`);
      await paste.changeSettings('never expires', { lifetime: '1h' });
      await expect(page.getByRole('button', { name: /^expires in (60 minutes|1 hour)$/ })).toBeVisible();

      // The page is of a public paste, which another tab makes private.
      await page.goto(`/${slug}`);
      await query(
        sheaf.databaseUrl,
        `update pastes set visibility = 'private', settings_version = settings_version + 1 where slug = $1`,
        [slug],
      );
      await paste.changeSettings(/^expires in/, { lifetime: '1d' });
      await expect(page.getByText('The paste was changed since this page was opened.')).toBeVisible();
      expect(await api.listFeed()).not.toContain(slug);

      const leaky = await createOwn(owner, {
        content: `key: ghp_${'a1B2'.repeat(9)}`,
        visibility: 'private',
      });
      await page.goto(`/${leaky.slug}`);
      await paste.changeSettings('Private', { visibility: 'unlisted' });
      await expect(page.getByText('The text seems to contain passwords or keys.')).toBeVisible();
      expect((await api.get(`/${leaky.slug}`)).status).toBe(404);
    });

    test('a refused change of the settings is explained, also without a script', async ({
      context,
      createOwn,
      newMember,
      page,
      sheaf,
    }) => {
      const { slug } = await createOwn(await newMember(context), { content: 'a', visibility: 'private' });
      // Posted by the browser itself, before any script has run.
      await page.route('**/*.js', (route) => route.abort());
      await page.goto(`/${slug}`);
      await query(sheaf.databaseUrl, 'update pastes set settings_version = 2 where slug = $1', [slug]);
      await page.unroute('**/*.js');
      await new PastePage(page).changeSettings('Private', { lifetime: '1h' });
      await expect(page.getByRole('alert')).toContainText('The paste was changed since');
      await expect(page.getByRole('alert')).toBeInViewport();
    });
  });
}

test('a form of the page shows no answer of a proxy, and works again when the page is shown again', async ({
  context,
  createOwn,
  newMember,
  page,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'a', visibility: 'private' });
  let answer = { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' };
  await page.route('**/forms/settings', (route) => route.fulfill(answer));
  await page.goto(`/${slug}`);
  const form = page.locator('form[action$="/forms/settings"]');
  await new PastePage(page).changeSettings('Private', { lifetime: '1h' });
  await expect(form.getByRole('alert')).toHaveText(/^The server cannot be reached\./);

  // It leads to a part of the page, so that the page stays, as one does in the browser's memory.
  answer = { status: 200, contentType: 'text/plain', body: '#main' };
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/#main$/);
  await expect(form).toHaveAttribute('aria-busy', 'true');
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(form).not.toHaveAttribute('aria-busy');
});

test('a form without text that gets no answer does not say that text is kept', async ({
  context,
  createOwn,
  newMember,
  page,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'a', visibility: 'private' });
  await page.route('**/forms/*', (route) => route.abort());
  await page.goto(`/${slug}`);
  const alertOf = (form: string) => page.locator(`form[action$="/forms/${form}"]`).getByRole('alert');
  const sentence = 'The server cannot be reached. Check your connection and try again.';
  await new PastePage(page).changeSettings('Private', { lifetime: '1h' });
  await expect(alertOf('settings')).toHaveText(sentence);
  await page.reload();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(alertOf('delete')).toHaveText(sentence);
});
