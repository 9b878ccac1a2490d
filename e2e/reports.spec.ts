import { randomUUID } from 'node:crypto';
import { expect } from './fixtures';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { goneEverywhere, lookEverywhere } from './support/checks';
import { waitForMail } from './support/mail';
import { test } from './support/member';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a reported paste is hidden, its text is blocked, and its owner appeals', async ({
      api,
      browser,
      context,
      createOwn,
      newMember,
      otherPage,
      page,
      sheaf,
    }) => {
      const owner = await newMember(otherPage.context());
      const content = `a text that is reported ${randomUUID()}`;
      const title = `Reported ${randomUUID()}`;
      const { slug } = await createOwn(owner, { title, content, visibility: 'public' });

      const reader = await browser.newContext({ baseURL: sheaf.url, javaScriptEnabled });
      const reading = await reader.newPage();
      await reading.goto(`/${slug}`);
      await reading.getByRole('link', { name: 'Report', exact: true }).click();
      await reading.getByRole('button', { name: 'Send report' }).click();
      await expect(reading.getByText('Choose a reason.')).toBeVisible();
      await reading.getByRole('combobox', { name: 'Reason' }).selectOption('Personal data');
      await reading.getByRole('textbox', { name: 'Details' }).fill('It has <b>an address</b>.');
      const email = `reader-${randomUUID()}@example.com`;
      await reading.getByRole('textbox', { name: 'Your email' }).fill(email);
      await reading.getByRole('button', { name: 'Send report' }).click();
      await expect(reading.getByRole('heading', { name: 'Report sent' })).toBeVisible();

      await newMember(context, { role: 'moderator' });
      await page.goto('/admin/reports');
      await page.getByRole('link', { name: title }).click();
      await expect(page.getByText('It has <b>an address</b>.')).toBeVisible();
      await expect(page.getByText(content)).toBeVisible();
      await page.getByRole('radio', { name: /^Hide/ }).check();
      await page.getByRole('checkbox', { name: 'Block these texts' }).check();
      await page.getByRole('button', { name: 'Save decision' }).click();
      await expect(page.getByText('Enter a reason.')).toBeVisible();
      await page.getByRole('radio', { name: /^Hide/ }).check();
      await page.getByRole('checkbox', { name: 'Block these texts' }).check();
      await page.getByRole('textbox', { name: 'Reason' }).fill('An address');
      await page.getByRole('button', { name: 'Save decision' }).click();
      await expect(page.getByText('The decision is saved.')).toBeVisible();
      expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
      expect((await api.post('/api/v1/pastes', { content })).status).toBe(422);
      await waitForMail(sheaf.mailFolder, email);

      const told = await waitForMail(sheaf.mailFolder, owner.email);
      await otherPage.goto(/http\S+\/reports\/\S+\/appeal/.exec(told.text)?.[0] ?? '');
      await otherPage
        .getByRole('textbox', { name: 'Why is the decision wrong?' })
        .fill('It is my own address.');
      await otherPage.getByRole('button', { name: 'Send appeal' }).click();
      await expect(otherPage.getByRole('heading', { name: 'Appeal sent' })).toBeVisible();

      await page.goto('/admin/reports');
      await page.getByRole('link', { name: title }).click();
      await expect(page.getByText('It is my own address.')).toBeVisible();
      await page.getByRole('radio', { name: /^Show again/ }).check();
      await page.getByRole('button', { name: 'Save decision' }).click();
      await expect(page.getByText('The decision is saved.')).toBeVisible();
      expect((await api.get(`/${slug}/raw`)).status).toBe(200);

      await page.goto('/admin/blocked');
      await page
        .getByRole('button', { name: /^Unblock/ })
        .first()
        .click();
      await expect(page.getByText('The text can be saved again.')).toBeVisible();
      expect((await api.post('/api/v1/pastes', { content })).status).toBe(201);

      await newMember(context, { role: 'admin' });
      await page.goto('/admin/audit');
      await expect(page.getByRole('listitem').filter({ hasText: `showed again ${slug}` })).toBeVisible();
      await expect(
        page.getByRole('listitem').filter({ hasText: 'unblocked the text' }).first(),
      ).toBeVisible();
      await reader.close();
    });
  });
}

test('selected pastes are hidden at once, on a small phone', async ({
  api,
  context,
  createPaste,
  newMember,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await newMember(context, { role: 'admin', called: 'x'.repeat(20) });
  const slugs: string[] = [];
  for (const content of ['one', 'two']) {
    const { slug } = await createPaste({ title: 'T'.repeat(100), content, visibility: 'unlisted' });
    await api.post(`/api/v1/pastes/${slug}/reports`, { reason: 'spam' });
    slugs.push(slug);
  }
  await page.goto('/admin/reports');
  for (const slug of slugs) await page.getByRole('checkbox', { name: `Select ${slug}` }).check();
  await page.getByRole('button', { name: 'Hide selected' }).click();
  await expect(page.getByText('Enter a reason.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Reason, for their owners' }).fill('Spam');
  await page.getByRole('button', { name: 'Hide selected' }).click();
  await expect(page.getByText('2 pastes are hidden.')).toBeVisible();
  for (const slug of slugs) expect((await api.get(`/${slug}/raw`)).status).toBe(404);
  for (const path of ['/admin/reports', '/admin/blocked', '/admin/audit', '/abuse']) {
    await page.goto(path);
    expect(await horizontalOverflow(page), path).toBe(0);
    expect(await findAccessibilityFaults(page), path).toEqual([]);
  }
});

test('a paste that burns is reported, and not opened', async ({ context, createPaste, newMember, page }) => {
  const { slug } = await createPaste({ content: 'read once', burn_after: 1 });
  await page.goto(`/${slug}`);
  await page.getByRole('link', { name: 'Report', exact: true }).click();
  await expect(page.getByText('This paste is deleted after it is read.')).toBeVisible();
  expect(await findAccessibilityFaults(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Reason' }).selectOption('Spam');
  await page.getByRole('button', { name: 'Send report' }).click();
  await expect(page.getByRole('heading', { name: 'Report sent' })).toBeVisible();
  await newMember(context, { role: 'moderator' });
  await page.goto('/admin/reports');
  await page.getByRole('link', { name: `Decide: ${slug}` }).click();
  await expect(page.getByText('It is not opened here.')).toBeVisible();
  await expect(page.getByText('read once')).toHaveCount(0);
});
