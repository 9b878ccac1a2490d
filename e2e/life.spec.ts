import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';
import { goneEverywhere, lookEverywhere, pathsOf } from './support/checks';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a paste is created, read by another visitor, changed and deleted', async ({
      api,
      otherPage,
      page,
    }) => {
      const composer = new ComposerPage(page);
      const paste = new PastePage(page);
      await composer.open();
      await composer.fill({
        title: 'A first letter',
        fileName: 'letter.ts',
        text: 'const greeting = "hello";\n\n// the end',
        lifetime: 'Expires in 1 day',
        visibility: 'Public',
      });
      await composer.createLink();
      const saved = await paste.readSaved();
      expect((await api.get(`/${saved.slug}/raw`)).text).toBe('const greeting = "hello";\n\n// the end');
      expect(await api.listFeed()).toContain(saved.slug);

      const reading = new PastePage(otherPage);
      await otherPage.goto(saved.url);
      await expect(reading.heading).toHaveText('A first letter');
      await expect(reading.text('letter.ts')).toContainText('const greeting = "hello";');
      await expect(reading.text('letter.ts')).toContainText('// the end');
      await reading.openMore();
      await expect(reading.editLink).toHaveCount(0);
      await expect(reading.deleteButton).toHaveCount(0);

      await paste.edit();
      await composer.expectText('const greeting = "hello";\n\n// the end');
      await composer.fill({ text: 'const greeting = "goodbye";' });
      await composer.save();
      await expect(page.getByRole('heading', { name: 'Your changes are saved.' })).toBeVisible();
      await otherPage.reload();
      await expect(reading.text('letter.ts')).toContainText('goodbye');
      await expect(reading.text('letter.ts')).not.toContainText('hello');

      for (const path of pathsOf(saved.slug)) expect((await api.get(path)).status, path).toBe(200);
      await paste.delete();
      await expect(page.getByText('The paste was deleted.')).toBeVisible();
      expect(await lookEverywhere(api, saved.slug)).toEqual(goneEverywhere(saved.slug));
      expect((await otherPage.reload())?.status()).toBe(404);
      await expect(otherPage.getByText('goodbye')).toHaveCount(0);
      await page.goBack();
      await expect(page.getByText('goodbye')).toHaveCount(0);
    });

    test('the edit key is shown again to the browser that holds it', async ({ api, otherPage, page }) => {
      const composer = new ComposerPage(page);
      const paste = new PastePage(page);
      await composer.open();
      await composer.fill({ text: 'mine' });
      await composer.createLink();
      const saved = await paste.readSaved();
      await page.getByRole('button', { name: 'Edit key' }).click();
      await expect(paste.editKey).toBeVisible();
      await page.goto(saved.url);
      await expect(paste.editKey).toHaveCount(0);
      expect(await page.content()).not.toContain(saved.edit_key);
      await paste.openMore();
      await page.getByRole('link', { name: 'Show edit key' }).click();
      await expect(paste.editKey).toHaveValue(saved.edit_key);

      const answer = await page.context().request.get(`/${saved.slug}?key`);
      expect(await answer.text()).toContain(saved.edit_key);
      expect(answer.headers()['cache-control']).toContain('no-store');

      await otherPage.goto(`/${saved.slug}?key`);
      expect(await otherPage.content()).not.toContain(saved.edit_key);
      await expect(new PastePage(otherPage).editKey).toHaveCount(0);
      await api.remove(saved);
    });

    test('the edit key changes a paste from another browser', async ({ createPaste, page }) => {
      const { slug, edit_key } = await createPaste({ content: 'made elsewhere' });
      const composer = new ComposerPage(page);
      const paste = new PastePage(page);
      await page.goto(`/${slug}/edit`);
      await paste.enterEditKey('AAAAAAAAAAAAAAAAAAAAAA');
      await expect(page.getByText('This edit key does not match this paste.')).toBeVisible();
      await paste.enterEditKey('');
      await expect(page.getByText('Enter the edit key.')).toBeVisible();
      await paste.enterEditKey(` ${edit_key} `);
      await composer.expectText('made elsewhere');
      await composer.fill({ text: 'changed here' });
      await composer.save();
      await expect(paste.text()).toContainText('changed here');
      // The browser remembers it from now on.
      await page.goto(`/${slug}`);
      await paste.openMore();
      await expect(paste.editLink).toBeVisible();
    });

    test('typed text is kept after an error', async ({ api, page }) => {
      const composer = new ComposerPage(page);
      await composer.open();
      const typed = { title: 'x'.repeat(201), fileName: 'a/b.txt', text: 'kept\n  text\n' };
      await composer.fill({ ...typed, lifetime: 'Expires in 3 months', visibility: 'Public' });
      const before = await api.listFeed();
      await composer.createLink();
      await expect(composer.alert).toContainText('Fix 2 fields');
      await expect(composer.title).toHaveValue(typed.title);
      await expect(composer.title).toHaveAttribute('aria-invalid', 'true');
      await expect(composer.fileName).toHaveValue(typed.fileName);
      await expect(composer.fileName).toHaveAttribute('aria-invalid', 'true');
      await composer.expectText(typed.text);
      await expect(composer.lifetime).toHaveValue('3mo');
      await expect(composer.visibility).toHaveValue('public');
      expect(await api.listFeed()).toEqual(before);

      await composer.fill({ title: 'Shorter', fileName: 'b.txt', text: typed.text });
      await composer.createLink();
      const saved = await new PastePage(page).readSaved();
      expect((await api.get(`/${saved.slug}/raw`)).text).toBe(typed.text);
      await api.remove(saved);
    });

    test('an empty form is not saved', async ({ api, page }) => {
      const composer = new ComposerPage(page);
      const before = await api.listFeed();
      await composer.open();
      await composer.createLink();
      await expect(page.getByText('Enter some text.')).toBeVisible();
      expect(await api.listFeed()).toEqual(before);
    });

    test('several files become one paste', async ({ api, page }) => {
      const composer = new ComposerPage(page);
      await composer.open();
      await composer.fill({ fileName: 'one.txt', text: 'one' });
      await page.getByRole('button', { name: 'Add file' }).click();
      await expect(composer.fileName).toHaveValue('');
      await composer.fill({ fileName: 'two.txt', text: 'two' });
      await composer.createLink();
      const saved = await new PastePage(page).readSaved();
      expect((await api.get(`/${saved.slug}/raw/1`)).text).toBe('one');
      expect((await api.get(`/${saved.slug}/raw/2`)).text).toBe('two');
      await expect(page.getByRole('heading', { name: 'two.txt' })).toBeVisible();
      await api.remove(saved);
    });
  });
}

test('after creating, the link is selected and its button focused', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  await composer.open();
  await composer.fill({ text: 'two actions' });
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  const copy = page.getByRole('button', { name: 'Copy link' });
  await expect(copy).toBeFocused();
  // All in one line.
  const line = [
    new PastePage(page).link,
    copy,
    page.getByRole('button', { name: 'QR code' }),
    page.getByRole('button', { name: 'Edit key' }),
  ];
  const boxes = await Promise.all(line.map((part) => part.boundingBox()));
  const middles = boxes.map((box) => (box ? box.y + box.height / 2 : 0));
  expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(3);
  // The key is for the author, who asks for it.
  await page.goto(saved.url);
  await expect(new PastePage(page).editKey).toHaveCount(0);
  await api.remove(saved);
});

test('no page loads anything from elsewhere or runs what the policy forbids', async ({
  page,
  sheaf,
  createPaste,
}) => {
  const strange: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(sheaf.url) && !/^(data|blob):/.test(request.url()))
      strange.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') strange.push(message.text());
  });
  page.on('pageerror', (error) => strange.push(String(error)));
  const paste = await createPaste({
    title: '<img src=x onerror=alert(1)>',
    files: [
      {
        name: '<b>.html',
        language: 'html',
        content: '<script>alert(1)</script><img src=x onerror=alert(1)>',
      },
    ],
    visibility: 'public',
  });
  page.on('dialog', (dialog) => strange.push(dialog.message()));
  for (const path of ['/', `/${paste.slug}`, `/${paste.slug}/edit`, '/explore']) {
    await page.goto(path, { waitUntil: 'networkidle' });
  }
  expect(strange).toEqual([]);
});
