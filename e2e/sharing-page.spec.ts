import { expect } from './fixtures';
import { SharingPage } from './pages/sharing-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { newAddress, personalPath, test, waitForSharedMail } from './support/shared-links';
import { query } from './support/storage';

test('only the owner sees the shares, and an invalid link is not found', async ({
  api,
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const owner = await newMember(null);
  const { slug } = await createOwn(owner, { content: 'x' });
  const hidden = await createOwn(owner, { content: 'x', visibility: 'private' });
  for (const path of [`/${slug}/share`, '/shared']) {
    const answer = await api.get(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      307,
      `/login?next=${encodeURIComponent(path)}`,
    ]);
  }
  for (const query of [
    '',
    '?share',
    '?share=',
    '?share=abc',
    '?share=a&share=b',
    `?share=${'x'.repeat(999)}`,
  ]) {
    const answer = await api.get(`/${hidden.slug}${query}`);
    expect([answer.status, answer.headers.get('x-robots-tag')], query).toEqual([404, 'noindex']);
  }
  const stray = await api.get(`/${slug}?share=abc`);
  expect([stray.status, stray.headers.get('location')]).toEqual([307, `/${slug}`]);

  await newMember(context, { role: 'admin' });
  expect((await page.goto(`/${slug}/share`))?.status()).toBe(404);
  expect((await page.goto('/shared?cursor=nowhere'))?.status()).toBe(404);
  const own = await newMember(context);
  const secret = await createOwn(own, { content: 'x' });
  await query(sheaf.databaseUrl, `update pastes set encryption = '{}' where slug = $1`, [secret.slug]);
  expect((await page.goto(`/${secret.slug}/share`))?.status()).toBe(200);
  await expect(page.getByText('This paste is secret')).toBeVisible();
  await expect(new SharingPage(page).submit).toHaveCount(0);
});

test('after a save it is said who a paste is shared with', async ({
  context,
  createOwn,
  newMember,
  page,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'x', visibility: 'private' });
  const sharing = new SharingPage(page);
  await sharing.open(slug);
  await sharing.addresses.fill('a@example.com b@example.com c@example.com d@example.com');
  await sharing.submit.click();
  await expect(sharing.row('d@example.com')).toBeVisible();
  await page.goto(`/${slug}?saved`);
  await expect(
    page.getByRole('link', { name: 'Shared with a@example.com, b@example.com, c@example.com, and 1 more…' }),
  ).toBeVisible();
});

test('chosen contacts stay chosen during a search', async ({
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const author = await newMember(context);
  const { slug } = await createOwn(author, { content: 'x' });
  await query(
    sheaf.databaseUrl,
    `insert into contacts (id, owner_id, first_name, last_name, email, favorite, updated_at, sort_name, haystack)
     select gen_random_uuid(), $1, 'Person', n::text, 'p' || n || '@example.com', n = 70, now(),
       'person ' || lpad(n::text, 3, '0'), 'person ' || n from generate_series(1, 70) n`,
    [author.id],
  );
  const sharing = new SharingPage(page);
  await sharing.open(slug);
  const boxes = page.getByRole('group', { name: 'Your contacts' }).getByRole('checkbox');
  await expect(boxes).toHaveCount(50);
  await expect(boxes.first()).toHaveAccessibleName(/^Person 70/);
  await sharing.person('Person 7').check();
  await page.getByRole('searchbox').fill('person 6');
  await page.getByRole('searchbox').press('Enter');
  await expect(boxes).toHaveCount(12);
  await expect(sharing.person('Person 7')).toBeChecked();
  await sharing.person('Person 66').check();
  await sharing.submit.click();
  await expect(sharing.row('Person 7')).toBeVisible();
  await expect(sharing.row('Person 66')).toBeVisible();
  await expect(boxes).toHaveCount(50);
});

test('fits and can be used on a phone and on a screen, in both languages', async ({
  context,
  createOwn,
  newMember,
  newPage,
  page,
  sheaf,
}) => {
  const author = await newMember(context);
  const { slug } = await createOwn(author, { title: 'x'.repeat(120), content: 'x', visibility: 'private' });
  const guest = `${'long'.repeat(11)}-${newAddress()}`;
  const reader = await newPage();
  const member = await newMember(reader.context());
  const sharing = new SharingPage(page);
  await sharing.open(slug);
  await sharing.addresses.fill(`${guest} ${member.email}`);
  await sharing.submit.click();
  await expect(sharing.row(guest)).toBeVisible();
  const personal = personalPath(await waitForSharedMail(sheaf.mailFolder, guest), slug);
  const guestPage = await newPage();
  for (const language of ['en', 'ru']) {
    for (const [browser, path] of [
      [page, `/${slug}/share`],
      [reader, '/shared'],
      [reader, `/${slug}`],
      [guestPage, personal],
    ] as const) {
      await browser.context().addCookies([{ name: 'sheaf_locale', value: language, url: sheaf.url }]);
      await browser.setViewportSize({ width: 390, height: 844 });
      await browser.goto(path);
      expect(await horizontalOverflow(browser), `${path} ${language}`).toBeLessThanOrEqual(0);
      expect(await findAccessibilityFaults(browser), `${path} ${language}`).toEqual([]);
      await browser.setViewportSize({ width: 1280, height: 800 });
      expect(await horizontalOverflow(browser), `${path} ${language}`).toBeLessThanOrEqual(0);
    }
  }
});
