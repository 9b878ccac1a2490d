import { expect } from './fixtures';
import { ShareSheet } from './pages/sharing-page';
import { test } from './support/member';
import { query } from './support/storage';

test('the page of one’s own paste opens the sheet from its button and its link', async ({
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'x', visibility: 'private' });
  await page.goto(`/${slug}`);
  const sheet = new ShareSheet(page);
  await sheet.open();
  await sheet.people.fill('ada@example.com, grace@example.com');
  await sheet.submit.click();
  await expect(sheet.shares).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(sheet.dialog).toHaveCount(0);

  const panel = page.locator('#share-panel');
  await panel.evaluate((element: HTMLElement) => element.showPopover());
  await panel.getByRole('link', { name: 'Share with people…' }).click();
  await expect(sheet.shares).toHaveCount(2);
  expect(new URL(page.url()).pathname).toBe(`/${slug}`);
  const rows = await query(
    sheaf.databaseUrl,
    'select s.email from shares s join pastes p on p.id = s.paste_id where p.slug = $1 order by 1',
    [slug],
  );
  expect(rows).toEqual([{ email: 'ada@example.com' }, { email: 'grace@example.com' }]);
});

test('a paste that cannot be shared, and a session that has ended, lead to the page', async ({
  context,
  createOwn,
  newMember,
  page,
  sheaf,
}) => {
  const { slug } = await createOwn(await newMember(context), { content: 'x' });
  const button = page.getByRole('button', { name: 'Share', exact: true });
  const panel = page.locator('#share-panel');
  await query(sheaf.databaseUrl, `update pastes set hidden_at = now(), hidden_reason = 'x' where slug = $1`, [
    slug,
  ]);
  await page.goto(`/${slug}`);
  await page.locator('main[data-aided]').waitFor();
  await button.click();
  await expect(panel).toBeVisible();
  await panel.getByRole('link', { name: 'Share with people…' }).click();
  await expect(page).toHaveURL(`/${slug}/share`);

  await page.goto(`/${slug}`);
  await page.locator('main[data-aided]').waitFor();
  await context.clearCookies();
  await button.click();
  await expect(page).toHaveURL(`/login?next=${encodeURIComponent(`/${slug}/share`)}`);
});
