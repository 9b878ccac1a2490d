import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright/test';
import { expect } from './fixtures';
import { ComposerPage, type OpenedFile } from './pages/composer-page';
import { PastePage } from './pages/paste-page';
import { horizontalOverflow } from './support/browser-checks';
import { test } from './support/member';

const PICTURE: OpenedFile = {
  name: 'cat.png',
  type: 'image/png',
  bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13),
};

const BINARY: OpenedFile = {
  name: 'core.bin',
  type: 'application/octet-stream',
  bytes: Uint8Array.of(0xff, 0xfe, 0, 1),
};

function textFile(name: string, text: string): OpenedFile {
  return { name, type: 'text/plain', bytes: Buffer.from(text) };
}

function boxOf(one: Locator) {
  return one.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  });
}

test('files are added, named, moved, removed and put back', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await expect(composer.tabs).toHaveCount(0);
  await composer.fill({ fileName: 'first.txt', text: 'the first' });
  await page.getByRole('button', { name: 'Add file' }).click();
  await expect(composer.fileName).toBeFocused();
  await composer.fill({ fileName: 'second.py', text: 'print(2)' });
  await expect(composer.tabs).toHaveText([/first\.txt/, /second\.py.*Python/]);

  await composer.tabs.first().dblclick();
  await expect(composer.fileName).toBeFocused();
  await composer.expectText('the first');
  await composer.fileName.fill('renamed.txt');
  await expect(composer.tabs).toHaveText([/renamed\.txt/, /second\.py/]);

  await page.getByRole('button', { name: 'Move file right' }).click();
  await expect(composer.tabs).toHaveText([/second\.py/, /renamed\.txt/]);
  await composer.expectText('the first');
  await composer.tabs.last().press('Alt+ArrowLeft');
  await expect(composer.tabs).toHaveText([/renamed\.txt/, /second\.py/]);
  await page.getByRole('button', { name: 'Move file right' }).click();

  await page.getByRole('button', { name: 'Remove file 2' }).click();
  await expect(composer.tabs).toHaveCount(0);
  await composer.expectText('print(2)');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(composer.tabs).toHaveText([/second\.py/, /renamed\.txt/]);
  await composer.expectText('the first');

  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  expect((await api.get(`/${saved.slug}/raw/1`)).text).toBe('print(2)');
  expect((await api.get(`/${saved.slug}/raw/2`)).text).toBe('the first');
  await api.remove(saved);
});

for (const width of [390, 1280]) {
  test(`the tabs of 20 files stay within a window of ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const composer = new ComposerPage(page);
    await composer.openEditor();
    const names = Array.from({ length: 20 }, (_, at) => `a-file-with-a-name-${at}.ts`);
    await composer.choose(names.map((name) => textFile(name, `let a = '${name}';\n`)));
    await expect(composer.tabs).toHaveCount(20);
    const current = composer.tabs.and(page.locator('[aria-selected="true"]'));
    const tool = page.getByRole('button', { name: 'Move file left' });
    for (const key of ['Home', 'End', 'ArrowLeft', 'Home']) {
      await current.press(key);
      await expect(current).toBeFocused();
      const tab = await boxOf(current);
      const strip = await boxOf(page.getByRole('tablist', { name: 'Files' }));
      expect(strip.right, key).toBeLessThanOrEqual((await boxOf(tool)).left);
      expect(tab.left, key).toBeGreaterThanOrEqual(strip.left - 1);
      expect(tab.right, key).toBeLessThanOrEqual(strip.right + 1);
      expect(tab.top, key).toBeGreaterThanOrEqual(strip.top - 1);
      expect(tab.bottom, key).toBeLessThanOrEqual(strip.bottom + 1);
      expect(await horizontalOverflow(page), key).toBeLessThanOrEqual(0);
    }
    if (width < 640) return;
    // Its language is not seen, but still read out.
    await expect(composer.tabs.last()).toHaveAccessibleName(/a-file-with-a-name-19\.ts\s*TypeScript/);
  });
}

test('the language is detected, and can be chosen against that', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.fill({ fileName: 'tail.py', text: 'print("x")' });
  await expect(composer.language.getByRole('option').first()).toHaveText('Python (auto)');
  await composer.language.selectOption({ label: 'Ruby' });
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  expect((await api.get(`/api/v1/pastes/${saved.slug}`)).text).toContain('"language":"ruby"');
  await api.remove(saved);
});

test('text files are dropped anywhere; what is not text is refused by name', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.drop([
    textFile('notes.md', '# Notes\n'),
    BINARY,
    PICTURE,
    textFile('cities.csv', 'name,size\nOslo,1\n'),
  ]);
  await expect(composer.tabs).toHaveText([/notes\.md/, /cities\.csv/]);
  await expect(composer.notes.first()).toContainText('core.bin is not a text file and was skipped.');
  await expect(composer.notes.first()).toContainText(
    'cat.png is an image. Only secret pastes can hold images.',
  );
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await composer.paste([PICTURE]);
  await expect(composer.notes.first()).toContainText('Only secret pastes can hold images.');
  await composer.choose([textFile('opened.log', 'line\r\nline\r\n')]);
  await expect(composer.tabs).toHaveCount(3);

  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  expect((await api.get(`/${saved.slug}/raw/1`)).text).toBe('# Notes\n');
  expect((await api.get(`/${saved.slug}/raw/2`)).text).toBe('name,size\nOslo,1\n');
  expect((await api.get(`/${saved.slug}/raw/3`)).text).toBe('line\r\nline\r\n');
  await api.remove(saved);
});

test('the text files in a dropped folder are opened, and the others are named', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-drop-'));
  await mkdir(join(folder, 'project', 'src'), { recursive: true });
  await writeFile(join(folder, 'project', 'README.md'), '# Project\n');
  await writeFile(join(folder, 'project', '.DS_Store'), 'x');
  await writeFile(join(folder, 'project', 'src', 'a.ts'), 'let a;\n');
  await writeFile(join(folder, 'project', 'src', 'core.bin'), BINARY.bytes);
  const composer = new ComposerPage(page);
  await composer.openEditor();
  await composer.dropPaths([join(folder, 'project')]);
  await expect(composer.tabs).toHaveText([/README\.md/, /a\.ts/]);
  await expect(composer.notes.first()).toContainText('core.bin is not a text file and was skipped.');
  await rm(folder, { recursive: true });
});

test('it is told how much room is left, and what is too much is not sent', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  await composer.openEditor();
  const line = `${'a'.repeat(127)}\n`;
  await composer.choose([textFile('large.txt', line.repeat(28_672))]);
  await expect(composer.notes.filter({ hasText: '3.5 of 4 MiB' })).toBeVisible();
  await composer.choose([textFile('more.txt', line.repeat(8_192))]);
  const tooMuch = '4.5 MiB is too large. A paste can hold at most 4 MiB.';
  await expect(composer.notes.filter({ hasText: tooMuch })).toBeVisible();

  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') posts += 1;
  });
  await composer.createLink();
  await expect(page.getByText('A paste can hold at most 4 MiB of text.')).toBeVisible();
  await expect(composer.alert).toHaveCount(0);
  expect(posts).toBe(0);
  await composer.choose([textFile('far-too-much.txt', line.repeat(33_000))]);
  await expect(composer.notes.first()).toContainText('Skipped files that are too large: far-too-much.txt.');

  await page.getByRole('button', { name: 'Remove file 2' }).click();
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  expect((await api.get(`/${saved.slug}/raw`)).bytes.length).toBe(3.5 * 1024 * 1024);
  await api.remove(saved);
});

for (const size of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`a wrong expiry is told once, and nothing moves, at ${size.width} px`, async ({ page }) => {
    await page.setViewportSize(size);
    const composer = new ComposerPage(page);
    await composer.openEditor();
    await composer.write('words');
    await composer.lifetime.selectOption('at');
    const field = page.getByLabel('Expires on (your time)');
    await field.fill('2001-01-01T12:00');
    const button = page.getByRole('button', { name: 'Create link' });
    const places = async () => [await field.boundingBox(), await button.boundingBox()];
    const before = await places();
    // A click by the test would scroll first.
    await field.press('Control+Enter');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toBeFocused();
    await expect(field).toHaveAccessibleDescription(/\S/);
    await expect(page.locator('#expires_at-error')).toBeInViewport({ ratio: 1 });
    await expect(composer.alert).toHaveCount(0);
    expect(await places()).toEqual(before);
    expect(await horizontalOverflow(page)).toBe(0);
  });
}

test('a draft outlives a reload, not the save', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  const detected = composer.language.getByRole('option').first();
  await composer.openEditor();
  await composer.fill({ title: 'Kept', fileName: 'kept.py', text: 'print("kept")' });
  await expect(detected).toHaveText('Python (auto)');
  await page.reload();
  await expect(composer.notes.first()).toContainText('Restored unsaved changes');
  await composer.expectText('print("kept")');
  await expect(composer.title).toHaveValue('Kept');
  await expect(composer.fileName).toHaveValue('kept.py');

  // As slow as an old phone: the page must not leave before the draft is forgotten.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 20 });
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await composer.openEditor();
  await composer.expectText('');
  await expect(composer.title).toHaveValue('');
  await expect(page.getByText('Restored unsaved changes')).toHaveCount(0);
  await api.remove(saved);

  await composer.fill({ fileName: 'other.rb', text: 'puts 1' });
  await expect(detected).toHaveText('Ruby (auto)');
  await page.reload();
  await page.getByRole('button', { name: 'Discard' }).click();
  await composer.expectText('');
  await composer.openEditor();
  await composer.expectText('');
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a paste is duplicated as a new one', async ({ page, api, createPaste }) => {
      const source = await createPaste({
        title: 'Source',
        files: [
          { name: 'a.txt', content: 'first\n' },
          { name: 'b.txt', language: 'ruby', content: 'second' },
        ],
      });
      const paste = new PastePage(page);
      await page.goto(`/${source.slug}`);
      await paste.openMore();
      await page.getByRole('link', { name: 'Duplicate as new' }).click();
      const composer = new ComposerPage(page);
      await expect(composer.title).toHaveValue('Source');
      await composer.createLink();
      const saved = await paste.readSaved();
      expect(saved.slug).not.toBe(source.slug);
      expect((await api.get(`/${saved.slug}/raw/1`)).text).toBe('first\n');
      expect((await api.get(`/${saved.slug}/raw/2`)).text).toBe('second');
      expect((await api.get(`/api/v1/pastes/${saved.slug}`)).text).toContain('"language":"ruby"');
      expect((await api.get(`/${source.slug}/raw/1`)).text).toBe('first\n');
      await api.remove(saved);
    });
  });
}

test('Ctrl-Enter makes the link from any field', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  for (const field of [composer.text, composer.title, composer.fileName]) {
    await composer.openEditor();
    await composer.fill({ text: 'one key' });
    await field.press('Control+Enter');
    const saved = await new PastePage(page).readSaved();
    expect((await api.get(`/${saved.slug}/raw`)).text).toBe('one key');
    await api.remove(saved);
  }
});

test('from an empty page to a copied link in two actions after typing', async ({ context, page, api }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await expect(new ComposerPage(page).text).toBeFocused();
  await page.keyboard.type('two actions');
  await new ComposerPage(page).createLink();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  const saved = await new PastePage(page).readSaved();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(saved.url);
  expect((await api.get(`/${saved.slug}/raw`)).text).toBe('two actions');
  await api.remove(saved);
});
