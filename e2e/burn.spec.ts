import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import type { Api } from './support/api';
import { pasteShape } from './support/shapes';
import { query } from './support/storage';

const CONTENT = 'first line\r\nsecond line\r\n';
const PASTE = { title: 'To be burned', files: [{ name: 'burned.txt', content: CONTENT }] };

/** Lets the minute of the reveals pass. */
const PASS = `update reveals set at = at - interval '60 seconds' where paste_id = (
  select id from pastes where slug = $1)`;

const readsOf = async (api: Api, slug: string) =>
  (await api.get(`/api/v1/pastes/${slug}`)).json(pasteShape).reads;

for (const javaScriptEnabled of [true, false]) {
  test(`a paste is read once ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    browser,
    baseURL,
    sheaf,
    api,
    createPaste,
  }) => {
    const { slug } = await createPaste({ ...PASTE, burn_after: 1 });
    const context = await browser.newContext({ baseURL, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`/${slug}`);
    await page.mouse.wheel(0, 2_000);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This paste can be read once');
    await expect(page.locator('body')).not.toContainText('burned');
    expect(await readsOf(api, slug)).toBe(0);

    await page.getByRole('button', { name: 'Reveal' }).dblclick();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('To be burned');
    await expect(page.locator('.code-text')).toContainText('second line');
    await expect(page.getByRole('status').first()).toContainText('This was the last read');
    expect((await api.get(`/${slug}`)).status).toBe(404);

    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('To be burned');
    if (javaScriptEnabled) {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download' }).click();
      const saved = await saving;
      expect(saved.suggestedFilename()).toBe('burned.txt');
      expect(await readFile(await saved.path(), 'utf8')).toBe(CONTENT);
    }

    await page.goto('/explore');
    // Without JavaScript the browser would ask first, because it posts the form again.
    if (javaScriptEnabled) await page.goBack();
    else await page.goto(`/${slug}`);
    await expect(page.locator('.code-text')).toContainText('second line');
    await query(sheaf.databaseUrl, PASS, [slug]);
    expect((await page.goto(`/${slug}`))?.status()).toBe(404);
    await context.close();
  });
}

test('a reveal is answered to the browser that made it, for a minute', async ({
  browser,
  baseURL,
  sheaf,
  createPaste,
}) => {
  const { slug } = await createPaste({ ...PASTE, burn_after: 1 });
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/${slug}`);
  const nonce = await page.locator('[name="nonce"]').inputValue();
  await page.getByRole('button', { name: 'Reveal' }).click();
  const form = { form: { nonce }, headers: { origin: sheaf.url } };
  const path = `/${slug}/download`;
  expect(await (await context.request.post(path, form)).text()).toBe(CONTENT);
  const other = await browser.newContext({ baseURL });
  expect((await other.request.post(path, form)).status()).toBe(404);
  await query(sheaf.databaseUrl, PASS, [slug]);
  expect((await context.request.post(path, form)).status()).toBe(404);
  await page.reload();
  await expect(page.locator('body')).not.toContainText('second line');
  await other.close();
  await context.close();
});

test('its author chooses it in the composer, and sees when it was read', async ({ page, api }) => {
  await page.goto('/');
  await page.getByLabel('Burn after').selectOption('2');
  await new ComposerPage(page).write('from the composer');
  await page.getByRole('button', { name: /Create link/ }).click();
  await expect(page.getByText('It is deleted after 2 reads.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your paste can be read 2 times');
  const slug = new URL(page.url()).pathname.slice(1);
  const reveal = () => api.send(`/api/v1/pastes/${slug}/reveal`, { method: 'POST' });
  expect((await reveal()).status).toBe(200);
  await page.goto(`/${slug}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your paste can be read once');
  await expect(page.getByText(/^Read at/)).toHaveCount(1);
  expect(await readsOf(api, slug)).toBe(1);
  expect((await reveal()).status).toBe(200);
  expect((await page.goto(`/${slug}`))?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your paste was read and deleted');
  await expect(page.getByText(/^Read at/)).toHaveCount(2);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.waitForURL('/');
  await page.goto(`/${slug}`);
  await expect(page.getByText(/^Read at/)).toHaveCount(0);
});
