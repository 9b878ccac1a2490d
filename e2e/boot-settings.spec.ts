import type { Browser, Page } from 'playwright/test';
import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { Api } from './support/api';
import { findAccessibilityFaults } from './support/browser-checks';
import { newMember } from './support/member';
import {
  Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
} from './support/mounts';

/** As long as another instance may answer by the settings before a change, and some time for its answer. */
const ELSEWHERE_WITHIN_MS = 4_000;
const PATH = '/admin/settings';

const cleanup = new Cleanup();
/** Two instances with one database. */
let front = '';
let next = '';
let databaseUrl = '';

test.beforeAll(async () => {
  databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const rules = { WHO_CAN_REGISTER: 'invited', MAX_LIFETIME_ANONYMOUS: '1mo', MAX_PASTE_KB_ANONYMOUS: '64' };
  const env = { ...serviceVariables({ databaseUrl, store }), ...rules, MAIL_DIR: await makeFolder(cleanup) };
  const started = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => started.stop());
  const other = await startNext(env);
  cleanup.add(() => other.stop());
  front = started.url;
  next = other.url;
});

test.afterAll(() => cleanup.run());

/** The page of the settings, to a new admin. */
async function openSettings(browser: Browser, url: string, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled });
  await newMember({ url, databaseUrl }, context, { role: 'admin' });
  const page = await context.newPage();
  await page.goto(url + PATH);
  return page;
}

const save = (page: Page) => page.getByRole('button', { name: 'Save settings' }).click();

for (const mount of ['front', 'next'] as const) {
  test(`a change by form on ${mount} applies to the next request, and soon elsewhere`, async ({
    browser,
  }) => {
    const [here, elsewhere] = mount === 'front' ? [front, next] : [next, front];
    const page = await openSettings(browser, here, mount === 'front');
    await expect(page.getByText('WHO_CAN_REGISTER excludes: everyone.')).toBeVisible();
    await expect(page.getByLabel('Who can register').locator('option')).toHaveText([
      'As configured: people who are invited',
      'people who are invited',
      'no one',
    ]);
    // The checks are a script.
    if (mount === 'front') expect(await findAccessibilityFaults(page)).toEqual([]);
    const { slug } = await new Api(here).create({ content: 'otters' });
    const notice = `Changed on ${mount}`;
    expect((await new Api(here).get(`/${slug}`)).text).not.toContain(notice);

    await page.getByLabel('Who can create pastes').selectOption('members');
    await page.getByLabel('Notice').fill(notice);
    await save(page);
    await page.waitForURL(/saved/);
    await expect(page.getByRole('status').first()).toHaveText('The settings were saved.');
    expect((await new Api(here).post('/api/v1/pastes', { content: 'x' })).status).toBe(401);
    expect((await new Api(here).get('/')).text).toContain('Members only');
    expect((await new Api(here).get(`/${slug}`)).text).toContain(notice);
    for (const path of ['/', `/${slug}`]) {
      const soon = expect.poll(async () => (await new Api(elsewhere).get(path)).text, {
        timeout: ELSEWHERE_WITHIN_MS,
      });
      await soon.toContain(notice);
    }
    await page.goto(here + PATH);
    await page.getByLabel('Who can create pastes').selectOption('');
    await page.getByLabel('Notice').fill('');
    await save(page);
    await page.waitForURL(/saved/);
    expect((await new Api(here).post('/api/v1/pastes', { content: 'x' })).status).toBe(201);
    // The front and its pages are two processes.
    const allowed = expect.poll(
      async () => {
        const page = await new Api(elsewhere).get('/');
        const created = await new Api(elsewhere).post('/api/v1/pastes', { content: 'x' });
        return [page.status, created.status];
      },
      { timeout: ELSEWHERE_WITHIN_MS },
    );
    await allowed.toEqual([200, 201]);
    await page.context().close();
  });

  test(`of two changes on ${mount}, the second says that it comes too late`, async ({ browser }) => {
    const url = mount === 'front' ? front : next;
    const page = await openSettings(browser, url, mount === 'front');
    const other = await page.context().newPage();
    await other.goto(url + PATH);
    // Another value than the other mount has stored: saving what is stored already is no change.
    const most = mount === 'front' ? '5000' : '6000';
    for (const one of [page, other]) await one.getByLabel('Pastes of a member').fill(most);
    await save(page);
    await page.waitForURL(/saved/);
    await save(other);
    await expect(other.getByText(/^Another administrator has changed the settings\./)).toBeVisible();
    await expect(other.getByLabel('Pastes of a member')).toHaveValue(most);
    await page.goto(url + PATH);
    await page.getByLabel('Pastes of a member').fill('none');
    await save(page);
    await expect(page.getByText('Enter a whole number of at least 1, within the limit.')).toBeVisible();
    await page.context().close();
  });
}

/** What stands for the instance on a page, and the colour of its buttons. */
async function brandOf(page: Page) {
  const accent = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.setProperty('color', 'var(--accent)');
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });
  return { name: await page.locator('header a[href="/"]').first().textContent(), accent };
}

for (const mount of ['front', 'next'] as const) {
  test(`the name and the accent of the instance are on every page of ${mount}`, async ({ browser }) => {
    const url = mount === 'front' ? front : next;
    const { slug } = await new Api(url).create({ content: 'otters' });
    const page = await openSettings(browser, url, true);
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) refused.push(message.text());
    });
    const readerPage = async () => (await new Api(url).get(`/${slug}`)).text;
    expect(await readerPage()).not.toContain(':root:root');
    await page.getByLabel('Name of this instance').fill('Acme <b>& Co');
    await page.getByLabel('Accent colour').fill('#ffdd00');
    await save(page);
    await expect(
      page.getByText(/^Choose a darker colour: .* less than 4\.5:1 on the light page\.$/),
    ).toBeVisible();
    await page.getByLabel('Accent colour').fill('#7A3E9D');
    await save(page);
    await page.waitForURL(/saved/);
    // A reader's page of the front is another than that of an admin.
    await page.context().clearCookies();
    for (const path of ['/', `/${slug}`, '/login', '/no-such-page']) {
      for (const [colorScheme, accent] of [
        ['light', 'rgb(122, 62, 157)'],
        ['dark', 'rgb(208, 146, 248)'],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.goto(url + path);
        expect(await brandOf(page), `${path}, ${colorScheme}`).toEqual({ name: 'Acme <b>& Co', accent });
      }
      await expect(page).toHaveTitle(/Acme <b>& Co/);
    }
    expect(refused).toEqual([]);
    const manifest = await (await fetch(`${url}/manifest.webmanifest`)).json();
    expect(manifest).toMatchObject({ name: 'Acme <b>& Co', short_name: 'Acme <b>& Co' });
    expect((await fetch(`${url}/${slug}/preview.png`)).status).toBe(200);

    const again = await openSettings(browser, url, false);
    await again.getByLabel('Name of this instance').fill('');
    await again.getByLabel('Accent colour').fill('');
    await save(again);
    await again.waitForURL(/saved/);
    await page.goto(`${url}/${slug}`);
    expect(await brandOf(page)).toEqual({ name: 'Sheaf', accent: 'rgb(95, 198, 176)' });
    expect(await readerPage()).not.toMatch(/:root:root|Acme/);
    await again.context().close();
    await page.context().close();
  });
}

test('the composer says before it sends that a secret paste is too large', async ({ page }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor(front);
  await composer.secret.click();
  await expect(composer.secret).toBeChecked();
  await composer.text.fill('x'.repeat(64 * 1024 + 1));
  let isSent = false;
  page.on('request', (request) => {
    isSent ||= request.method() === 'POST';
  });
  await page.getByRole('button', { name: 'Create link' }).click();
  await expect(page.getByText('A paste can hold at most 64 KiB of text.')).toBeVisible();
  expect(isSent).toBe(false);
});

test('forms say what can be stored before they are filled in', async ({ browser, page }) => {
  await page.goto(front);
  await expect(page.getByText('Up to 64 KiB of text.')).toBeVisible();
  const admin = await openSettings(browser, front, true);
  await admin.getByLabel('Pastes of a member').fill('12');
  await save(admin);
  await admin.waitForURL(/saved/);
  await admin.goto(front);
  await expect(admin.getByText('You have 0 of 12 pastes.')).toBeVisible();
  await admin.goto(`${front}/settings/account`);
  await expect(admin.getByRole('region', { name: 'Storage' })).toContainText('0 of 12 pastes');
  await admin.context().close();
});
