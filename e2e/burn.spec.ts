import { readFile } from 'node:fs/promises';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import type { Api } from './support/api';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { test } from './support/member';
import { findForm, postFound } from './support/plain-form';
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
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'Reveal' }).hover();
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

test('the form posted to a paste that does not burn shows its ordinary page', async ({ api }) => {
  const burning = await api.create({ content: 'read once', burn_after: 1 });
  const ordinary = await api.create({ content: 'kept for all' });
  const form = findForm((await api.get(`/${burning.slug}`, { accept: 'text/html' })).text, ['nonce']);
  const posted = await postFound(`${api.baseUrl}/${ordinary.slug}`, { ...form, action: '' }, { fields: {} });
  expect(posted.status).toBe(200);
  expect(posted.headers.getSetCookie()).toEqual([]);
  const html = await posted.text();
  expect(html).toContain('kept for all');
  expect(html).not.toMatch(/This was the last read|read once/);
  expect(await readsOf(api, burning.slug)).toBe(0);
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

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('what was revealed is rendered, and shows its source without another request', async ({
      page,
      createPaste,
    }) => {
      const files = [
        { name: 'notes.md', content: '# Rendered heading\n' },
        { name: 'data.csv', content: 'name,port\nweb,443\n' },
        { name: 'broken.json', content: '{' },
      ];
      const { slug } = await createPaste({ files, burn_after: 1 });
      await page.goto(`/${slug}`);
      await page.getByRole('button', { name: 'Reveal' }).click();
      const notes = page.locator('#file-1');
      const data = page.locator('#file-2');
      const heading = notes.getByRole('heading', { name: 'Rendered heading' });
      await expect(heading).toBeVisible();
      await expect(page.getByText('by a guest')).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Files' }).getByRole('link')).toHaveCount(3);
      await expect(page.locator('#file-3').getByRole('radio')).toHaveCount(0);

      const requested: string[] = [];
      page.on('request', (request) => requested.push(request.url()));
      await notes.getByText('Source', { exact: true }).click();
      await expect(heading).toBeHidden();
      await expect(notes.locator('.code-text')).toContainText('# Rendered heading');
      await expect(notes.getByRole('radio', { name: 'Source' })).toBeChecked();
      await expect(data.getByRole('cell', { name: '443' })).toBeVisible();
      await data.getByText('Source', { exact: true }).click();
      await expect(data.locator('.code-text')).toContainText('web,443');
      await data.getByText('Table', { exact: true }).click();
      await expect(data.getByRole('cell', { name: '443' })).toBeVisible();
      await expect(data.locator('.code-text')).toBeHidden();
      await notes.getByText('Rendered', { exact: true }).click();
      await expect(heading).toBeVisible();
      if (javaScriptEnabled) {
        await page.getByRole('button', { name: 'Wrap' }).click();
        await expect(page.getByRole('main')).toHaveAttribute('data-wrap', 'on');
        await page.evaluate(() => {
          window.location.hash = '#f2-L2';
        });
        await expect(data.getByRole('radio', { name: 'Source' })).toBeChecked();
        await expect(data.locator('[data-lit]')).toHaveText('web,443');
      }
      expect(requested).toEqual([]);
    });

    test('its author can shorten its lifetime and delete it', async ({
      context,
      createOwn,
      newMember,
      page,
      sheaf,
    }) => {
      const owner = await newMember(context);
      const { slug } = await createOwn(owner, { ...PASTE, burn_after: 2, expires_in: '1w' });
      await page.goto(`/${slug}`);
      const lifetime = page.getByRole('combobox', { name: 'New lifetime' });
      const shorten = page.getByRole('button', { name: 'Shorten lifetime' });
      await lifetime.selectOption('1h');
      await shorten.click();
      await expect(page.getByText('Your changes are saved.')).toBeVisible();
      await expect(page.getByText(/It expires in (60 minutes|1 hour)\.$/).last()).toBeVisible();
      await expect(lifetime.locator('option')).toHaveText(['Expires in 10 minutes']);

      const expire = `update pastes set expires_at = now() + interval '5 minutes' where slug = $1`;
      await query(sheaf.databaseUrl, expire, [slug]);
      await shorten.click();
      await expect(page.getByRole('main').getByRole('alert')).toContainText('can only be shortened');
      await page.goto(`/${slug}`);
      await expect(shorten).toHaveCount(0);
      await page.getByRole('button', { name: 'Delete…', exact: true }).click();
      await page.getByRole('button', { name: 'Delete permanently' }).click();
      await page.waitForURL(/\/me/);
      expect((await page.goto(`/${slug}`))?.status()).toBe(404);
    });

    test('a member sees in the lists of pastes how often they can be read, and which were', async ({
      api,
      context,
      createOwn,
      newMember,
      otherPage,
      page,
      sheaf,
    }) => {
      const owner = await newMember(context);
      const reader = await newMember(otherPage.context());
      const own = await createOwn(owner, { ...PASTE, burn_after: 3, visibility: 'private' });
      await query(
        sheaf.databaseUrl,
        `insert into shares (id, paste_id, email, role, link_hash)
         select gen_random_uuid(), id, $2, 'reader', sha256(id::text::bytea) from pastes where slug = $1`,
        [own.slug, reader.email],
      );
      await otherPage.goto('/shared');
      const shared = otherPage.getByRole('main').getByRole('listitem').first();
      await expect(shared).toContainText('Paste that burns after reading');
      await expect(shared).toContainText('burns after 3 reads');
      await expect(shared).not.toContainText(PASTE.title);
      await shared.getByRole('link').first().click();
      await otherPage.getByRole('button', { name: 'Reveal' }).click();
      await expect(otherPage.getByRole('heading', { level: 1 })).toHaveText(PASTE.title);

      const burned = await createOwn(owner, { ...PASTE, burn_after: 1 });
      await api.send(`/api/v1/pastes/${burned.slug}/reveal`, { method: 'POST' });
      await page.goto('/me');
      await expect(page.getByText('burns after 2 reads')).toBeVisible();
      await expect(page.getByText('read once')).toBeVisible();
      const records = page.getByRole('region', { name: 'Read and deleted' });
      await expect(records.getByRole('link', { name: burned.slug })).toBeVisible();
      await expect(records.getByText(/^Read at/)).toHaveCount(1);
      await page.goto('/me?q=nothing');
      await expect(records).toHaveCount(0);
      await page.goto('/me');
      await records.getByRole('button', { name: `Dismiss ${burned.slug}` }).click();
      await expect(records).toHaveCount(0);
    });
  });
}

for (const locale of ['en', 'ru']) {
  test(`its pages fit a small phone and have no accessibility faults, in ${locale}`, async ({
    api,
    baseURL,
    context,
    createOwn,
    newMember,
    otherPage,
    page,
  }) => {
    const faults: string[] = [];
    async function look(what: string, where = page): Promise<void> {
      const overflow = await horizontalOverflow(where);
      if (overflow > 0) faults.push(`${what}: ${overflow} px too wide`);
      for (const fault of await findAccessibilityFaults(where)) faults.push(`${what}: ${fault}`);
    }
    const owner = await newMember(context);
    for (const one of [context, otherPage.context()]) {
      await one.addCookies([{ name: 'sheaf_locale', value: locale, url: baseURL ?? '' }]);
    }
    for (const one of [page, otherPage]) await one.setViewportSize({ width: 320, height: 568 });
    const files = [
      { name: `${'n'.repeat(200)}.md`, content: '# Heading' },
      { name: 'data.csv', content: 'a,b\n1,2\n' },
    ];
    const { slug } = await createOwn(owner, { title: 'T'.repeat(200), files, burn_after: 2 });
    await otherPage.goto(`/${slug}`);
    await look('the envelope', otherPage);
    await page.goto(`/${slug}?saved`);
    await look('what was saved');
    await page.locator('[name="nonce"] + button').click();
    await page.locator('.code-text').first().waitFor({ state: 'attached' });
    await look('what was revealed');
    await context.clearCookies({ name: 'sheaf_revealed' });
    await page.goto(`/${slug}`);
    await look('its author after a read');
    await api.send(`/api/v1/pastes/${slug}/reveal`, { method: 'POST' });
    await page.goto(`/${slug}`);
    await look('its author after the last read');
    await page.goto('/me');
    await look('own pastes');
    expect(faults).toEqual([]);
  });
}
