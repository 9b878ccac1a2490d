import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './fixtures';
import { findAccessibilityFaults, findTargetSizeFaults, horizontalOverflow } from './support/browser-checks';
import { recordExecution } from './support/execution';

const PAGES = ['/docs', '/docs/api', '/docs/api/pastes'];
const LOOKS = [
  ['en-GB', 'Documentation', 1280, 'light'],
  ['ru-RU', 'Документация', 390, 'dark'],
] as const;
const FILES_OF_EXAMPLES = ['notes.md', 'retry.ts', 'retry.test.ts'];

const run = promisify(execFile);

for (const path of PAGES) {
  for (const [locale, word, width, colorScheme] of LOOKS) {
    test.describe(`${path} in ${locale}, ${width} wide, ${colorScheme}`, () => {
      test.use({ locale, colorScheme, viewport: { width, height: 800 } });

      test('reads well and loads nothing from third parties', async ({ page, context, sheaf }) => {
        const happened = await recordExecution(context, sheaf.url);
        await page.goto(path, { waitUntil: 'networkidle' });
        await expect(page.getByRole('link', { name: word }).last()).toBeVisible();
        expect(await horizontalOverflow(page)).toBe(0);
        expect(await findAccessibilityFaults(page, [colorScheme])).toEqual([]);
        expect(await findTargetSizeFaults(page)).toEqual([]);
        expect(happened).toEqual([]);
      });
    });
  }
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every operation of the API is described, with its request and its statuses', async ({
    page,
    api,
  }) => {
    const described = JSON.parse((await api.get('/api/v1/openapi.json')).text) as OpenApi;
    const operations = Object.entries(described.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.length).toBeGreaterThan(40);
    await page.goto('/docs/api');
    const index = page.getByRole('main').getByRole('navigation');
    const linked = await index
      .getByRole('listitem')
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(linked).toHaveLength(operations.length);
    const groups = await index
      .getByRole('heading')
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const told: Told[] = [];
    for (const group of groups) {
      await page.goto(group);
      told.push(...(await page.getByRole('article').evaluateAll(readArticles)));
    }
    expect(told).toHaveLength(operations.length);
    for (const { path, operation } of operations) {
      const one = told.find(({ id }) => id === operation.operationId);
      expect(one?.samples).toContain(
        path.replace(/\{(\w+)\}/g, (_match, name: string) => `$${name.toUpperCase()}`),
      );
      // `default` is the same for all of them, and described at the top of the page.
      const statuses = Object.keys(operation.responses).filter((status) => status !== 'default');
      expect(one?.statuses).toEqual(statuses);
      expect(one?.linked).toBe(true);
      expect(linked).toContain(`${one?.place}#${operation.operationId}`);
    }
    await expect(page.getByText('Try it').first()).toBeHidden();
  });

  test('an anchor of the one page that there was leads to its operation', async ({ page }) => {
    await page.goto('/docs/api#revokeShare');
    await page.locator(':target').getByRole('link').click();
    await expect(page).toHaveURL('/docs/api/sharing#revokeShare');
    await expect(page.locator('article:target')).toContainText('/shares/{id}');
    expect((await page.goto('/docs/api/no-such-group'))?.status()).toBe(404);
  });

  test('the examples name this service, and those that save a text do so', async ({ page, sheaf }) => {
    await page.goto('/');
    await page.getByRole('contentinfo').getByRole('link', { name: 'Documentation' }).click();
    const saving = page.getByRole('region', { name: 'Save from a terminal' });
    const commands = await saving.locator('pre').allTextContents();
    expect(commands).toHaveLength(7);
    const folder = await mkdtemp(join(tmpdir(), 'sheaf-docs-'));
    try {
      for (const name of FILES_OF_EXAMPLES) await writeFile(join(folder, name), `${name}\n`);
      for (const command of commands) {
        const { stdout } = await run('sh', ['-c', command.replace('git diff', 'cat notes.md')], {
          cwd: folder,
        });
        expect(stdout, command).toContain(`${sheaf.url}/`);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    await page.getByText('A complete recorded session').click();
    await expect(page.getByText(`SHEAF=${sheaf.url}`)).toBeVisible();
  });
});

test('an example is copied whole', async ({ page, context, sheaf }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/docs');
  await page.getByRole('button', { name: 'Copy: A file', exact: true }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`curl --data-binary @notes.md ${sheaf.url}/api/v1/pastes`);
});

test('an operation can be tried, and its token is kept in the page alone', async ({ page, createPaste }) => {
  await page.goto('/docs/api/pastes');
  const create = page.locator('#createPaste');
  await create.getByText('Try it').click();
  await create.getByRole('textbox', { name: 'JSON body' }).fill('{"content": "tried"}');
  await create.getByRole('button', { name: 'Send' }).click();
  await expect(create.getByText(/^201 in \d+ ms$/)).toBeVisible();
  await expect(create.locator('form')).toContainText('"edit_key"');
  await expect(create.locator('form')).toContainText('location: ');

  await create.getByRole('textbox', { name: 'JSON body' }).fill('{"content": ');
  await create.getByRole('button', { name: 'Send' }).click();
  await expect(create.getByText('This is not valid JSON.')).toBeVisible();

  const { slug } = await createPaste({ content: 'of a path with a parameter' });
  const raw = page.locator('#getRaw');
  await raw.getByText('Try it').click();
  await raw.getByRole('textbox', { name: 'slug' }).fill(slug);
  await raw.getByRole('button', { name: 'Send' }).click();
  await expect(raw.getByText('of a path with a parameter')).toBeVisible();

  const mine = page.locator('#listPastes');
  await mine.getByText('Try it').click();
  await mine.getByLabel('Access or personal token').fill('sheaf_wrong');
  await mine.getByRole('button', { name: 'Send' }).click();
  await expect(mine.getByText(/^401 in \d+ ms$/)).toBeVisible();
  await expect(raw.getByLabel('Access or personal token')).toHaveValue('sheaf_wrong');
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(stored).not.toContain('sheaf_wrong');
});

interface Told {
  /** The path of its page. */
  place: string;
  id: string;
  samples: string;
  statuses: (string | null)[];
  linked: boolean;
}

function readArticles(articles: Element[]): Told[] {
  return articles.map((article) => ({
    place: location.pathname,
    id: article.id,
    samples: article.querySelector('figure')?.textContent ?? '',
    statuses: [...article.querySelectorAll('tbody th')].map((cell) => cell.textContent),
    linked: document.querySelector(`nav a[href="#${article.id}"]`) !== null,
  }));
}

interface OpenApi {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
}
