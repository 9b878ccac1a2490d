import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('theme and language are chosen on any page, and stay', async ({ page, createPaste }) => {
      const { slug } = await createPaste({ files: [{ name: 'a.md', content: '# One' }] });
      for (const path of [`/${slug}?view=source`, '/no/such/page']) {
        await page.context().clearCookies();
        await page.goto(path);
        await page.getByRole('button', { name: 'Preferences' }).click();
        await page.getByRole('button', { name: 'Dark' }).click();
        await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
        await expect(page).toHaveURL(path);

        const russian = page.getByRole('button', { name: 'Русский' });
        if (!(await russian.isVisible())) await page.getByRole('button', { name: 'Preferences' }).click();
        await russian.click();
        await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
        await expect(page.getByRole('navigation', { name: 'Главное меню' })).toBeVisible();
        await expect(page).toHaveURL(path);

        await page.goto('/explore');
        await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
        await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
      }
    });
  });
}

test('what is typed stays when the theme or the language changes', async ({ page }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.fill({ title: 'Letter', fileName: 'a.txt', text: 'not saved yet' });
  await page.getByRole('button', { name: 'Preferences' }).click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Русский' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(page.getByRole('button', { name: 'Русский' })).toBeVisible();
  await expect(page.locator('[name="next"]').first()).toHaveValue('/');
  await expect(page.getByRole('textbox').filter({ hasText: 'not saved yet' })).toBeVisible();
  await expect(page.locator('input[name="title"]')).toHaveValue('Letter');
});

test('a form of another site ends no session', async ({ sheaf }) => {
  const post = (origin: string) =>
    fetch(`${sheaf.url}/logout`, { method: 'POST', headers: { origin }, redirect: 'manual' });
  const rejected = await post('https://elsewhere.example');
  expect([rejected.status, rejected.headers.getSetCookie()]).toEqual([403, []]);
  const taken = await post(sheaf.url);
  expect([taken.status, taken.headers.get('location')]).toEqual([303, '/']);
  for (const method of ['GET', 'PUT']) {
    const { status, headers } = await fetch(`${sheaf.url}/logout`, { method });
    expect([status, headers.get('allow')], method).toEqual([405, 'POST']);
  }
});

test('a form of another site chooses nothing', async ({ sheaf }) => {
  const post = (headers: Record<string, string>) =>
    fetch(`${sheaf.url}/preferences`, {
      method: 'POST',
      body: new URLSearchParams({ theme: 'dark', next: '/docs' }),
      headers,
      redirect: 'manual',
    });
  const rejected = await post({ origin: 'https://elsewhere.example' });
  expect([rejected.status, rejected.headers.getSetCookie()]).toEqual([403, []]);
  const taken = await post({ origin: sheaf.url });
  expect([taken.status, taken.headers.get('location')]).toEqual([303, '/docs']);
  for (const method of ['GET', 'PUT']) {
    const { status, headers } = await fetch(`${sheaf.url}/preferences`, { method });
    expect([status, headers.get('allow')], method).toEqual([405, 'POST']);
  }
});
