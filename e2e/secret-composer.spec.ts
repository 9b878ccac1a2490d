import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { openPayload } from '../lib/encryption/open';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { CredentialQuestion } from './pages/credential-question';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { test } from './support/member';
import type { Mount } from './support/mounts';
import {
  expectNowhere,
  mark,
  open,
  openSecretComposer,
  PASSWORD,
  PICTURE,
  readSaved,
  recordRequests,
  textsOf,
} from './support/secret-composing';
import { addedSince, listStored, query } from './support/storage';

/** The first and a last letter of each plane, a byte order mark and every kind of line end. */
const EVERY_PLANE = `\uFEFF${Array.from({ length: 17 }, (_, plane) => {
  return String.fromCodePoint(plane * 0x10000 + 0x100, plane * 0x10000 + 0xfffd);
}).join('\n')}\r\nend\r`;

test('the server gets a ciphertext, and neither text nor title, name, key or password', async ({
  api,
  page,
  sheaf,
}) => {
  const sent = await recordRequests(page);
  const [title, fileName, text, password] = [mark(), `${mark()}.txt`, mark(), `${PASSWORD} ${mark()}`];
  const composer = await openSecretComposer(page);
  await composer.fill({ title, fileName, text: `${text}\n`, lifetime: 'Expires in 1 day' });
  await composer.addPassword(password);
  await composer.createLink();
  const { slug, key } = await readSaved(page);
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Link', exact: true })).toHaveAccessibleDescription(
    /cannot be recovered/,
  );
  const opened = await open(api, slug, { key, password, revision: 1 });
  expect(opened).toMatchObject({
    title,
    files: [{ name: fileName }],
    intention: { revision: 1, previous: null },
  });
  expect(textsOf(opened)).toEqual([`${text}\n`]);
  const { expires_at, encryption } = JSON.parse((await api.get(`/api/v1/pastes/${slug}`)).text);
  expect(opened.intention?.expiresAt?.toISOString()).toBe(expires_at);
  expect(encryption.format).toBe('age-v1');
  await expect(open(api, slug, { key, password: PASSWORD })).rejects.toThrow('wrong_password');
  await expectNowhere([title, fileName, text, password, key], sent, sheaf);
});

test('files of every kind are kept byte for byte', async ({ api, page, sheaf }) => {
  const sent = await recordRequests(page);
  const longName = `${'ж'.repeat(250)}.txt`;
  const composer = await openSecretComposer(page);
  await composer.choose([
    { name: longName, type: 'text/plain', bytes: Buffer.from(EVERY_PLANE) },
    PICTURE,
    { name: 'nul.bin', type: '', bytes: Uint8Array.of(0, 1, 0xff) },
  ]);
  await expect(composer.tabs).toHaveCount(3);
  await composer.tabs.nth(1).click();
  await expect(page.getByText('3 kB. Not text: it is encrypted as it is.', { exact: true })).toBeVisible();
  await expect(page.getByText(/EXIF/)).toBeVisible();
  await composer.createLink();
  const { slug, key } = await readSaved(page);
  const { files } = await open(api, slug, { key });
  expect(files.map(({ name }) => name)).toEqual([longName, 'cat.png', 'nul.bin']);
  expect(files.map(({ content }) => Buffer.from(content))).toEqual([
    Buffer.from(EVERY_PLANE),
    Buffer.from(PICTURE.bytes),
    Buffer.from([0, 1, 0xff]),
  ]);
  await expectNowhere([key, 'cat.png', 'жжж'], sent, sheaf);
});

test('a refused image can be added to a secret paste instead', async ({ api, page }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.write('look:');
  await composer.drop([PICTURE]);
  await expect(composer.notes.first()).toContainText('Only secret pastes can hold images.');
  await page.getByRole('button', { name: 'Make it secret and add' }).click();
  await expect(composer.secret).toBeChecked();
  await expect(composer.tabs).toHaveCount(2);
  await composer.secret.click();
  await expect(composer.notes.first()).toContainText('Remove those files first.');
  await expect(composer.secret).toBeChecked();
  await composer.createLink();
  const { slug, key } = await readSaved(page);
  const { files } = await open(api, slug, { key });
  expect(Buffer.from(files[1]?.content ?? [])).toEqual(Buffer.from(PICTURE.bytes));
});

test('holds 4 MiB, and says so when it is more', async ({ api, page }) => {
  const composer = await openSecretComposer(page);
  const bytes = randomBytes(4 * 1024 * 1024 - 1);
  await composer.choose([{ name: 'full.bin', type: '', bytes }]);
  await expect(page.getByText('4.19 MB. Not text')).toBeVisible();
  await page.getByRole('button', { name: 'Add file' }).click();
  await composer.fill({ fileName: 'more.txt', text: 'too much' });
  await composer.createLink();
  await expect(page.getByText('A paste can hold at most 4 MiB of text.')).toBeVisible();
  await composer.tabs.last().click();
  await page.getByRole('button', { name: 'Remove file 2' }).click();
  await composer.createLink();
  const { slug, key } = await readSaved(page);
  const { files } = await open(api, slug, { key });
  expect(
    createHash('sha256')
      .update(files[0]?.content ?? '')
      .digest('hex'),
  ).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('what cannot be stored is said beside its field, and nothing is sent', async ({ page, sheaf }) => {
  const composer = await openSecretComposer(page);
  await composer.fill({ title: 'T'.repeat(201), fileName: 'a/b', text: 'x' });
  const before = await listStored(sheaf.databaseUrl, sheaf.blobFolder);
  await composer.createLink();
  await expect(composer.title).toHaveAccessibleDescription('Use at most 200 characters.');
  await expect(composer.fileName).toHaveAccessibleDescription(/slashes/);
  await expect(composer.alert.first()).toHaveText('Fix 2 fields and try again.');
  expect(addedSince(before, await listStored(sheaf.databaseUrl, sheaf.blobFolder))).toEqual([]);
});

test('a burning paste says in its ciphertext how often it may be read', async ({ api, page, sheaf }) => {
  const composer = await openSecretComposer(page);
  await composer.write('read me once');
  await page.getByRole('combobox', { name: 'Burn after' }).selectOption('3');
  await composer.createLink();
  const { slug, key } = await readSaved(page);
  const [row] = await query<{ blob: string }>(
    sheaf.databaseUrl,
    `select f.blob_key as blob from files f join revisions r on r.id = f.revision_id
     join pastes p on p.id = r.paste_id where p.slug = $1`,
    [slug],
  );
  const payload = await readFile(await findBlob(sheaf, row?.blob ?? ''));
  const { intention } = await openPayload(new Uint8Array(payload), { contentKey: key });
  expect(intention?.burnAfter).toBe(3);
  expect((await api.get(`/${slug}/raw`)).status).toBe(403);
});

async function findBlob({ blobFolder }: Mount, key: string): Promise<string> {
  const names = await readdir(blobFolder ?? '', { recursive: true });
  const found = names.find((name) => name.endsWith(key.split('/').at(-1) ?? key));
  return join(blobFolder ?? '', found ?? '');
}

test('a secret paste is never public; its draft outlives a reload, without the password', async ({
  page,
}) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.fill({ text: 'draft of a secret', visibility: 'Public' });
  await composer.secret.click();
  await expect(composer.visibility).toHaveValue('unlisted');
  await expect(composer.visibility.getByRole('option', { name: 'Public' })).toBeDisabled();
  await composer.addPassword(PASSWORD);
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage));
  expect(kept).toContain('draft of a secret');
  expect(kept).not.toContain(PASSWORD);
  await page.reload();
  await composer.expectText('draft of a secret');
  await expect(composer.secret).toBeChecked();
  await page.getByText('Add a password').click();
  await expect(page.getByLabel('Password (optional)')).toHaveValue('');
});

test('a paste whose answer was lost is not created twice', async ({ page, sheaf }) => {
  const composer = await openSecretComposer(page);
  const text = mark();
  await composer.write(text);
  const browser = await page.context().newCDPSession(page);
  await browser.send('Fetch.enable', { patterns: [{ requestStage: 'Response' }] });
  let lost = 0;
  browser.on('Fetch.requestPaused', ({ requestId, request }) => {
    const isSave = request.method === 'POST' && lost === 0;
    if (isSave) lost += 1;
    void browser
      .send(
        isSave ? 'Fetch.failRequest' : 'Fetch.continueRequest',
        isSave ? { requestId, errorReason: 'ConnectionReset' } : { requestId },
      )
      .catch(() => {});
  });
  const count = async () => (await query(sheaf.databaseUrl, 'select id from pastes')).length;
  const before = await count();
  await composer.createLink();
  await expect(composer.alert.first()).toContainText('The server cannot be reached.');
  await composer.expectText(text);
  await composer.createLink();
  await readSaved(page);
  expect(lost).toBe(1);
  expect(await count()).toBe(before + 1);
});

test('the question about credentials can be answered with a secret paste', async ({ api, page, sheaf }) => {
  const sent = await recordRequests(page);
  const credential = `ghp_${randomBytes(18).toString('hex')}`;
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.fill({ text: `token = ${credential}`, visibility: 'Public' });
  await composer.createLink();
  const question = new CredentialQuestion(page);
  await expect(question.region).toBeVisible();
  await page.getByRole('button', { name: 'Make it secret' }).click();
  const { slug, key } = await readSaved(page);
  expect(textsOf(await open(api, slug, { key }))).toEqual([`token = ${credential}`]);
  expect(JSON.parse((await api.get(`/api/v1/pastes/${slug}`)).text).visibility).toBe('unlisted');
  await expectNowhere([credential, key], sent, sheaf);
  await page.goto('/');
  await composer.openEditor();
  await composer.secret.click();
  await composer.write(`token = ${credential}`);
  await composer.createLink();
  await readSaved(page);
});

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < 30; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${target}`);
}

test('works with the keyboard only', async ({ api, page }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await page.keyboard.type('typed');
  await page.keyboard.press('Escape');
  await tabTo(page, composer.secret);
  await page.keyboard.press('Space');
  await expect(composer.secret).toBeChecked();
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, page.getByRole('button', { name: 'Create link' }));
  await page.keyboard.press('Enter');
  const { slug, key } = await readSaved(page);
  expect(textsOf(await open(api, slug, { key }))).toEqual(['typed']);
});

test('is accessible and fits a phone', async ({ page }) => {
  const composer = await openSecretComposer(page);
  await composer.choose([PICTURE]);
  await page.getByText('Add a password').click();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await horizontalOverflow(page)).toBe(0);
    expect(await findAccessibilityFaults(page)).toEqual([]);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the composer has no switch', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Create link' })).toBeVisible();
    await expect(page.getByRole('switch')).toHaveCount(0);
  });
});
