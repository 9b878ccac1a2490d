import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';
import { findAccessibilityFaults } from './support/browser-checks';
import { createSealed } from './support/sealed';
import { FILES, fault, heading, PASSWORD, TEXT } from './support/secret-page';
import { pasteShape } from './support/shapes';

for (const password of [undefined, PASSWORD]) {
  test(`a burning paste is revealed once ${password ? 'with a password' : 'by a button'}`, async ({
    page,
    api,
    serverName,
  }) => {
    const readsOf = async () => (await api.get(`/api/v1/pastes/${secret.slug}`)).json(pasteShape).reads;
    const secret = await createSealed(api, {
      title: 'To be burned',
      files: [{ name: 'burned.txt', content: TEXT }],
      burnAfter: 1,
      ...(password && { password }),
    });
    await page.goto(secret.link);
    const reveal = page.getByRole('button', { name: 'Reveal' });
    await expect(reveal).toBeVisible();
    await page.reload();
    await reveal.hover();
    await expect(page.getByRole('main')).toContainText('It is deleted when you reveal it.');
    expect(await readsOf()).toBe(0);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    if (password) {
      await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
      await reveal.click();
      await expect(page.getByText('The password is wrong.')).toBeVisible({ timeout: 60_000 });
      expect(await readsOf()).toBe(0);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
    }
    await reveal.click();
    await expect(heading(page)).toHaveText('To be burned', { timeout: 60_000 });
    await expect(page.locator('.code-text')).toHaveText('first line\nsecond line');
    await expect(page.locator('#secret-status')).toContainText('Save what you need');
    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    expect(await readFile(await (await saving).path(), 'utf8')).toBe(TEXT);
    if (serverName === 'front') {
      // The text is only in this page.
      await page.getByRole('button', { name: 'Preferences' }).click();
      await page.getByRole('button', { name: 'Dark' }).click();
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      await expect(page.locator('.code-text')).toHaveText('first line\nsecond line');
    }
    await page.reload();
    await expect(heading(page)).toHaveText('Not found');
  });
}

test('a reveal whose answer was lost is repeated', async ({ page, api }) => {
  const secret = await createSealed(api, { title: 'Lost', files: FILES.slice(0, 1), burnAfter: 1 });
  let asked = 0;
  await page.route(`**/${secret.slug}/reveal`, async (route) => {
    asked += 1;
    const answer = await route.fetch();
    if (asked === 1) await route.abort();
    else await route.fulfill({ response: answer });
  });
  await page.goto(secret.link);
  const reveal = page.getByRole('button', { name: 'Reveal' });
  await reveal.click();
  await expect(fault(page)).toContainText('The server did not answer.');
  await reveal.click();
  await expect(heading(page)).toHaveText('Lost');
  expect(asked).toBe(2);
});

test('a reader who cannot prove the key reveals nothing', async ({ page, api }) => {
  const [secret, other] = await Promise.all(
    ['One', 'Other'].map((title) => createSealed(api, { title, files: FILES.slice(0, 1), burnAfter: 1 })),
  );
  if (!secret || !other) throw new Error('two pastes were created');
  await page.goto(`/${secret.slug}#${other.linkKey}`);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(fault(page)).toContainText('no read was counted');
  expect((await api.get(`/api/v1/pastes/${secret.slug}`)).json(pasteShape).reads).toBe(0);
  await Promise.all([api.remove(secret), api.remove(other)]);
});

test('the reader is told if the server allows more than the author meant', async ({ page, api }) => {
  const secret = await createSealed(api, {
    files: FILES.slice(0, 1),
    burnAfter: 5,
    intendedBurnAfter: 1,
  });
  await page.goto(secret.link);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(page.getByRole('note')).toContainText('read more often than its author intended');
  await api.remove(secret);
});
