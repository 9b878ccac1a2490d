import { expect, test } from './fixtures';
import { findAccessibilityFaults } from './support/browser-checks';
import { createSealed } from './support/sealed';
import { FILES, fault, heading, PASSWORD } from './support/secret-page';

test('a wrong link is told before its password is asked for', async ({ page, api }) => {
  const files = FILES.slice(0, 1);
  const secret = await createSealed(api, { title: 'Locked', files, password: PASSWORD });
  const other = await createSealed(api, { title: 'Other', files });
  await page.goto(`/${secret.slug}#${other.link.split('#')[1]}`);
  await expect(page.locator('#secret-fault')).toContainText('does not open this paste');
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeHidden();
  await api.remove(secret);
  await api.remove(other);
});

test('links without their key, or with another, and changed bytes show nothing', async ({ page, api }) => {
  const [secret, other] = await Promise.all(
    ['One', 'Other'].map((title) => createSealed(api, { title, files: FILES.slice(0, 1) })),
  );
  if (!secret || !other) throw new Error('two pastes were created');
  async function expectFault(path: string, sentence: string) {
    await page.goto('about:blank');
    await page.goto(path);
    await expect(fault(page)).toContainText(sentence);
    await expect(heading(page)).toHaveText('Secret paste');
    await expect(page.locator('#secret-files')).toBeEmpty();
  }
  await expectFault(`/${secret.slug}`, 'This link has no key.');
  expect(await findAccessibilityFaults(page)).toEqual([]);
  await expectFault(`/${secret.slug}#L3`, 'This link has no key.');
  await expectFault(secret.link.slice(0, -9), 'incomplete or misspelled');
  await expectFault(`/${secret.slug}#${other.linkKey}`, 'does not open this paste');

  const answers = {
    'does not open this paste': other.payload,
    'damaged or was changed': secret.payload.map((byte, at) => (at === 3_000 ? byte ^ 1 : byte)),
    'damaged or was changed, so': secret.payload.slice(0, -40),
  };
  for (const [sentence, body] of Object.entries(answers)) {
    await page.route(`**/${secret.slug}/raw`, (route) => route.fulfill({ body: Buffer.from(body) }));
    await expectFault(secret.link, sentence);
    await page.unroute(`**/${secret.slug}/raw`);
  }
  for (const [status, sentence] of [
    [404, 'no longer exists'],
    [403, 'settings of this paste have changed'],
    [429, 'Too many attempts'],
  ] as const) {
    const json = { code: status === 403 ? 'reveal_required' : '' };
    await page.route(`**/${secret.slug}/raw`, (route) => route.fulfill({ status, json }));
    await expectFault(secret.link, sentence);
    await page.unroute(`**/${secret.slug}/raw`);
  }

  await page.route(`**/${secret.slug}/raw`, (route) => route.abort());
  await expectFault(secret.link, 'The server did not answer.');
  await page.unroute(`**/${secret.slug}/raw`);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(heading(page)).toHaveText('One');

  // A key that is put into the address of an open page.
  await page.goto(`/${secret.slug}`);
  await expect(fault(page)).toContainText('This link has no key.');
  await page.evaluate((key) => {
    window.location.hash = key;
  }, secret.linkKey);
  await expect(heading(page)).toHaveText('One');
  await Promise.all([api.remove(secret), api.remove(other)]);
});

test('its author finds the key in this browser', async ({ page, api }) => {
  const secret = await createSealed(api, { title: 'Mine', files: FILES.slice(0, 1) });
  await page.goto('/');
  await page.evaluate(
    ([slug, key]) => localStorage.setItem(`sheaf_key_${slug}`, JSON.stringify({ key, title: '' })),
    [secret.slug, secret.linkKey] as const,
  );
  await page.goto(`/${secret.slug}#L2`);
  await expect(heading(page)).toHaveText('Mine');
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${secret.linkKey}&L2`);
  await api.remove(secret);
});

test('a key that was kept for an earlier paste of this link is forgotten', async ({ page, api }) => {
  const [secret, other] = await Promise.all(
    ['Mine', 'Other'].map((title) => createSealed(api, { title, files: FILES.slice(0, 1) })),
  );
  if (!secret || !other) throw new Error('nothing was created');
  await page.goto('/');
  const name = `sheaf_key_${secret.slug}`;
  await page.evaluate(([item, key]) => localStorage.setItem(item, JSON.stringify({ key, title: '' })), [
    name,
    other.linkKey,
  ] as const);
  await page.goto(`/${secret.slug}`);
  await expect(fault(page)).toContainText('This link has no key.');
  expect(await page.evaluate((item) => localStorage.getItem(item), name)).toBeNull();
  for (const one of [secret, other]) await api.remove(one);
});
