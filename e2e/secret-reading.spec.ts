import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { sealRevision } from '../lib/encryption/seal';
import { expect, test } from './fixtures';
import { PastePage } from './pages/paste-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { createSealed } from './support/sealed';
import { formOf } from './support/secret';
import { FILES, fault, heading, PASSWORD, SCRIPT, TEXT } from './support/secret-page';
import { pasteShape } from './support/shapes';

const keyIn = (page: Page) => /^#(AGE-SECRET-KEY-1[0-9A-Z]+)/.exec(new URL(page.url()).hash)?.[1];

/** The text has its colours and its other views. */
const waitForViews = (page: Page) => expect(page.locator('#secret-files')).toHaveAttribute('data-done', '');

/** What the browser sends, with its headers. */
function recordRequests(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    sent.push(JSON.stringify([request.url(), request.headers(), request.postData()]));
  });
  return sent;
}

test('a secret paste is decrypted, copied and saved, and its key is never sent', async ({
  context,
  page,
  api,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const sent = recordRequests(page);
  const secret = await createSealed(api, {
    title: 'Travel plans',
    files: [{ name: 'notes.txt', content: TEXT }],
  });
  const paste = new PastePage(page);
  await page.goto(secret.link);
  await expect(heading(page)).toHaveText('Travel plans');
  await expect(page).toHaveTitle('Travel plans');
  await expect(paste.text('notes.txt')).toHaveText('first line\nsecond line');
  await waitForViews(page);
  await expect(page.locator('#secret-facts')).toContainText('Plain text');
  await page.keyboard.press('c');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('first line\nsecond line\n');

  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('notes.txt');
  expect(await readFile(await saved.path(), 'utf8')).toBe(TEXT);

  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Raw' }).click();
  const raw = await opening;
  await expect(raw.locator('body')).toHaveText('first line second line');
  await raw.close();

  await page.reload();
  await expect(heading(page)).toHaveText('Travel plans');
  expect(keyIn(page)).toBe(secret.linkKey);
  expect(sent.some((request) => request.includes(`/${secret.slug}/raw`))).toBe(true);
  expect(sent.filter((request) => request.includes(secret.linkKey.slice(20)))).toEqual([]);
  await api.remove(secret);
});

test('the link is copied, shown and drawn with its key, which is not sent', async ({
  context,
  page,
  api,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const sent = recordRequests(page);
  const secret = await createSealed(api, { title: '', files: [{ name: 'notes.txt', content: 'a\nb\nc\n' }] });
  const link = new URL(secret.link, secret.url).href;
  const paste = new PastePage(page);
  const copied = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied' }).first()).toBeAttached();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await page.goto(secret.link);
  await waitForViews(page);
  expect(await copied('Copy link')).toBe(link);
  await paste.clickNumber(2);
  expect(await copied('Copy line 2')).toBe('b');
  expect(await copied('Copy link to line')).toBe(`${link}&L2`);
  const panel = await paste.openShare();
  await expect(panel.getByRole('link', { name: link })).toHaveAttribute('href', new RegExp(secret.linkKey));
  await expect(panel.locator('svg')).toBeVisible();
  expect(sent.filter((request) => request.includes(secret.linkKey))).toEqual([]);
});

test('several files: texts, Markdown, an image, other bytes', async ({ context, page, api }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const secret = await createSealed(api, { files: FILES });
  const paste = new PastePage(page);
  await page.goto(secret.link);
  await expect(heading(page)).toHaveText('script.ts');
  await waitForViews(page);
  await expect(paste.text('script.ts').locator('.t-k').first()).toHaveText('const');
  await expect(page.getByRole('region', { name: 'plans.md, rendered' }).getByRole('heading')).toHaveText([
    'Plans',
    'The end',
  ]);
  const image = page.getByRole('img', { name: 'pixel.png' });
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(1);
  await expect(page.getByText('This file is not text (4 bytes).')).toBeVisible();
  await expect(paste.text('<img src=x onerror=alert(1)>.svg')).toHaveText('<svg onload="alert(1)"/>');

  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download data.bin' }).click();
  expect(await readFile(await (await saving).path())).toEqual(Buffer.from([0, 1, 2, 3]));
  const packing = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download', exact: true }).click();
  const packed = await packing;
  expect(packed.suggestedFilename()).toBe(`${secret.slug}.tar`);
  expect((await readFile(await packed.path())).includes('const answer')).toBe(true);
  await page.getByRole('button', { name: 'Copy script.ts' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(SCRIPT);
  expect(await findAccessibilityFaults(page)).toEqual([]);
  await api.remove(secret);
});

test('the key stays in the address, whatever the reader does', async ({ page, api }) => {
  const secret = await createSealed(api, { files: FILES });
  const paste = new PastePage(page);
  const key = secret.linkKey;
  await page.goto(`/${secret.slug}#${key}&L3-L5`);
  await waitForViews(page);
  await expect(paste.litLines()).toHaveCount(3);
  await expect(paste.line(3)).toBeInViewport();
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${key}&L3-L5`);
  await paste.clickNumber(7);
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${key}&L7`);
  await paste.clickNumber(7);
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${key}`);

  await page.getByRole('navigation', { name: 'Files' }).getByRole('link', { name: 'plans.md' }).click();
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${key}&file-2`);
  await expect(page.getByRole('heading', { name: 'plans.md' })).toBeInViewport();
  await page.getByRole('link', { name: 'to the end' }).click();
  expect(new URL(page.url()).hash).toMatch(new RegExp(`^#${key}&md2-`));
  await expect(page.getByRole('heading', { name: 'The end' })).toBeInViewport();
  await page
    .getByRole('navigation', { name: 'View of plans.md' })
    .getByRole('link', { name: 'Source' })
    .click();
  await expect(paste.text('plans.md')).toBeVisible();
  expect(page.url()).toContain(`?view=source-2#${key}`);
  await page.getByRole('button', { name: 'Wrap' }).click();
  expect(keyIn(page)).toBe(key);

  await page.keyboard.press('l');
  await page.getByRole('textbox', { name: 'Line or range of lines' }).fill('2');
  await page.keyboard.press('Enter');
  await expect(paste.litLines()).toHaveCount(1);
  expect(keyIn(page)).toBe(key);

  await page.reload();
  await waitForViews(page);
  await expect(paste.text('plans.md')).toBeVisible();
  await page.getByRole('link', { name: 'Skip to content' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${key}&main`);
  await expect(page.getByRole('main')).toBeFocused();

  await page.getByRole('button', { name: 'Preferences' }).click();
  await page.getByRole('button', { name: 'Русский' }).click();
  await expect(page.getByRole('link', { name: 'Скачать', exact: true })).toBeVisible();
  await expect(heading(page)).toHaveText('script.ts');
  expect(keyIn(page)).toBe(key);
  for (const link of await page.locator('a[href*="from="]').all()) {
    expect(await link.getAttribute('href')).toContain(`#${key}`);
  }
  await api.remove(secret);
});

test('tables and trees open as such, and their lines in the source', async ({ page, api }) => {
  const files = [
    { name: 'a.csv', content: 'city,people\nOslo,709037\n' },
    { name: 'b.json', content: '{"deep": {"er": {"still": 7}}}' },
    { name: 'c.json', content: '{' },
  ];
  const secret = await createSealed(api, { files });
  const paste = new PastePage(page);
  const table = page.getByRole('region', { name: 'a.csv, rendered' });
  const tree = page.getByRole('region', { name: 'b.json, rendered' });
  await page.goto(secret.link);
  await waitForViews(page);
  await expect(table.getByRole('cell')).toHaveText(['Oslo', '709037']);
  await expect(tree.getByText('7', { exact: true })).toBeVisible();
  await expect(paste.text('c.json')).toHaveText('{');
  await expect(page.locator('#file-1').getByRole('listitem').first()).toHaveText('CSV');
  const viewOf = (name: string) => page.getByRole('navigation', { name: `View of ${name}` });
  await viewOf('b.json').getByRole('link', { name: 'Source' }).click();
  await page.reload();
  await waitForViews(page);
  await expect(tree).toBeHidden();
  await expect(table).toBeVisible();

  await page.goto('/docs');
  await page.goto(`/${secret.slug}#${secret.linkKey}&L2`);
  await waitForViews(page);
  await expect(paste.litLines()).toHaveText(['Oslo,709037']);
  await expect(paste.litLines()).toBeInViewport();
  await expect(table).toBeHidden();
  await expect(viewOf('a.csv').locator('[aria-current]')).toHaveText('Source');
  await api.remove(secret);
});

test('a password opens the paste; a wrong one asks for nothing but the lock', async ({ page, api }) => {
  const secret = await createSealed(api, { title: 'Locked', files: FILES.slice(0, 1), password: PASSWORD });
  const sent = recordRequests(page);
  await page.goto(secret.link);
  const field = page.getByRole('textbox', { name: 'Password' });
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('Enter the password.')).toBeVisible();
  await field.fill('a short walk by the sea');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The password is wrong.')).toBeVisible({ timeout: 60_000 });
  await expect(field).toBeFocused();
  expect(await findAccessibilityFaults(page)).toEqual([]);
  expect(sent.filter((request) => request.includes(`/${secret.slug}/lock`))).toHaveLength(1);
  expect(sent.filter((request) => request.includes(`/${secret.slug}/raw`))).toHaveLength(0);
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(field).toHaveAttribute('type', 'text');
  await field.fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Locked', { timeout: 60_000 });
  await expect(heading(page)).toBeFocused();
  await expect(field).toHaveCount(0);
  expect(sent.filter((request) => request.includes('walk by'))).toEqual([]);
  await api.remove(secret);
});

test('earlier revisions are decrypted too', async ({ page, api }) => {
  const files = (text: string) => [
    { name: 'notes.txt', language: 'text', content: new TextEncoder().encode(text) },
  ];
  const secret = await createSealed(api, {
    title: 'Notes',
    files: [{ name: 'notes.txt', content: 'before' }],
  });
  const intention = { revision: 2, previous: 'a'.repeat(64), expiresAt: null, burnAfter: null };
  const payload = await sealRevision(
    { title: 'Notes', files: files('after') },
    { intention, contentKey: secret.contentKey },
  );
  const changed = await api.send(`/api/v1/pastes/${secret.slug}`, {
    method: 'PATCH',
    body: formOf({ payload }),
    editKey: secret.edit_key,
  });
  expect(changed.status).toBe(200);
  await page.goto(`/${secret.slug}/edit`);
  await page.getByRole('textbox', { name: 'Edit key' }).fill(secret.edit_key);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Edit key' })).toHaveCount(0);

  await page.goto(secret.link);
  await expect(page.locator('.code-text')).toHaveText('after');
  await page.getByRole('link', { name: 'History' }).click();
  const first = page.getByRole('link', { name: 'Revision 1' });
  await expect(first).toHaveAttribute('href', new RegExp(secret.linkKey));
  await first.click();
  await expect(heading(page)).toHaveText('Revision 1');
  await expect(page.locator('.code-text')).toHaveText('before');
  await expect(page.getByRole('button', { name: 'Restore' })).toHaveCount(0);
  await waitForViews(page);
  expect(await findAccessibilityFaults(page)).toEqual([]);

  // The server gives another one for it.
  await page.route('**/history/raw?r=1', (route) => route.fulfill({ body: Buffer.from(payload) }));
  await page.reload();
  await expect(fault(page)).toContainText('another revision');
  await api.remove(secret);
});

test('without JavaScript the page says how a terminal decrypts the paste', async ({
  browser,
  baseURL,
  sheaf,
  api,
}) => {
  const secret = await createSealed(api, { title: 'Hidden', files: FILES.slice(0, 1), burnAfter: 1 });
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(secret.link);
  await expect(heading(page)).toHaveText('Secret paste');
  await expect(page.locator('noscript p')).toBeVisible();
  await expect(page.locator('noscript pre')).toContainText(
    `${sheaf.url}/api/v1/pastes/${secret.slug}/reveal`,
  );
  await expect(page.getByRole('button', { name: 'Reveal' })).toBeHidden();
  await expect(page.getByRole('button', { name: /Share|Copy link/ })).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('Hidden');
  expect((await api.get(`/api/v1/pastes/${secret.slug}`)).json(pasteShape).reads).toBe(0);
  await context.close();
  await api.remove(secret);
});

test('ordinary pages load nothing of it', async ({ page, createPaste }) => {
  const { slug } = await createPaste({ content: 'text' });
  const sent = recordRequests(page);
  await page.goto(`/${slug}`, { waitUntil: 'networkidle' });
  expect(sent.filter((request) => /secret|worker/.test(request))).toEqual([]);
});

test('fits a phone in both languages', async ({ browser, baseURL, api }) => {
  const secret = await createSealed(api, { title: 'Plans '.repeat(12), files: FILES });
  const locked = await createSealed(api, { files: FILES, burnAfter: 3 });
  const context = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  for (const locale of ['en', 'ru']) {
    await context.addCookies([{ name: 'sheaf_locale', value: locale, url: baseURL ?? '' }]);
    await page.goto(locked.link);
    await expect(page.locator('#secret-form')).toBeVisible();
    expect(await horizontalOverflow(page)).toBe(0);
    await page.goto(secret.link);
    await waitForViews(page);
    expect(await horizontalOverflow(page)).toBe(0);
  }
  expect(await findAccessibilityFaults(page)).toEqual([]);
  await context.close();
  await Promise.all([api.remove(secret), api.remove(locked)]);
});
