import { MASK } from '../lib/text/credentials/mask-credentials';
import { RANDOM } from '../test/planted-credentials';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { CredentialQuestion } from './pages/credential-question';
import { PastePage } from './pages/paste-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { test } from './support/member';

const PASSWORD = RANDOM.slice(0, 12);
const TOKEN = `gh${'p'}_${RANDOM.slice(0, 36)}`;
const OTHER = RANDOM.slice(20, 33);
const ENV = `# local\nDB_PASSWORD=${PASSWORD}\ntoken: ${TOKEN}\n`;
const MASKED = `# local\nDB_PASSWORD=${MASK}\ntoken: ${MASK}\n`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a text with credentials is saved as its author chooses', async ({ page, api }) => {
      const composer = new ComposerPage(page);
      const question = new CredentialQuestion(page);
      for (const [button, stored] of [
        [question.mask, MASKED],
        [question.saveAnyway, ENV],
      ] as const) {
        await composer.open();
        await composer.fill({ title: 'Set-up', fileName: 'local.env', text: ENV });
        await composer.createLink();
        await expect(question.region).toBeFocused();
        await expect(question.region).toHaveAccessibleDescription(/Nothing is saved yet/);
        await question.expectListed([
          'local.env, line 2 password or token',
          'local.env, line 3 GitHub token',
        ]);
        await expect(question.makePrivate).toHaveCount(0);
        await expect(composer.title).toHaveValue('Set-up');
        await composer.expectText(ENV);
        await page.keyboard.press('Tab');
        await expect(question.line('local.env, line 2')).toBeFocused();
        await button.focus();
        await page.keyboard.press('Enter');
        const saved = await new PastePage(page).readSaved();
        expect((await api.get(`/${saved.slug}/raw`)).text).toBe(stored);
        await api.remove(saved);
      }
    });

    test('a signed-in author can make it private, and is not asked about what is', async ({
      page,
      api,
      context,
      newMember,
    }) => {
      await newMember(context);
      const composer = new ComposerPage(page);
      const question = new CredentialQuestion(page);
      await composer.open();
      await composer.fill({ text: ENV, visibility: 'Public' });
      await composer.createLink();
      await question.makePrivate.click();
      await expect(page).toHaveURL(/\?saved/);
      const slug = new URL(page.url()).pathname.slice(1);
      expect((await api.get(`/${slug}/raw`)).status).toBe(404);
      expect(await (await context.request.get(`/${slug}/raw`)).text()).toBe(ENV);

      await composer.open(`/${slug}/edit`);
      await composer.write(`${ENV}pwd = ${OTHER}\n`);
      await composer.save();
      await expect(page).toHaveURL(/\?saved/);
      await composer.open(`/${slug}/edit`);
      await composer.visibility.selectOption({ label: 'Unlisted' });
      await composer.save();
      await expect(question.region.getByRole('listitem')).toHaveCount(3);
      await question.saveAnyway.click();
      await expect(page).toHaveURL(/\?saved/);
      expect((await api.get(`/${slug}/raw`)).status).toBe(200);
    });

    test('an edit is asked about only for what is new', async ({
      page,
      api,
      createPaste,
      context,
      sheaf,
    }) => {
      const { slug, edit_key } = await createPaste({ files: [{ name: 'local.env', content: ENV }] });
      const key = { name: `sheaf_key_${slug}`, value: edit_key, url: sheaf.url };
      await context.addCookies([key]);
      const composer = new ComposerPage(page);
      const question = new CredentialQuestion(page);
      await composer.open(`/${slug}/edit`);
      await composer.write(`${ENV}# a comment\n`);
      await composer.save();
      await expect(page).toHaveURL(/\?saved/);
      await composer.open(`/${slug}/edit`);
      await composer.write(`NEW_PASSWORD=${OTHER}\n${ENV}`);
      await composer.save();
      await question.expectListed(['local.env, line 1 password or token']);
      await question.mask.click();
      await expect(page).toHaveURL(/\?saved/);
      expect((await api.get(`/${slug}/raw`)).text).toBe(`NEW_PASSWORD=${MASK}\n${ENV}`);
    });
  });
}

test('what the browser finds is not sent before its author has chosen', async ({ page, api }) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url());
  });
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  await composer.fill({ text: ENV });
  await page.keyboard.press('Control+Enter');
  await expect(question.region).toBeFocused();
  expect(sent).toEqual([]);
  const posted = page.waitForRequest((request) => request.method() === 'POST');
  await question.mask.click();
  const body = (await posted).postDataBuffer()?.toString('utf8') ?? '';
  expect(body).toContain(MASK);
  expect(body).not.toContain(PASSWORD);
  await api.remove(await new PastePage(page).readSaved());
});

test('where the browser cannot check, the server asks', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  await page.route('**/_next/static/**/*.js', (route) => route.abort());
  const large = `${'# padding of a large text\n'.repeat(20_000)}`;
  for (const text of [ENV, ENV + large]) {
    await composer.write('');
    await composer.write(text.slice(0, ENV.length));
    if (text.length > ENV.length) {
      await composer.text.press('Control+End');
      await page.evaluate((inserted) => document.execCommand('insertText', false, inserted), large);
    }
    await composer.createLink();
    await expect(question.region).toBeFocused();
    await expect(question.region.getByRole('listitem')).toHaveCount(2);
  }
  await question.mask.click();
  const saved = await new PastePage(page).readSaved();
  expect((await api.get(`/${saved.slug}/raw`)).text).toBe(MASKED + large);
  await api.remove(saved);
});

test('a place leads to its line, also in another file', async ({ page }) => {
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  await composer.fill({ fileName: 'first.env', text: `${'# line\n'.repeat(300)}pwd = ${OTHER}` });
  await page.getByRole('button', { name: 'Add file' }).click();
  await composer.fill({ fileName: 'second.env', text: ENV });
  await composer.createLink();
  await question.line('first.env, line 301').click();
  await expect(composer.tabs.first()).toHaveAttribute('aria-selected', 'true');
  await expect(composer.text).toBeFocused();
  await expect(page.getByText(`pwd = ${OTHER}`)).toBeInViewport();
  await page.keyboard.type('pwd = changeme');
  await question.line('second.env, line 3').click();
  await page.keyboard.type('# no token');
  await question.line('second.env, line 2').click();
  await page.keyboard.press('Delete');
  await composer.expectText('# local\n\n# no token\n');
  await composer.createLink();
  await new PastePage(page).readSaved();
});

test('many places are listed in part', async ({ page }) => {
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  const lines = Array.from({ length: 50 }, (_, at) => `PASSWORD=${RANDOM.slice(at, at + 10)}`);
  await composer.fill({ text: lines.join('\n') });
  await composer.createLink();
  await expect(question.region.getByRole('listitem')).toHaveCount(20);
  await expect(question.region).toContainText('And 30 more.');
});

test('the question is accessible and fits, in every width, theme and language', async ({
  page,
  context,
  sheaf,
  newMember,
}) => {
  await newMember(context);
  const lines = Array.from({ length: 30 }, (_, at) => `PASSWORD=${RANDOM.slice(at, at + 10)}`);
  for (const [width, theme, locale] of [
    [1280, 'light', 'en'],
    [390, 'dark', 'ru'],
    [1280, 'dark', 'ru'],
    [390, 'light', 'en'],
  ] as const) {
    await context.addCookies([
      { name: 'sheaf_locale', value: locale, url: sheaf.url },
      { name: 'sheaf_theme', value: theme, url: sheaf.url },
    ]);
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/');
    const text = page.locator('.cm-content');
    await text.fill(lines.join('\n'));
    await page.locator('[name="intent"][value="save"]').last().click();
    await expect(page.locator('[data-credentials]')).toBeFocused();
    expect(await findAccessibilityFaults(page), `${width} ${theme} ${locale}`).toEqual([]);
    expect(await horizontalOverflow(page)).toBe(0);
  }
});
