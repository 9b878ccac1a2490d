import type { Page } from 'playwright/test';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { ContactsPage } from './pages/contacts-page';
import { PastePage } from './pages/paste-page';
import { signIn, test } from './support/member';

const RESTORED = 'Restored unsaved changes';
const OLDER = 'You have unsaved changes to an earlier version';
const DELAYS = [50, 150, 500];

interface Form {
  path: string;
  initial: string;
  open(page: Page): Promise<void>;
  type(page: Page, text: string): Promise<void>;
  expectText(page: Page, text: string): Promise<void>;
}

/** The composer, for a new paste and for one that is edited. */
function composerForm(path: string, initial = ''): Form {
  return {
    path,
    initial,
    open: (page) => new ComposerPage(page).openEditor(path),
    async type(page, text) {
      await new ComposerPage(page).text.press('Control+a');
      await page.keyboard.type(text);
    },
    expectText: (page, text) => new ComposerPage(page).expectText(text),
  };
}

function contactForm(path: string, initial = ''): Form {
  return {
    path,
    initial,
    async open(page) {
      await page.goto(path);
    },
    async type(page, text) {
      await page.getByLabel('Notes').press('Control+a');
      await page.keyboard.type(text);
    },
    expectText: (page, text) => expect(page.getByLabel('Notes')).toHaveValue(text),
  };
}

/** The ways to lose a page, each with the page on which the form is found again. */
const WAYS = {
  async reload(page: Page): Promise<Page> {
    await page.reload();
    return page;
  },
  async back(page: Page): Promise<Page> {
    await page.goto('/docs');
    await page.goBack();
    return page;
  },
  async close(page: Page, path: string): Promise<Page> {
    await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);
    const next = await page.context().newPage();
    await next.goto(path);
    return next;
  },
  async cancel(page: Page, path: string): Promise<Page> {
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.goto(path);
    return page;
  },
};

async function expectKept(page: Page, form: Form, ways: readonly (keyof typeof WAYS)[]): Promise<void> {
  let current = page;
  await form.open(current);
  for (const way of ways) {
    for (const delay of DELAYS) {
      const text = `${way} after ${delay} ms`;
      await form.type(current, text);
      await current.waitForTimeout(delay);
      current = await WAYS[way](current, form.path);
      await expect(current.getByText(RESTORED), text).toBeVisible();
      await form.expectText(current, text);
    }
    await current.getByRole('button', { name: 'Discard' }).click();
    await form.expectText(current, form.initial);
    await form.open(current);
    await expect(current.getByText(RESTORED), way).toHaveCount(0);
  }
}

async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Your changes are saved.' })).toBeVisible();
}

test('a new paste is restored after a reload, a way back and a closed tab', async ({ page }) => {
  await expectKept(page, composerForm('/'), ['reload', 'back', 'close']);
});

test('a paste that was created is not offered as a draft on the way back', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.write('created once');
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  await page.goBack();
  await composer.expectEditor();
  await composer.expectText('');
  await expect(page.getByText(RESTORED)).toHaveCount(0);
  await api.remove(saved);
});

test('the changes to a paste are restored, after Cancel as well', async ({
  page,
  context,
  newMember,
  createOwn,
}) => {
  const member = await newMember(context);
  const { slug } = await createOwn(member, { files: [{ name: 'a.txt', content: 'stored' }] });
  await expectKept(page, composerForm(`/${slug}/edit`, 'stored'), ['reload', 'back', 'cancel', 'close']);
});

test('a new contact is restored after a reload, a way back and a closed tab', async ({
  page,
  context,
  newMember,
}) => {
  await newMember(context);
  await expectKept(page, contactForm('/contacts/new'), ['reload', 'back', 'cancel', 'close']);
});

test('the changes to a contact are restored, and go when they are saved', async ({
  page,
  context,
  newMember,
}) => {
  await newMember(context);
  const contacts = new ContactsPage(page);
  await contacts.add({ 'First name': 'Ada', Notes: 'stored' });
  await contacts.visit('Ada');
  const { pathname } = new URL(page.url());
  await expectKept(page, contactForm(pathname, 'stored'), ['reload', 'cancel']);

  await contacts.fill({ Notes: 'saved' });
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await contacts.press('Save');
  await expect(contacts.status).toContainText('Ada was saved.');
  await page.goto(pathname);
  await expect(page.getByLabel('Notes')).toHaveValue('saved');
  await expect(page.getByText(RESTORED)).toHaveCount(0);
});

test('an ended session is said, and the text is saved after signing in', async ({
  page,
  context,
  sheaf,
  api,
  newMember,
  createOwn,
}) => {
  const member = await newMember(context);
  const { slug } = await createOwn(member, { files: [{ name: 'a.txt', content: 'stored' }] });
  const composer = new ComposerPage(page);
  await composer.openEditor(`/${slug}/edit`);
  await composer.fill({ text: 'typed before the session ended' });
  await context.clearCookies();
  await composer.save();
  await expect(composer.alert).toContainText('You are signed out.');
  await expect(page.getByRole('link', { name: 'Open sign-in in a new tab' })).toHaveAttribute(
    'target',
    '_blank',
  );
  await composer.expectText('typed before the session ended');
  await signIn(sheaf, context, member);
  await composer.save();
  await expectSaved(page);
  expect((await api.get(`/${slug}/raw`)).text).toBe('typed before the session ended');

  const contacts = new ContactsPage(page);
  await contacts.open('/new');
  await contacts.fill({ 'First name': 'Grace', Notes: 'typed before the session ended' });
  await context.clearCookies();
  await contacts.press('Add');
  await expect(page).toHaveURL(/\/login\?next=%2Fcontacts%2Fnew/);
  await signIn(sheaf, context, member);
  await contacts.open('/new');
  await expect(page.getByText(RESTORED)).toBeVisible();
  await contacts.press('Add');
  await expect(contacts.status).toContainText('Grace was added.');
});

test('a lost edit key is said, and the text stays', async ({ page, context, api }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.fill({ text: 'stored' });
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  await composer.openEditor(`/${saved.slug}/edit`);
  await composer.fill({ text: 'typed' });
  await context.clearCookies();
  await composer.save();
  await expect(composer.alert).toContainText('this browser can no longer edit it. Your text is still here.');
  const link = page.getByRole('link', { name: 'Open the paste in a new tab' });
  await expect(link).toHaveAttribute('href', `/${saved.slug}/edit`);
  await composer.expectText('typed');
  await page.reload();
  await page.getByLabel('Edit key').fill(saved.edit_key);
  await page.keyboard.press('Enter');
  await expect(page.getByText(RESTORED)).toBeVisible();
  await composer.expectText('typed');
  await api.remove(saved);
});

test('a draft of an earlier version is offered, and does not replace the newer one unasked', async ({
  page,
  api,
}) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.fill({ text: 'first version' });
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  await composer.openEditor(`/${saved.slug}/edit`);
  await composer.fill({ text: 'typed over the first version' });
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await api.send(`/api/v1/pastes/${saved.slug}`, {
    method: 'PATCH',
    editKey: saved.edit_key,
    json: { content: 'second version' },
  });

  await page.reload();
  await expect(page.getByText(OLDER)).toBeVisible();
  await composer.expectText('second version');
  await page.getByRole('button', { name: 'Restore' }).click();
  await composer.expectText('typed over the first version');
  await composer.save();
  await expect(composer.alert).toContainText('The paste was changed since you opened it.');
  expect((await api.get(`/${saved.slug}/raw`)).text).toBe('second version');
  await composer.save();
  await expectSaved(page);
  expect((await api.get(`/${saved.slug}/raw`)).text).toBe('typed over the first version');
  await composer.openEditor(`/${saved.slug}/edit`);
  await expect(page.getByText(OLDER)).toHaveCount(0);
  await api.remove(saved);
});

test('two tabs keep a draft each', async ({ page, context, newMember, createOwn }) => {
  const member = await newMember(context);
  const { slug } = await createOwn(member, { files: [{ name: 'a.txt', content: 'stored' }] });
  const path = `/${slug}/edit`;
  const [one, other] = [new ComposerPage(page), new ComposerPage(await context.newPage())];
  await one.openEditor(path);
  await one.fill({ text: 'in one tab' });
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await other.openEditor(path);
  await other.expectText('stored');
  await other.fill({ text: 'in the other' });
  for (const [composer, text] of [
    [one, 'in one tab'],
    [other, 'in the other'],
  ] as const) {
    await composer.page.reload();
    await expect(composer.page.getByText(RESTORED)).toBeVisible();
    await composer.expectText(text);
  }
});

test('the drafts of a user are not shown to others', async ({ page, context, newMember }) => {
  const composer = new ComposerPage(page);
  const contacts = new ContactsPage(page);
  await newMember(context);
  await composer.openEditor();
  await composer.fill({ text: 'secret text' });
  await contacts.open('/new');
  await contacts.fill({ Notes: 'secret note' });
  await context.clearCookies();
  await composer.openEditor();
  await composer.expectText('');
  await newMember(context);
  await composer.openEditor();
  await composer.expectText('');
  await contacts.open('/new');
  await expect(page.getByLabel('Notes')).toHaveValue('');
  await contacts.fill({ 'First name': 'Own' });
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await expect(page.getByText(RESTORED)).toHaveCount(0);
});

for (const [state, spoil] of [
  [
    'full',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  ],
  [
    'blocked',
    () => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('blocked', 'SecurityError');
          },
        });
      }
    },
  ],
] as const) {
  test(`with ${state} storage it is said that nothing is kept, and asked before leaving`, async ({
    page,
    api,
  }) => {
    const faults: Error[] = [];
    page.on('pageerror', (fault) => faults.push(fault));
    await page.addInitScript(spoil);
    const composer = new ComposerPage(page);
    await composer.openEditor();
    await composer.text.click();
    await page.keyboard.type('typed');
    await expect(page.getByText('Not saved: this browser’s storage is full or blocked')).toBeVisible();
    const asked = page.waitForEvent('dialog');
    void page.reload().catch(() => {});
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await composer.expectText('typed');
    await composer.createLink();
    const saved = await new PastePage(page).readSaved();
    expect((await api.get(`/${saved.slug}/raw`)).text).toBe('typed');
    expect(faults).toEqual([]);
    await api.remove(saved);
  });
}
