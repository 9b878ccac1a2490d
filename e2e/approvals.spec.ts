import { randomUUID } from 'node:crypto';
import { expect } from './fixtures';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { waitForMail } from './support/mail';
import { test } from './support/member';
import { query } from './support/storage';

const WAITING = 'Waiting for approval';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('public pastes of a new member are listed once a moderator has approved the member', async ({
      api,
      context,
      createOwn,
      newMember,
      otherPage,
      page,
      sheaf,
    }) => {
      const owner = await newMember(otherPage.context(), { called: 'new' });
      await query(sheaf.databaseUrl, 'update users set awaits_approval = true where id = $1', [owner.id]);
      const title = `Otters ${randomUUID()}`;
      const { slug } = await createOwn(owner, { title, content: 'at dusk', visibility: 'public' });
      const isListed = async () =>
        (await api.get(`/explore?q=${encodeURIComponent(title)}`)).text.includes(slug);

      await otherPage.goto(`/${slug}`);
      await expect(otherPage.getByRole('complementary', { name: WAITING })).toBeVisible();
      await otherPage.goto('/me');
      await expect(otherPage.getByText(WAITING)).toBeVisible();
      const stranger = await api.get(`/${slug}`);
      expect([stranger.status, stranger.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
      expect(stranger.text).not.toContain(WAITING);
      expect(await isListed()).toBe(false);

      await newMember(context, { role: 'moderator' });
      await page.goto('/admin/approvals');
      const entry = page
        .getByRole('listitem')
        .filter({ has: page.getByRole('heading', { name: owner.username }) });
      await expect(entry.getByRole('link', { name: title })).toHaveAttribute('href', `/${slug}`);
      await expect(entry.getByText('at dusk')).toBeVisible();
      await entry.getByRole('button', { name: 'Hide all' }).click();
      await expect(page.getByText('Enter a reason.')).toBeVisible();
      await page
        .getByRole('listitem')
        .filter({ has: page.getByRole('heading', { name: owner.username }) })
        .getByRole('button', { name: 'Approve' })
        .click();
      await expect(page.getByText(`${owner.username} is approved.`)).toBeVisible();
      await expect(page.getByRole('heading', { name: owner.username })).toHaveCount(0);

      expect(await isListed()).toBe(true);
      expect((await api.get(`/${slug}`)).headers.get('x-robots-tag')).toBeNull();
      expect((await waitForMail(sheaf.mailFolder, owner.email)).text).toContain('has approved');
      await otherPage.goto(`/${slug}`);
      await expect(otherPage.getByText(WAITING)).toHaveCount(0);
    });
  });
}

test('the queue fits a small phone', async ({ context, createOwn, newMember, page, sheaf }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  const owner = await newMember(null, { called: 'x'.repeat(20) });
  await query(sheaf.databaseUrl, 'update users set awaits_approval = true where id = $1', [owner.id]);
  for (const content of ['one', 'y'.repeat(300)]) {
    await createOwn(owner, { title: 'T'.repeat(100), content, visibility: 'public' });
  }
  await newMember(context, { role: 'moderator' });
  await page.goto('/admin/approvals');
  await expect(page.getByRole('heading', { name: owner.username })).toBeVisible();
  expect(await horizontalOverflow(page)).toBe(0);
  expect(await findAccessibilityFaults(page)).toEqual([]);
});
