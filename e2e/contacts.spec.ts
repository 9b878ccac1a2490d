import { expect } from './fixtures';
import { ContactsPage } from './pages/contacts-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { ADDRESS_BOOKS, csv } from './support/contact-files';
import { test } from './support/member';
import { query } from './support/storage';

const PATHS = ['/contacts', '/contacts/new', '/contacts/import', '/contacts/duplicates'];

/** A day of this time of the year, some days ahead. */
function dayAhead(days: number, year: number): string {
  const date = new Date(Date.now() + days * 86_400_000);
  return `${year}-${date.toISOString().slice(5, 10)}`;
}

async function addMany(databaseUrl: string, ownerId: string, count: number): Promise<void> {
  await query(
    databaseUrl,
    `insert into contacts (id, owner_id, first_name, haystack, sort_name, birthday, birthday_day)
     select gen_random_uuid(), $1::uuid, 'Name ' || n, 'name ' || n, 'name ' || n, '1990-01-01',
       (n % 12 + 1) * 100 + n % 28 + 1
     from generate_series(1, $2::int) n`,
    [ownerId, count],
  );
}

test('contacts are not shown to visitors and other users', async ({
  api,
  context,
  newMember,
  otherPage,
  page,
}) => {
  for (const path of PATHS) {
    const answer = await api.get(path);
    expect(answer.status, path).toBe(307);
    expect(answer.headers.get('location'), path).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
  for (const path of ['/contacts/export.vcf', '/contacts/export.csv']) {
    const answer = await api.get(path);
    expect(answer.status, path).toBe(303);
    expect(answer.headers.get('location'), path).toBe('/login?next=/contacts/import');
  }
  await newMember(context);
  await newMember(otherPage.context());
  const contacts = new ContactsPage(page);
  await contacts.add({ 'First name': 'Ada' });
  await contacts.visit('Ada');
  const { pathname } = new URL(page.url());
  for (const path of [pathname, '/contacts/x', `${pathname}0`, '/contacts?cursor=x']) {
    expect((await otherPage.request.get(path)).status(), path).toBe(404);
  }
  expect(await (await otherPage.request.get('/contacts/export.vcf')).text()).toBe('');
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a contact is created, found, changed, starred, deleted and restored', async ({
      context,
      newMember,
      page,
    }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      await contacts.open();
      await expect(page.getByText('No contacts yet.')).toBeVisible();
      await page.getByRole('link', { name: 'New contact' }).click();
      await contacts.fill({ 'First name': ' ', Email: 'ada', Phone: '12', Notes: 'met in 1833' });
      await contacts.press('Add');
      const first = page.getByLabel('First name');
      await expect(first).toHaveAccessibleDescription('Enter a first name.');
      await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/^Enter an email address/);
      await expect(page.getByLabel('Phone')).toHaveAccessibleDescription(/^Use 10 to 15 digits/);
      await expect(page.getByLabel('Phone')).toHaveValue('12');
      await expect(page.getByLabel('Notes')).toHaveValue('met in 1833');
      await contacts.fill({
        'First name': 'Ada',
        Email: 'Ada@Example.com',
        Phone: '+44 (20) 7946-0958',
        Birthday: dayAhead(1, 1990),
      });
      await contacts.press('Add');
      await expect(contacts.status).toHaveText('Ada was added.');
      await expect(contacts.names).toHaveText(['Ada']);
      await expect(contacts.birthdays.getByRole('listitem')).toHaveText(/Ada\s*tomorrow, turns \d\d/);

      await contacts.open('/new');
      await contacts.fill({ 'First name': 'Grace', Email: 'ada@example.com' });
      await contacts.press('Add');
      await expect(page.getByLabel('Email')).toHaveAccessibleDescription(
        'Another contact already has this email address.',
      );
      await contacts.fill({ Email: 'grace@example.com', Phone: '02079460000' });
      await contacts.press('Add');
      await contacts.visit('Grace');
      await contacts.fill({ 'Last name': 'Hopper', Phone: '+442079460958' });
      await contacts.press('Save');
      await expect(page.getByLabel('Phone')).toHaveAccessibleDescription(
        'Another contact already has this phone number.',
      );
      await contacts.fill({ Phone: '' });
      await page.getByLabel('Starred').check();
      await contacts.press('Save');
      await expect(contacts.status).toHaveText('Grace Hopper was saved.');
      await expect(contacts.names).toHaveText(['Grace Hopper', 'Ada']);

      await contacts.toggleStar('Grace Hopper', false);
      await contacts.toggleStar('Ada', true);
      await contacts.open();
      await expect(contacts.names).toHaveText(['Ada', 'Grace Hopper']);

      await contacts.search.fill('7946');
      if (!javaScriptEnabled) await contacts.press('Search');
      await expect(contacts.names).toHaveText(['Ada']);
      await expect(page).toHaveURL('/contacts?q=7946');
      await contacts.visit('Ada');
      await contacts.press('Delete');
      await expect(contacts.status).toHaveText('Ada was deleted.');
      await expect(contacts.names).toHaveText(['Grace Hopper']);
      await contacts.open();
      await contacts.undo.click();
      await expect(contacts.status).toHaveText('Ada was restored.');
      await expect(contacts.undo).toHaveCount(0);
      await expect(contacts.star('Ada')).toHaveAttribute('aria-pressed', 'true');
      await contacts.visit('Ada');
      await expect(page.getByLabel('Email')).toHaveValue('ada@example.com');
      await expect(page.getByLabel('Notes')).toHaveValue('met in 1833');
      await expect(page.getByLabel('Birthday')).toHaveValue(dayAhead(1, 1990));
    });

    test('a form with stale data is refused with a message', async ({ context, newMember, page }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      await contacts.add({ 'First name': 'Ada' });
      await contacts.visit('Ada');
      const other = new ContactsPage(await context.newPage());
      await other.open();
      await other.visit('Ada');
      await other.fill({ Phone: '+442079460958' });
      await other.press('Save');
      await expect(other.status).toHaveText('Ada was saved.');
      await contacts.fill({ Notes: 'met in 1833' });
      await contacts.press('Save');
      await expect(page.getByText('This contact was changed in another window')).toBeVisible();
      await expect(page.getByLabel('Notes')).toHaveValue('met in 1833');
      await contacts.open();
      await contacts.visit('Ada');
      await expect(page.getByLabel('Phone')).toHaveValue('+442079460958');
      await expect(page.getByLabel('Notes')).toHaveValue('');
    });

    test('exports of phones and mail apps are imported without duplicates', async ({
      context,
      newMember,
      page,
    }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      for (const [file, figures] of [
        ['google.csv', { added: 2 }],
        ['phone-2.1.vcf', { added: 2 }],
        ['apple-3.0.vcf', { added: 1 }],
        ['outlook.csv', { added: 2 }],
        ['thunderbird.csv', { added: 2 }],
        ['android.vcf', { added: 2 }],
        ['google.csv', { existed: 2 }],
      ] as const) {
        await contacts.import(`${ADDRESS_BOOKS}/${file}`);
        await contacts.expectReport(figures);
      }
      await contacts.open();
      await expect(contacts.names).toHaveText([
        'Ada Lovelace',
        'Acme',
        'Barbara Liskov',
        'Grace Brewster Hopper',
        'Katherine Johnson',
        'Margaret Hamilton',
        'Max',
        'reception@example.com',
        'unknown@example.com',
        'Анна Петрова',
        'Пожарные',
      ]);
      await contacts.visit('Пожарные');
      await expect(page.getByLabel('Phone')).toHaveValue('84955550102');
      await expect(page.getByLabel('Notes')).toHaveValue('+74955550101\n101');
      await contacts.import(
        csv('First name,Birthday,Phone\nGrace Brewster Hopper,,\nMax,1990-01-02,1234567890\n'),
      );
      await contacts.expectReport({ updated: 1, existed: 1 });
      await contacts.import(
        csv('First name,Last name,Birthday\nmargaret,HAMILTON,1936-08-17\nHamilton,Margaret,\n'),
      );
      await contacts.expectReport({ added: 1, existed: 1 });
      await expect(page.getByRole('link', { name: '1 possible duplicate' })).toHaveAttribute(
        'href',
        '/contacts/duplicates',
      );
      await page.getByRole('link', { name: 'Show contacts' }).click();
      await expect(contacts.duplicates.getByRole('link')).toHaveText([
        'Margaret Hamilton',
        'Hamilton Margaret',
        'Review',
      ]);
      await contacts.duplicates.getByRole('link', { name: 'Review' }).click();
      await contacts.press('Different people');
      await expect(page.getByText('No duplicates.')).toBeVisible();
      await contacts.open();
      await expect(contacts.duplicates).toBeHidden();
    });

    test('what cannot be imported is named before and after the import', async ({
      context,
      newMember,
      page,
    }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      const tooLong = 'x'.repeat(501);
      const rows = `Ada,,\n${`B\x07b,${tooLong},\n`.repeat(24)}Carl,${tooLong},\n`;
      await contacts.upload(csv(`First name,Info,Phone\n${rows}`));
      await expect(page.getByRole('heading', { name: '25 problems' })).toBeVisible();
      await expect(contacts.remarks).toHaveCount(25);
      await expect(contacts.remarks.first()).toHaveText(
        /^Line 3\s*B.?b\s*Left out\. First name: Use a single line/,
      );
      await expect(contacts.remarks.last()).toHaveText(
        /^Line 27\s*Carl\s*The name or the notes are too long/,
      );
      await contacts.confirmImport();
      await contacts.expectReport({ added: 2, left: 24 });
      await expect(contacts.remarks).toHaveCount(25);
      await expect(contacts.remarks.first()).toHaveText(
        /^Line 3\s*B.?b\s*Left out\. First name: Use a single/,
      );
      await contacts.open();
      await expect(contacts.names).toHaveText(['Ada', 'Carl']);
    });

    test('a file that cannot be read is refused', async ({ context, newMember, page }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      for (const [file, sentence] of [
        [csv(`First name\n${'a\n'.repeat(10_001)}`), 'This file has more than 10,000 contacts.'],
        [csv('x'.repeat(4 * 1024 * 1024 + 1)), 'This file is larger than 4 MiB.'],
        [{ ...csv(''), buffer: Buffer.from('First name\n\0\0\0\0', 'latin1') }, 'This file is not text.'],
        [csv('{}'), 'This is neither a vCard file nor a CSV file'],
      ] as const) {
        await contacts.upload(file);
        await expect(page.getByRole('main').getByRole('alert')).toContainText(sentence);
      }
      await contacts.open();
      await expect(page.getByText('No contacts yet.')).toBeVisible();
    });
  });
}

test('a deleted contact is not offered to the next user of the browser', async ({
  context,
  newMember,
  page,
}) => {
  await newMember(context);
  const contacts = new ContactsPage(page);
  await contacts.add({ 'First name': 'Ada' });
  await contacts.visit('Ada');
  await contacts.press('Delete');
  await expect(contacts.undo).toBeVisible();
  await newMember(context);
  await contacts.open();
  await expect(page.getByText('No contacts yet.')).toBeVisible();
  await expect(contacts.undo).toHaveCount(0);
});

test('the list is updated while typing, without moving the focus', async ({
  context,
  newMember,
  page,
  sheaf,
}) => {
  const { id } = await newMember(context);
  await addMany(sheaf.databaseUrl, id, 10_000);
  const contacts = new ContactsPage(page);
  await contacts.open();
  await expect(contacts.names).toHaveCount(50);
  // A key that is pressed before hydration has no effect.
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(contacts.search).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.keyboard.type('name 999');
  await expect(contacts.names).toHaveCount(11);
  await expect(contacts.search).toBeFocused();
  await expect(contacts.status).toHaveText('11 contacts found.');
  await expect(page).toHaveURL('/contacts?q=name+999');
  await page.keyboard.type('x');
  await expect(page.getByText('No contacts match.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await expect(contacts.names).toHaveCount(50);
  await expect(page).toHaveURL('/contacts');
  await expect(contacts.birthdays).toBeVisible();
  await page.getByRole('link', { name: 'More', exact: true }).click();
  await expect(contacts.names.first()).not.toHaveText('Name 1');
  await expect(contacts.names).toHaveCount(50);
  await page.getByRole('link', { name: 'To the start' }).click();
  await expect(contacts.names.first()).toHaveText('Name 1');
});

test('looks right at 390 and at 1280', async ({ context, newMember, page }) => {
  await newMember(context);
  const contacts = new ContactsPage(page);
  const long = 'x'.repeat(50);
  const rows = [
    `${long},${long},${'a'.repeat(60)}@${'b'.repeat(60)}.example.com,${dayAhead(0, 1990)}`,
    'Max,,max@example.com,',
    'MAX,,,',
  ];
  await contacts.import(csv(`First name,Last name,Email,Birthday\n${rows.join('\n')}\n`));
  await contacts.expectReport({ added: 3 });
  await contacts.open();
  await expect(contacts.names).toHaveCount(3);
  const contact = await contacts.names.getByRole('link').first().getAttribute('href');
  for (const path of [...PATHS, contact ?? '']) {
    await page.goto(path);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await horizontalOverflow(page), path).toBe(0);
      expect(await findAccessibilityFaults(page), path).toEqual([]);
    }
  }
});
