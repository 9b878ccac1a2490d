import type { BrowserContext, Page } from 'playwright/test';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';
import { test } from './support/member';
import { query } from './support/storage';

test.use({ serviceWorkers: 'allow', timezoneId: 'Europe/Moscow' });

const WAITING = 'Not sent yet. Keep this page open: it is sent when the connection is back.';

/** Opens the composer until the worker has kept all that the page loaded. */
async function openKept(page: Page): Promise<ComposerPage> {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await expect.poll(() => countMissing(page), { timeout: 30_000 }).toBe(0);
  return composer;
}

/** How many files of the build that this page has loaded are not kept; 1 while its page is not. */
function countMissing(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { controller } = navigator.serviceWorker;
    const cache = await caches.open('composer-1');
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const wanted = loaded.filter((name) => name.includes('/_next/static/'));
    const kept = await Promise.all(['/', ...wanted].map((url) => cache.match(url)));
    return kept.filter((one) => !one).length + (controller ? 0 : 1);
  });
}

async function listKept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
}

async function countPastes(databaseUrl: string): Promise<number> {
  const [row] = await query<{ count: number }>(databaseUrl, 'select count(*)::int from pastes');
  return row?.count ?? -1;
}

/** As a phone posts what another app shares. */
async function share(page: Page, fields: Record<string, string>, file?: { name: string; text: string }) {
  await page.evaluate(
    ({ given, shared }) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: '/api/shared', enctype: 'multipart/form-data' });
      for (const [name, value] of Object.entries(given)) {
        const field = Object.assign(document.createElement('textarea'), { name, value });
        form.append(field);
      }
      if (shared) {
        const data = new DataTransfer();
        data.items.add(new File([shared.text], shared.name, { type: 'text/plain' }));
        form.append(
          Object.assign(document.createElement('input'), { type: 'file', name: 'files', files: data.files }),
        );
      }
      document.body.append(form);
      form.submit();
    },
    { given: fields, shared: file },
  );
}

function asksBeforeLeaving(page: Page): Promise<boolean> {
  return page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

async function goOffline(context: BrowserContext, isOffline: boolean): Promise<void> {
  await context.setOffline(isOffline);
}

test('a paste written without a network is sent when it is back, once', async ({
  api,
  context,
  page,
  sheaf,
}) => {
  const composer = await openKept(page);
  await goOffline(context, true);
  await composer.fill({ title: 'Written on a train', text: 'no network here' });
  const before = await countPastes(sheaf.databaseUrl);
  await composer.text.press('Control+Enter');
  await expect(composer.notes.first()).toContainText(WAITING);
  await expect(composer.notes.first()).toContainText('It is saved without an account.');
  await expect(page.getByText('Creating…')).toBeVisible();
  // It stays as it is.
  await page.keyboard.type('more');
  await page.keyboard.press('Control+Enter');
  await composer.expectText('no network here');
  // The first answer is lost on the way.
  let lost = 0;
  await page.route('**/api/composer', async (route) => {
    await route.fetch();
    lost += 1;
    await route.abort();
    await page.unroute('**/api/composer');
  });
  await goOffline(context, false);
  const saved = await new PastePage(page).readSaved();
  expect([lost, await countPastes(sheaf.databaseUrl)]).toEqual([1, before + 1]);
  expect(saved.edit_key).toMatch(/^[\w-]{22}$/);
  expect((await api.get(`/${saved.slug}/raw`)).text).toBe('no network here');
  // Saved as by the form: the draft is gone, and this browser may edit.
  await page.goto('/');
  await expect(composer.title).toHaveValue('');
  await page.goto(`/${saved.slug}/edit`);
  await expect(composer.title).toHaveValue('Written on a train');
  await api.remove(saved);
});

test('a save that was stored without an answer, cancelled and saved again is one paste', async ({
  context,
  page,
  sheaf,
}) => {
  const composer = await openKept(page);
  await goOffline(context, true);
  await composer.write('once is enough');
  const before = await countPastes(sheaf.databaseUrl);
  await composer.createLink();
  await expect(composer.notes.first()).toContainText(WAITING);
  let lost = 0;
  await page.route('**/api/composer', async (route) => {
    if (lost === 0) await route.fetch();
    lost += 1;
    await route.abort();
  });
  await goOffline(context, false);
  await expect.poll(() => lost).toBe(1);
  await page.getByRole('button', { name: 'Cancel sending' }).click();
  await page.unroute('**/api/composer');
  await composer.createLink();
  await new PastePage(page).readSaved();
  expect(await countPastes(sheaf.databaseUrl)).toBe(before + 1);
});

test('where the browser only believes that it has no network, it saves at once', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });
  });
  const composer = await openKept(page);
  await composer.write('on the same machine');
  await composer.createLink();
  await new PastePage(page).readSaved();
});

test('a server that cannot save now is waited for', async ({ context, page }) => {
  const composer = await openKept(page);
  await goOffline(context, true);
  await composer.write('words');
  await composer.createLink();
  await expect(composer.notes.first()).toContainText(WAITING);
  await page.route('**/api/composer', (route) => route.fulfill({ status: 503, body: '' }));
  await goOffline(context, false);
  await expect(composer.notes.first()).toContainText('the server cannot save pastes at the moment');
  await page.unroute('**/api/composer');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await new PastePage(page).readSaved();
});

test('a save of a guest is not one of the member who has signed in since', async ({
  context,
  newMember,
  page,
  sheaf,
}) => {
  const composer = await openKept(page);
  await composer.write('written by a guest');
  const before = await countPastes(sheaf.databaseUrl);
  await newMember(context);
  await goOffline(context, true);
  await composer.createLink();
  await expect(composer.notes.first()).toContainText(WAITING);
  await goOffline(context, false);
  await expect(composer.alert).toContainText('this page was opened without an account');
  expect(await countPastes(sheaf.databaseUrl)).toBe(before);
  await page.reload();
  await composer.expectText('written by a guest');
});

test('a save that waits can be taken back, and what the server refuses is said', async ({
  context,
  page,
}) => {
  const composer = await openKept(page);
  await goOffline(context, true);
  await composer.write('words');
  await composer.createLink();
  await expect(composer.notes.first()).toContainText(WAITING);
  expect(await asksBeforeLeaving(page)).toBe(true);
  await page.getByRole('button', { name: 'Cancel sending' }).click();
  await expect(page.getByRole('button', { name: 'Create link' })).toBeVisible();
  expect(await asksBeforeLeaving(page)).toBe(false);
  // As in a page of an earlier build, whose actions are gone.
  await page.route(
    ({ pathname }) => pathname === '/',
    (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()),
  );
  await composer.lifetime.selectOption('at');
  await page.getByLabel('Expires on (your time)').fill('2001-01-01T12:00');
  await composer.createLink();
  await expect(composer.notes.first()).toContainText(WAITING);
  await goOffline(context, false);
  await expect(page.getByLabel('Expires on (your time)')).toHaveAttribute('aria-invalid', 'true');
  await composer.expectText('words');
});

test('a member keeps their paste', async ({ context, newMember, page, sheaf }) => {
  const member = await newMember(context);
  const composer = await openKept(page);
  await goOffline(context, true);
  await composer.fill({ title: 'Mine', text: 'words', visibility: 'Private' });
  await composer.lifetime.selectOption('at');
  await page.getByLabel('Expires on (your time)').fill('2050-06-01T12:00');
  await composer.createLink();
  await expect(composer.notes.first()).toContainText(WAITING);
  await goOffline(context, false);
  await expect(page.getByRole('heading', { name: 'Your link is ready.' })).toBeVisible();
  const owned = await query(
    sheaf.databaseUrl,
    `select title, to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as ends from pastes where owner_id = $1`,
    [member.id],
  );
  expect(owned).toEqual([{ title: 'Mine', ends: '2050-06-01 09:00' }]);
});

test('the composer opens without a network; nothing else is kept', async ({
  context,
  createPaste,
  newMember,
  page,
}) => {
  const { username } = await newMember(context);
  const { slug } = await createPaste({ content: 'not for the worker' });
  const composer = await openKept(page);
  await page.goto(`/${slug}#L1`);
  await page.goto(`/${slug}/edit`);
  await page.goto('/explore');
  const kept = await listKept(page);
  expect(kept.filter((path) => !path.startsWith('/_next/static/'))).toEqual(['/']);
  const shell = await page.evaluate(async () => {
    const response = await caches.match('/');
    return { html: await response?.text(), policy: response?.headers.get('content-security-policy') };
  });
  expect(shell.html).not.toContain(username);
  expect(shell.policy).toContain("'strict-dynamic'");
  expect(shell.policy).not.toContain('unsafe');

  await goOffline(context, true);
  await composer.openEditor();
  await composer.write('typed without a network');
  await expect(page.goto(`/${slug}`)).rejects.toThrow('ERR_INTERNET_DISCONNECTED');
  await goOffline(context, false);
  await composer.openEditor();
  await composer.expectText('typed without a network');
});

test('what another app shares is in the composer', async ({ page }) => {
  const composer = await openKept(page);
  await share(
    page,
    { title: 'A page', text: 'a quote', url: 'https://example.com/a' },
    { name: 'a.log', text: 'one\r\n' },
  );
  await expect(page).toHaveURL('/');
  await expect(composer.title).toHaveValue('A page');
  await expect(composer.tabs).toHaveCount(2);
  await composer.expectText('a quote\nhttps://example.com/a');
  await composer.tabs.last().click();
  await composer.expectText('one\n');
  expect(await listKept(page)).not.toContain('/api/shared/last');
});

test('what is shared is a file of its own beside a draft, and can be removed', async ({ page }) => {
  const composer = await openKept(page);
  await composer.fill({ title: 'Mine', text: 'my words' });
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await share(page, { title: 'Theirs', text: 'their words', url: '' });
  await expect(composer.notes.first()).toContainText('Another app shared this.');
  await expect(composer.title).toHaveValue('Mine');
  await composer.expectText('their words');
  await expect(composer.tabs).toHaveCount(2);
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(composer.tabs).toHaveCount(0);
  await composer.expectText('my words');
});

test.describe('without the worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('it says that the shared content has to be pasted', async ({ page }) => {
    const composer = new ComposerPage(page);
    await composer.openEditor();
    await share(page, { title: 'A page', text: 'a quote', url: 'https://example.com/a' });
    await expect(composer.notes.first()).toContainText('The shared content could not be added.');
    await expect(page).toHaveURL('/');
  });
});
