import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';
import { horizontalOverflow } from './support/browser-checks';

test.use({ viewport: { width: 320, height: 568 } });

const WIDE_TABLE = `${'|a column'.repeat(60)}|\n${'|-'.repeat(60)}|\n${`${'|unbroken'.repeat(60)}|\n`.repeat(20)}`;
const LONG_LINE = `const line = '${'x'.repeat(3_000)}';\n`;
const LONG_NAME = `${'n'.repeat(251)}.txt`;

test('no page is wider than a small phone', async ({ api, createPaste, page }) => {
  const faults: string[] = [];
  async function look(what: string): Promise<void> {
    const overflow = await horizontalOverflow(page);
    if (overflow > 0) faults.push(`${what}: ${overflow} px`);
  }

  const composer = new ComposerPage(page);
  await composer.openEditor();
  await look('an empty composer');
  await composer.fill({ title: 'T'.repeat(200), fileName: LONG_NAME, text: LONG_LINE });
  await page.getByRole('button', { name: 'Add file' }).click();
  await composer.fill({ fileName: LONG_NAME, text: LONG_LINE });
  await look('a composer with long names');
  await composer.createLink();
  const saved = await new PastePage(page).readSaved();
  await look('what was just saved');
  await new PastePage(page).openMore();
  await look('the menu of tools');
  for (const path of ['', '/edit', '/history', '/history?r=1']) {
    await page.goto(`/${saved.slug}${path}`);
    await look(`/slug${path}`);
  }
  await api.remove(saved);

  const many = Array.from({ length: 20 }, (_, at) => ({ name: `file-${at}.ts`, content: LONG_LINE }));
  const pastes: Record<string, Record<string, unknown>> = {
    short: { content: 'short' },
    'a long title': {
      title: 'T'.repeat(200),
      files: [{ name: LONG_NAME, content: 'x' }],
      visibility: 'public',
    },
    '20 files': { files: many },
    'a wide table': { files: [{ name: 'a.md', content: `# ${'H'.repeat(200)}\n\n${WIDE_TABLE}` }] },
    'wide data': { files: [{ name: 'a.csv', content: `${'cell,'.repeat(99)}cell\n`.repeat(9) }] },
  };
  for (const [what, paste] of Object.entries(pastes)) {
    const { slug } = await createPaste(paste);
    for (const view of ['rendered', 'source']) {
      await page.goto(`/${slug}?view=${view}`);
      await look(`${what}, ${view}`);
    }
  }
  for (const path of ['/explore', '/explore?q=nothing', '/unknownPaste']) {
    await page.goto(path);
    await look(path);
  }
  expect(faults).toEqual([]);
});
