import { expect } from './fixtures';
import { ContactsPage } from './pages/contacts-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { csv } from './support/contact-files';
import { test } from './support/member';
import { query } from './support/storage';

/** Without a byte-order mark, as Excel in Russia saves it. */
const WINDOWS_1251 = Buffer.concat([
  Buffer.from('First name,Email\n'),
  Buffer.from([0xc0, 0xed, 0xed, 0xe0]),
  Buffer.from(',anna@example.com\n'),
]);

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a preview shows what will be imported, and follows the choices', async ({
      context,
      newMember,
      page,
    }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      const rows = [
        'Ada,Lovelace,+442079460958,London,Ada L.',
        ...Array.from({ length: 11 }, (_, n) => `N${n}`),
      ];
      await contacts.upload(csv(`First name,Last name,Phone,City,Nickname\n${rows.join('\n')}\n`));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import contacts');
      await expect(page.getByRole('main')).toContainText(/contacts\.csv\s*CSV\s*UTF-8\s*12 contacts/);
      await expect(contacts.people).toHaveCount(11);
      await expect(contacts.people.nth(1)).toContainText(/^Ada Lovelace\s*\+442079460958/);
      await expect(page.getByText('2 more are not shown.')).toBeVisible();
      await expect(contacts.columns).toHaveCount(6);
      await expect(contacts.columns.nth(5)).toContainText('Ada L.');
      await expect(contacts.becomes('First name')).toHaveValue('');

      await contacts.becomes('Last name').selectOption('Not imported');
      await contacts.becomes('Nickname').selectOption('Last name');
      await contacts.press('Update preview');
      await expect(page).toHaveURL(/\?c1=skip&c4=last_name$/);
      await expect(contacts.people.nth(1)).toContainText('Ada Ada L.');
      await page.reload();
      await expect(contacts.becomes('Nickname')).toHaveValue('last_name');
      await contacts.becomes('Nickname').selectOption('Notes');
      // What is imported is what the form says, also without another preview.
      await contacts.confirmImport();
      await contacts.expectReport({ added: 12 });
      await page.reload();
      await contacts.expectReport({ added: 12 });
      await contacts.open();
      await contacts.visit('Ada');
      await expect(page.getByLabel('Notes')).toHaveValue(/Ada L\./);
    });

    test('the encoding is chosen by how the text looks', async ({ context, newMember, page }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      await contacts.upload(csv(WINDOWS_1251));
      const encoding = page.getByLabel('Encoding');
      await expect(encoding.getByRole('option', { name: 'Анна (Cyrillic, Windows-1251)' })).toBeAttached();
      await encoding.selectOption('Àííà (Western, Windows-1252)');
      await contacts.press('Update preview');
      await expect(contacts.people.nth(1)).toContainText('Àííà');
      await encoding.selectOption('Анна (Cyrillic, Windows-1251)');
      await contacts.press('Update preview');
      await expect(contacts.people.nth(1)).toContainText('Анна');
      await contacts.confirmImport();
      await contacts.expectReport({ added: 1 });
      await contacts.open();
      await expect(contacts.names).toHaveText(['Анна']);
    });

    test('the order of ambiguous dates must be chosen', async ({ context, newMember, page }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      await contacts.upload(csv('First name,Birthday\nAda,05/03/1990\n'));
      const dates = page.getByRole('group', { name: 'Dates like 05/03/1990' });
      await expect(dates.getByRole('radio', { checked: true })).toHaveCount(0);
      await contacts.confirmImport();
      await expect(dates.getByRole('alert')).toHaveText('Choose whether the day or the month comes first.');
      await dates.getByLabel('5 March 1990').or(dates.getByLabel('March 5, 1990')).check();
      await contacts.press('Update preview');
      await expect(contacts.people.nth(1)).toContainText('Mar 5, 1990');
      await expect(dates.getByRole('radio').first()).toBeChecked();
      await contacts.confirmImport();
      await contacts.expectReport({ added: 1 });
      await contacts.open();
      await contacts.visit('Ada');
      await expect(page.getByLabel('Birthday')).toHaveValue('1990-03-05');
    });

    test('a value that another contact has is reported with the name', async ({
      context,
      newMember,
      page,
    }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      await contacts.add({ 'First name': 'Ada', Phone: '+442079460958' });
      await contacts.import(csv('First name,Phone\nGrace,+442079460958\n'));
      await contacts.expectReport({ added: 1 });
      await expect(contacts.remarks).toHaveText([
        /^Line 2\s*Grace\s*In the notes, because another contact has this phone number: \+442079460958$/,
      ]);
    });

    test('an import can be cancelled, and is not repeated', async ({ context, newMember, page }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      await contacts.upload(csv('First name\nAda\n'));
      await expect(contacts.people).toHaveCount(2);
      const cancelled = page.url();
      await contacts.press('Cancel');
      await expect(page).toHaveURL('/contacts/import');
      expect((await page.goto(cancelled))?.status()).toBe(404);

      await contacts.upload(csv('First name\nGrace\n'));
      await expect(contacts.people).toHaveCount(2);
      const other = new ContactsPage(await context.newPage());
      await other.page.goto(page.url());
      await contacts.confirmImport();
      await contacts.expectReport({ added: 1 });
      await contacts.open();
      await contacts.visit('Grace');
      await contacts.fill({ 'First name': 'Admiral' });
      await contacts.press('Save');
      await expect(contacts.status).toHaveText('Admiral was saved.');
      await other.confirmImport();
      await other.expectReport({ added: 1 });
      await contacts.open();
      await expect(contacts.names).toHaveText(['Admiral']);
    });
  });
}

test('an upload is for its owner, for a day, and the newest three are kept', async ({
  context,
  newMember,
  otherPage,
  page,
  sheaf,
}) => {
  await newMember(context);
  await newMember(otherPage.context());
  const contacts = new ContactsPage(page);
  const urls: string[] = [];
  for (const name of ['A', 'B', 'C', 'D']) {
    await contacts.upload(csv(`First name\n${name}\n`));
    await expect(contacts.people).toHaveCount(2);
    urls.push(page.url());
  }
  const statuses = async (request = page.request) =>
    Promise.all(urls.map(async (url) => (await request.get(url)).status()));
  expect(await statuses()).toEqual([404, 200, 200, 200]);
  expect(await statuses(otherPage.request)).toEqual([404, 404, 404, 404]);
  const id = urls[3]?.split('/').at(-1);
  await query(sheaf.databaseUrl, 'update contact_imports set expires_at = now() where id = $1::uuid', [id]);
  expect(await statuses()).toEqual([404, 200, 200, 404]);
});

test('looks right at 390 and at 1280', async ({ context, newMember, page }) => {
  await newMember(context);
  const contacts = new ContactsPage(page);
  const long = 'x'.repeat(50);
  const rows = [
    `${long},${'a'.repeat(60)}@${'b'.repeat(60)}.example.com,+442079460958,05/03/1990,${'word '.repeat(90)}`,
    `Grace,grace@example.com,+442079460958,04/03/1990,`,
    `,,,,${'y'.repeat(600)}`,
  ];
  await contacts.upload(csv(`First name,Email,Phone,Birthday,Notes,Website\n${rows.join('\n')}\n`));
  const look = async () => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await horizontalOverflow(page)).toBe(0);
      expect(await findAccessibilityFaults(page)).toEqual([]);
    }
  };
  await expect(contacts.people.first()).toBeAttached();
  await look();
  const radio = page.getByRole('radio').first();
  await radio.check();
  await contacts.confirmImport();
  await contacts.expectReport({ added: 2, left: 1 });
  await look();
});
