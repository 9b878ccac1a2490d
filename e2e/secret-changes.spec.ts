import { createHash, randomBytes } from 'node:crypto';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { OwnPage } from './pages/own-page';
import { test } from './support/member';
import {
  expectNowhere,
  mark,
  open,
  openSecretComposer,
  PASSWORD,
  PICTURE,
  readSaved,
  readServer,
  recordRequests,
  textsOf,
} from './support/secret-composing';

test('an edit keeps the key, follows the revision before, and finds conflicts', async ({
  api,
  page,
  sheaf,
}) => {
  const sent = await recordRequests(page);
  const [first, second, third, other] = [mark(), mark(), mark(), mark()];
  const composer = await openSecretComposer(page);
  await composer.fill({ title: first, text: first });
  await composer.choose([PICTURE]);
  await composer.createLink();
  const { slug, key } = await readSaved(page);
  const before = (await api.get(`/${slug}/raw`)).bytes;

  await composer.openEditor(`/${slug}/edit#${key}`);
  await expect(composer.title).toHaveValue(first);
  await expect(composer.tabs).toHaveText([/File 1/, /cat\.png/]);
  await expect(composer.secret).toHaveCount(0);
  await composer.tabs.first().click();
  await page.getByRole('textbox', { name: 'Text', exact: true }).first().fill(second);
  await composer.save();
  expect((await readSaved(page, 'Your changes are saved.')).key).toBe(key);
  const opened = await open(api, slug, { key, revision: 2 });
  expect(textsOf(opened)[0]).toBe(second);
  expect(Buffer.from(opened.files[1]?.content ?? [])).toEqual(Buffer.from(PICTURE.bytes));
  expect(opened.intention?.previous).toBe(createHash('sha256').update(before).digest('hex'));

  // From this browser's own keys.
  await composer.openEditor(`/${slug}/edit`);
  await expect(composer.title).toHaveValue(first);
  await composer.save();
  await readSaved(page, 'Your changes are saved.');
  expect(JSON.parse((await api.get(`/api/v1/pastes/${slug}`)).text).revision).toBe(2);

  await composer.openEditor(`/${slug}/edit#${key}`);
  const elsewhere = new ComposerPage(await page.context().newPage());
  await elsewhere.openEditor(`/${slug}/edit#${key}`);
  await elsewhere.title.fill(other);
  await elsewhere.save();
  await readSaved(elsewhere.page, 'Your changes are saved.');
  await composer.title.fill(third);
  await composer.save();
  await expect(composer.alert.first()).toContainText('The paste was changed since you opened it.');
  await expect(composer.title).toHaveValue(third);
  const theirs = (await api.get(`/${slug}/raw`)).bytes;
  await composer.save();
  await readSaved(page, 'Your changes are saved.');
  expect(await open(api, slug, { key, revision: 4 })).toMatchObject({
    title: third,
    intention: { previous: createHash('sha256').update(theirs).digest('hex') },
  });
  await expectNowhere([first, second, third, other, key], sent, sheaf);
});

test('an edit needs the key and the password', async ({ api, otherPage, page, sheaf }) => {
  const composer = await openSecretComposer(page);
  await composer.write('locked');
  await composer.addPassword(PASSWORD);
  await composer.createLink();
  const { slug, key } = await readSaved(page);
  // This tab knows the password, and keeps it no longer.
  await expect(page.locator('.code-text')).toHaveText('locked', { timeout: 60_000 });
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  expect(kept).not.toContain(PASSWORD);
  await page.reload();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  await composer.open(`/${slug}/edit#${key}`);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText('The password is wrong.');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await composer.expectEditor();
  await composer.expectText('locked');
  await composer.write('changed');
  await composer.save();
  await readSaved(page, 'Your changes are saved.');
  expect(textsOf(await open(api, slug, { key, password: PASSWORD, revision: 2 }))).toEqual(['changed']);

  const editKeys = (await page.context().cookies()).filter(({ name }) => name.includes('edit'));
  await otherPage.context().addCookies(editKeys);
  const said = otherPage.getByRole('main').getByRole('alert');
  await otherPage.goto(`/${slug}/edit`);
  await expect(said).toContainText('The key is missing from the address.');
  await otherPage.goto(`/${slug}/edit#${key.slice(0, -3)}`);
  await expect(said).toContainText('The key in this link is incomplete or misspelled.');
  const wrong = await openSecretComposer(page);
  await wrong.write('another');
  await wrong.createLink();
  const another = await readSaved(page);
  await otherPage.goto(`/${slug}/edit#${another.key}`);
  await expect(said).toContainText('The key in this link does not open this paste');
  expect(await readServer(sheaf)).not.toContain(PASSWORD);
});

test('a duplicate is a secret paste of its own', async ({ api, page, sheaf }) => {
  const sent = await recordRequests(page);
  const [title, text] = [mark(), mark()];
  const composer = await openSecretComposer(page);
  await composer.fill({ title, text });
  await composer.createLink();
  const original = await readSaved(page);
  await composer.openEditor(`/?from=${original.slug}#${original.key}`);
  await expect(composer.secret).toBeChecked();
  await expect(composer.title).toHaveValue(title);
  await composer.expectText(text);
  await composer.createLink();
  const copy = await readSaved(page);
  expect(copy.key).not.toBe(original.key);
  expect(textsOf(await open(api, copy.slug, { key: copy.key, revision: 1 }))).toEqual([text]);
  await expectNowhere([title, text, copy.key, original.key], sent, sheaf);
});

test('a member sees the titles that this browser knows; a deletion forgets the key', async ({
  context,
  newMember,
  page,
}) => {
  await newMember(context);
  const [title, slug] = [mark(), `secret-${randomBytes(5).toString('hex')}`];
  const composer = await openSecretComposer(page);
  await composer.fill({ title, text: 'mine', visibility: 'Private' });
  await page.getByText('Custom link', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Your custom link' }).fill(slug);
  await composer.createLink();
  const saved = await readSaved(page);
  expect(saved.slug).toBe(slug);
  const own = new OwnPage(page);
  await own.open();
  await expect(own.titles).toHaveText([title]);
  await expect(page.getByRole('link', { name: title })).toHaveAttribute('href', `/${slug}#${saved.key}`);
  expect(await page.evaluate((name) => localStorage.getItem(name), `sheaf_key_${slug}`)).toContain(saved.key);
  await own.select('Secret paste');
  await own.deleteSelected.click();
  const confirm = page.getByRole('button', { name: 'Delete permanently' });
  // Before the page's script has come, the browser itself posts the form.
  const isAlive = (button: Element) => Object.keys(button).some((name) => name.startsWith('__reactProps'));
  await expect.poll(() => confirm.evaluate(isAlive)).toBe(true);
  await page.context().setOffline(true);
  await confirm.click();
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
  expect(await page.evaluate((name) => localStorage.getItem(name), `sheaf_key_${slug}`)).toContain(saved.key);
  await page.context().setOffline(false);
  await confirm.click();
  await expect(own.status).toContainText('The paste was deleted.');
  await expect
    .poll(() => page.evaluate((name) => localStorage.getItem(name), `sheaf_key_${slug}`))
    .toBeNull();
});
