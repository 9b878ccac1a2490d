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

/** The page of a paste; a script takes the query away. */
const SAVED = /\/[1-9A-Za-z]{12}(\?saved)?$/;

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
      await expect(page).toHaveURL(SAVED);
      const slug = new URL(page.url()).pathname.slice(1);
      expect((await api.get(`/${slug}/raw`)).status).toBe(404);
      expect(await (await context.request.get(`/${slug}/raw`)).text()).toBe(ENV);

      await composer.open(`/${slug}/edit`);
      await composer.write(`${ENV}pwd = ${OTHER}\n`);
      await composer.save();
      await expect(page).toHaveURL(SAVED);
      for (const wider of ['Unlisted', 'Public']) {
        await composer.open(`/${slug}/edit`);
        await composer.visibility.selectOption({ label: wider });
        await composer.save();
        await expect(question.region.getByRole('listitem')).toHaveCount(3);
        await question.saveAnyway.click();
        await expect(page).toHaveURL(SAVED);
      }
      expect((await api.get(`/${slug}/raw`)).status).toBe(200);
    });

    test('an edit is asked about only for what is new', async ({ page, api, createPaste }) => {
      const { slug, edit_key } = await createPaste({ files: [{ name: 'local.env', content: ENV }] });
      const composer = new ComposerPage(page);
      const question = new CredentialQuestion(page);
      await composer.open(`/${slug}/edit`);
      await page.getByLabel('Edit key').fill(edit_key);
      await page.getByLabel('Edit key').press('Enter');
      await expect(composer.fileName).toHaveValue('local.env');
      await composer.write(`${ENV}# a comment\n`);
      await composer.save();
      await expect(page).toHaveURL(SAVED);
      await composer.open(`/${slug}/edit`);
      await composer.write(`NEW_PASSWORD=${OTHER}\n${ENV}`);
      await composer.save();
      await question.expectListed(['local.env, line 1 password or token']);
      await question.mask.click();
      await expect(page).toHaveURL(SAVED);
      expect((await api.get(`/${slug}/raw`)).text).toBe(`NEW_PASSWORD=${MASK}\n${ENV}`);
    });
  });
}

test('what the browser finds is not sent before its author has chosen', async ({ page, api }) => {
  const sent: string[] = [];
  // The contents of a form with files are not told of a request.
  await page.exposeFunction('tellSent', (text: string) => sent.push(text));
  await page.addInitScript(() => {
    const { fetch } = window;
    const tell = (window as unknown as { tellSent: (text: string) => Promise<void> }).tellSent;
    window.fetch = async (...given) => {
      const body = given[1]?.body;
      const content =
        body instanceof FormData ? [...body.entries()].find(([name]) => /content$/.test(name)) : null;
      if (content) await tell(await new Response(content[1]).text());
      return fetch(...given);
    };
  });
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  await composer.fill({ text: ENV });
  await page.keyboard.press('Control+Enter');
  await expect(question.region).toBeFocused();
  expect(sent).toEqual([]);
  await question.mask.click();
  await api.remove(await new PastePage(page).readSaved());
  expect(sent).toEqual([MASKED]);
});

const LARGE = `${ENV}${'# padding of a large text\n'.repeat(20_000)}`;

for (const [size, text, masked] of [
  ['small', ENV, MASKED],
  ['large', LARGE, LARGE.replace(PASSWORD, MASK).replace(TOKEN, MASK)],
] as const) {
  test(`where the browser cannot check a ${size} text, the server asks`, async ({ page, api }) => {
    const composer = new ComposerPage(page);
    const question = new CredentialQuestion(page);
    await composer.openEditor();
    await page.route('**/_next/static/**/*.js', (route) => route.abort());
    await composer.choose([{ name: 'local.env', type: 'text/plain', bytes: Buffer.from(text) }]);
    await expect(composer.fileName).toHaveValue('local.env');
    await composer.createLink();
    await expect(question.region).toBeFocused();
    await question.expectListed(['local.env, line 2 password or token', 'local.env, line 3 GitHub token']);
    await question.mask.click();
    const saved = await new PastePage(page).readSaved();
    expect((await api.get(`/${saved.slug}/raw`)).text).toBe(masked);
    await api.remove(saved);
  });
}

test('where the check does not arrive, the server asks', async ({ page }) => {
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  await page.route('**/_next/static/**/*.js', () => {});
  await composer.choose([{ name: 'local.env', type: 'text/plain', bytes: Buffer.from(ENV) }]);
  await expect(composer.fileName).toHaveValue('local.env');
  await composer.createLink();
  await expect(question.region).toBeFocused();
  await question.expectListed(['local.env, line 2 password or token', 'local.env, line 3 GitHub token']);
});

test('what is added after the question is asked about before it is saved', async ({ page, api }) => {
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  await composer.fill({ fileName: 'local.env', text: ENV });
  await composer.createLink();
  await expect(question.region.getByRole('listitem')).toHaveCount(2);
  const added = `# moved\n${ENV}pwd = ${OTHER}\n`;
  await composer.write(added);
  await question.saveAnyway.click();
  await question.expectListed([
    'local.env, line 3 password or token',
    'local.env, line 4 GitHub token',
    'local.env, line 5 password or token',
  ]);
  await question.saveAnyway.click();
  const saved = await new PastePage(page).readSaved();
  expect((await api.get(`/${saved.slug}/raw`)).text).toBe(added);
  await api.remove(saved);
});

test('a question about files in another order is asked again', async ({ page }) => {
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  await composer.choose([
    { name: 'first.env', type: 'text/plain', bytes: Buffer.from(`pwd = ${OTHER}`) },
    { name: 'second.env', type: 'text/plain', bytes: Buffer.from(`token: ${TOKEN}`) },
  ]);
  await expect(composer.tabs).toHaveCount(2);
  await composer.tabs.first().click();
  await composer.createLink();
  await question.expectListed(['first.env, line 1 password or token', 'second.env, line 1 GitHub token']);
  await page.getByRole('button', { name: 'Move file right' }).click();
  await expect(question.region).toHaveCount(0);
  await composer.createLink();
  await question.expectListed(['second.env, line 1 GitHub token', 'first.env, line 1 password or token']);
});

test('a place leads to its line, also in another file', async ({ page }) => {
  const composer = new ComposerPage(page);
  const question = new CredentialQuestion(page);
  await composer.openEditor();
  const long = `${'# line\n'.repeat(300)}pwd = ${OTHER}`;
  await composer.choose([
    { name: 'first.env', type: 'text/plain', bytes: Buffer.from(long) },
    { name: 'second.env', type: 'text/plain', bytes: Buffer.from(ENV) },
  ]);
  await composer.tabs.last().click();
  await composer.expectText(ENV);
  await composer.createLink();
  await question.line('first.env, line 301').click();
  await expect(composer.tabs.first()).toHaveAttribute('aria-selected', 'true');
  await expect(composer.text).toBeFocused();
  await expect(page.locator('.cm-line', { hasText: `pwd = ${OTHER}` }).first()).toBeInViewport();
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
    await page.locator('.cm-content').fill(`PASSWORD=${PASSWORD}`);
    await page.locator('[name="intent"][value="save"]').last().click();
    await expect(page.locator('[data-credentials]')).toBeFocused();
    expect(await findAccessibilityFaults(page), `${width} ${theme} ${locale}`).toEqual([]);
    expect(await horizontalOverflow(page)).toBe(0);
  }
});
