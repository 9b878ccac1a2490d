import { expect } from './fixtures';
import { PeoplePage } from './pages/people-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { expectCommonHeaders } from './support/checks';
import { test } from './support/member';
import { query } from './support/storage';

const BOOKS = 'e2e/support/address-books';
const PATHS = ['/people', '/people/new', '/people/import', '/people/duplicates'];
const csv = (text: string, name = 'people.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

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

test('nobody gets to anybody’s people', async ({ api, context, newMember, otherPage, page }) => {
  for (const path of PATHS) {
    const answer = await api.get(path);
    expect(answer.status, path).toBe(307);
    expect(answer.headers.get('location'), path).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
  for (const path of ['/people/export.vcf', '/people/export.csv']) {
    const answer = await api.get(path);
    expect(answer.status, path).toBe(303);
    expect(answer.headers.get('location'), path).toBe('/login?next=/people/import');
  }
  await newMember(context);
  await newMember(otherPage.context());
  const people = new PeoplePage(page);
  await people.add({ 'First name': 'Ada' });
  await people.visit('Ada');
  const { pathname } = new URL(page.url());
  for (const path of [pathname, '/people/x', `${pathname}0`, '/people?cursor=x']) {
    expect((await otherPage.request.get(path)).status(), path).toBe(404);
  }
  expect(await (await otherPage.request.get('/people/export.vcf')).text()).toBe('');
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('somebody is added, found, changed, starred, deleted and brought back', async ({
      context,
      newMember,
      page,
    }) => {
      await newMember(context);
      const people = new PeoplePage(page);
      await people.open();
      await expect(page.getByText('Nobody here yet.')).toBeVisible();
      await page.getByRole('link', { name: 'Add a person' }).click();
      await people.fill({ 'First name': ' ', 'Mail address': 'ada', Phone: '12', Notes: 'met in 1833' });
      await people.press('Add');
      const first = page.getByLabel('First name');
      await expect(first).toHaveAccessibleDescription('Enter a first name.');
      await expect(page.getByLabel('Mail address')).toHaveAccessibleDescription(/^Enter an email address/);
      await expect(page.getByLabel('Phone')).toHaveAccessibleDescription(/^Use 10 to 15 digits/);
      await expect(page.getByLabel('Phone')).toHaveValue('12');
      await expect(page.getByLabel('Notes')).toHaveValue('met in 1833');
      await people.fill({
        'First name': 'Ada',
        'Mail address': 'Ada@Example.com',
        Phone: '+44 (20) 7946-0958',
        Birthday: dayAhead(1, 1990),
      });
      await people.press('Add');
      await expect(people.status).toHaveText('Ada is in your book.');
      await expect(people.names).toHaveText(['Ada']);
      await expect(people.birthdays.getByRole('listitem')).toHaveText(/Ada\s*tomorrow, turns \d\d/);

      await people.open('/new');
      await people.fill({ 'First name': 'Grace', 'Mail address': 'ada@example.com' });
      await people.press('Add');
      await expect(page.getByLabel('Mail address')).toHaveAccessibleDescription(
        'Somebody in your book has this address already.',
      );
      await people.fill({ 'Mail address': 'grace@example.com', Phone: '02079460000' });
      await people.press('Add');
      await people.visit('Grace');
      await people.fill({ 'Last name': 'Hopper', Phone: '+442079460958' });
      await people.press('Save');
      await expect(page.getByLabel('Phone')).toHaveAccessibleDescription(
        'Somebody in your book has this number already.',
      );
      await people.fill({ Phone: '' });
      await page.getByLabel('Starred').check();
      await people.press('Save');
      await expect(people.status).toHaveText('Grace Hopper is saved.');
      await expect(people.names).toHaveText(['Grace Hopper', 'Ada']);

      await people.star('Grace Hopper').click();
      await expect(people.star('Grace Hopper')).toHaveAttribute('aria-pressed', 'false');
      await people.star('Ada').click();
      await expect(people.star('Ada')).toHaveAttribute('aria-pressed', 'true');
      await people.open();
      await expect(people.names).toHaveText(['Ada', 'Grace Hopper']);

      await people.search.fill('7946');
      if (!javaScriptEnabled) await people.press('Search');
      await expect(people.names).toHaveText(['Ada']);
      await expect(page).toHaveURL('/people?q=7946');
      await people.visit('Ada');
      await people.press('Delete');
      await expect(people.status).toHaveText('Ada is deleted.');
      await expect(people.names).toHaveText(['Grace Hopper']);
      await people.open();
      await people.undo.click();
      await expect(people.status).toHaveText('Ada is back.');
      await expect(people.undo).toHaveCount(0);
      await expect(people.star('Ada')).toHaveAttribute('aria-pressed', 'true');
      await people.visit('Ada');
      await expect(page.getByLabel('Mail address')).toHaveValue('ada@example.com');
      await expect(page.getByLabel('Notes')).toHaveValue('met in 1833');
      await expect(page.getByLabel('Birthday')).toHaveValue(dayAhead(1, 1990));
    });

    test('a form that was open too long changes nothing, and says so', async ({
      context,
      newMember,
      page,
    }) => {
      await newMember(context);
      const people = new PeoplePage(page);
      await people.add({ 'First name': 'Ada' });
      await people.visit('Ada');
      const other = new PeoplePage(await context.newPage());
      await other.open();
      await other.visit('Ada');
      await other.fill({ Phone: '+442079460958' });
      await other.press('Save');
      await expect(other.status).toHaveText('Ada is saved.');
      await people.fill({ Notes: 'met in 1833' });
      await people.press('Save');
      await expect(page.getByText('This person was changed meanwhile')).toBeVisible();
      await expect(page.getByLabel('Notes')).toHaveValue('met in 1833');
      await people.open();
      await people.visit('Ada');
      await expect(page.getByLabel('Phone')).toHaveValue('+442079460958');
      await expect(page.getByLabel('Notes')).toHaveValue('');
    });

    test('books of phones and mail programs come in, and nobody twice', async ({
      context,
      newMember,
      page,
    }) => {
      await newMember(context);
      const people = new PeoplePage(page);
      for (const [file, sentence] of [
        ['google.csv', '2 people are new.'],
        ['phone-2.1.vcf', '2 people are new.'],
        ['apple-3.0.vcf', 'One person is new.'],
        ['outlook.csv', '2 people are new.'],
        ['thunderbird.csv', '2 people are new.'],
        ['android.vcf', '2 people are new.'],
        ['google.csv', 'Nobody is new. 2 were here already.'],
      ] as const) {
        await people.import(`${BOOKS}/${file}`);
        await expect(people.status).toHaveText(sentence);
      }
      await expect(people.names).toHaveText([
        'Ada Lovelace',
        'Acme',
        'Barbara Liskov',
        'Grace Brewster Hopper',
        'Katherine Johnson',
        'Margaret Hamilton',
        'Max',
        'nobody@example.com',
        'reception@example.com',
        'Анна Петрова',
        'Пожарные',
      ]);
      await people.visit('Пожарные');
      await expect(page.getByLabel('Phone')).toHaveValue('84955550102');
      await expect(page.getByLabel('Notes')).toHaveValue('+74955550101\n101');
      await people.import(
        csv('First name,Birthday,Phone\nGrace Brewster Hopper,,\nMax,1990-01-02,1234567890\n'),
      );
      await expect(people.status).toHaveText('Nobody is new. One was completed. One was here already.');
      await people.import(
        csv('First name,Last name,Birthday\nmargaret,HAMILTON,1936-08-17\nHamilton,Margaret,\n'),
      );
      await expect(people.status).toHaveText('One person is new. One was here already.');
      await expect(people.duplicates.getByRole('link')).toHaveText([
        'Margaret Hamilton',
        'Hamilton Margaret',
      ]);
    });

    test('a book with faults comes in only when one says so', async ({ context, newMember, page }) => {
      await newMember(context);
      const people = new PeoplePage(page);
      const tooLong = 'x'.repeat(501);
      const file = csv(`First name,Info\nAda,\n${`"B\nb",${tooLong}\n`.repeat(24)}Carl,${tooLong}\n`);
      await people.import(file);
      await expect(page.getByText('25 of 26 people cannot be imported. Nothing was imported.')).toBeVisible();
      const lines = page.getByRole('list', { name: 'What is wrong' }).getByRole('listitem');
      await expect(lines).toHaveCount(20);
      await expect(lines.first()).toHaveText(/^Line 3\. First name: One line only.* Notes: At most 500/);
      await people.rest.check();
      await people.importHere(file);
      await expect(people.status).toHaveText(
        /^2 people are new\. 24 were left out\. Left out: lines 3, 5, .*, 39, and 41\. Shortened: line 51\.$/,
      );
      await expect(people.names).toHaveText(['Ada', 'Carl']);
    });

    test('a book that cannot be taken is refused whole', async ({ context, newMember, page }) => {
      await newMember(context);
      const people = new PeoplePage(page);
      for (const [file, sentence] of [
        [csv(`First name\n${'a\n'.repeat(10_001)}`), 'There are more than 10,000 people in this file.'],
        [csv('x'.repeat(4 * 1024 * 1024 + 1)), 'This file is larger than 4 MiB.'],
        [
          { ...csv(''), buffer: Buffer.from('First name\n\xc0\xed\xed\xe0', 'latin1') },
          'This file is not UTF-8 text.',
        ],
        [csv('{}'), 'This is neither a vCard nor a table'],
      ] as const) {
        await people.import(file);
        await expect(page.getByRole('main').getByRole('alert')).toContainText(sentence);
      }
      await people.open();
      await expect(page.getByText('Nobody here yet.')).toBeVisible();
    });
  });
}

for (const format of ['vcf', 'csv'] as const) {
  test(`what goes out as ${format} comes in again the same`, async ({
    api,
    context,
    newMember,
    page,
    sheaf,
  }) => {
    const { id } = await newMember(context);
    const people = new PeoplePage(page);
    await people.import(`${BOOKS}/google.csv`);
    await expect(people.status).toBeVisible();
    await people.import(csv('First name,Last name\n=1+1,"@SUM(A1)"\nЁжик,\n'));
    await expect(people.status).toHaveText('2 people are new.');
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await api.get(`/people/export.${format}`, { cookie });
    expect(answer.status).toBe(200);
    expectCommonHeaders(answer);
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename=sheaf-people-[\d-]+\.(vcf|csv)$/,
    );
    const buffer = answer.bytes;
    if (format === 'csv') {
      expect(buffer.subarray(0, 3)).toEqual(Buffer.from('\uFEFF'));
      expect(buffer.toString()).toContain("'=1+1,'@SUM(A1)");
      expect(buffer.toString()).toContain("'+442079460958");
    }
    const contents =
      'select first_name, last_name, email, phone, birthday, info, favorite from contacts where owner_id = $1::uuid order by sort_name';
    const before = await query(sheaf.databaseUrl, contents, [id]);
    await query(sheaf.databaseUrl, 'delete from contacts where owner_id = $1::uuid', [id]);
    for (const sentence of ['4 people are new.', 'Nobody is new. 4 were here already.']) {
      await people.import({ name: `book.${format}`, mimeType: 'text/plain', buffer });
      await expect(people.status).toHaveText(sentence);
      expect(await query(sheaf.databaseUrl, contents, [id])).toEqual(before);
    }
  });
}

// Between them there is a midnight at any time.
for (const timezoneId of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
  test.describe(timezoneId, () => {
    test.use({ timezoneId });

    test('a birthday is today where its reader is', async ({ context, newMember, page }) => {
      await newMember(context);
      const people = new PeoplePage(page);
      const day = new Date().toLocaleDateString('sv-SE', { timeZone: timezoneId }).slice(5);
      await people.add({ 'First name': 'Ada', Birthday: `1992-${day}` });
      // The first page that lives tells the zone, the next one knows it.
      await expect(async () => {
        await people.open();
        await expect(people.birthdays).toHaveText(/Ada\s*today/, { timeout: 1_000 });
      }).toPass();
    });
  });
}

test('a deleted person is not offered to whoever signs in next', async ({ context, newMember, page }) => {
  await newMember(context);
  const people = new PeoplePage(page);
  await people.add({ 'First name': 'Ada' });
  await people.visit('Ada');
  await people.press('Delete');
  await expect(people.undo).toBeVisible();
  await newMember(context);
  await people.open();
  await expect(page.getByText('Nobody here yet.')).toBeVisible();
  await expect(people.undo).toHaveCount(0);
});

test('the list follows what is typed, and keeps the place where it is typed', async ({
  context,
  newMember,
  page,
  sheaf,
}) => {
  const { id } = await newMember(context);
  await addMany(sheaf.databaseUrl, id, 10_000);
  const people = new PeoplePage(page);
  await people.open();
  await expect(people.names).toHaveCount(50);
  // A key that is pressed before the script is there goes nowhere.
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(people.search).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.keyboard.type('name 999');
  await expect(people.names).toHaveCount(11);
  await expect(people.search).toBeFocused();
  await expect(people.status).toHaveText('11 people found.');
  await expect(page).toHaveURL('/people?q=name+999');
  await page.keyboard.type('x');
  await expect(page.getByText('Nobody matches.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await expect(people.names).toHaveCount(50);
  await expect(page).toHaveURL('/people');
  await expect(people.birthdays).toBeVisible();
  await page.getByRole('link', { name: 'More', exact: true }).click();
  await expect(people.names.first()).not.toHaveText('Name 1');
  await expect(people.names).toHaveCount(50);
  await page.getByRole('link', { name: 'To the start' }).click();
  await expect(people.names.first()).toHaveText('Name 1');
});

for (const width of [390, 1280]) {
  test(`looks right at ${width}, light and dark`, async ({ context, newMember, page }) => {
    await newMember(context);
    await page.setViewportSize({ width, height: 800 });
    const people = new PeoplePage(page);
    const long = 'x'.repeat(50);
    const rows = [
      `${long},${long},${'a'.repeat(60)}@${'b'.repeat(60)}.example.com,${dayAhead(0, 1990)}`,
      'Max,,max@example.com,',
      'MAX,,,',
    ];
    await people.import(csv(`First name,Last name,Email,Birthday\n${rows.join('\n')}\n`));
    await expect(people.names).toHaveCount(3);
    const person = await people.names.getByRole('link').first().getAttribute('href');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const path of [...PATHS, person ?? '']) {
        await page.goto(path);
        expect(await horizontalOverflow(page), path).toBe(0);
        expect(await findAccessibilityFaults(page), path).toEqual([]);
      }
    }
  });
}
