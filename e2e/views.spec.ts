import { expect, test } from './fixtures';
import { PastePage } from './pages/paste-page';

const MARKDOWN = '# A heading\n\nSome *emphasis*.\n\n- [x] done\n- [ ] open\n\n|a|b|\n|-|-|\n|1|2|\n';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('Markdown is rendered, and its source is a click away', async ({ page, createPaste }) => {
      const { slug } = await createPaste({ files: [{ name: 'a.md', content: MARKDOWN }] });
      const paste = new PastePage(page);
      const rendered = page.getByRole('region', { name: 'a.md, rendered' });
      const views = page.getByRole('navigation', { name: 'View of a.md' });
      await page.goto(`/${slug}`);
      await expect(rendered.getByRole('heading', { name: 'A heading' })).toBeVisible();
      await expect(rendered.getByRole('checkbox', { name: 'Done' })).toBeChecked();
      await expect(rendered.getByRole('columnheader')).toHaveText(['a', 'b']);
      await expect(paste.text('a.md')).toBeHidden();

      await views.getByRole('link', { name: 'Source' }).click();
      await expect(paste.text('a.md')).toContainText('# A heading');
      await expect(rendered).toBeHidden();
      await expect(views.getByRole('link', { name: 'Source' })).toHaveAttribute('aria-current', 'true');
      await page.reload();
      await expect(paste.text('a.md')).toContainText('# A heading');
      await views.getByRole('link', { name: 'Rendered' }).click();
      await expect(rendered.getByRole('heading', { name: 'A heading' })).toBeVisible();
    });

    test('a view that was chosen is the first one of the next text of its kind', async ({
      page,
      createPaste,
    }) => {
      const one = await createPaste({ files: [{ name: 'one.json', content: '{"a": 1}' }] });
      const two = await createPaste({
        files: [
          { name: 'two.json', content: '{"b": 2}' },
          { name: 'two.md', content: MARKDOWN },
        ],
      });
      const tree = page.getByRole('region', { name: 'two.json, rendered' });
      const choose = async (view: string, file: string) => {
        await page
          .getByRole('navigation', { name: `View of ${file}` })
          .getByRole('link', { name: view })
          .click();
        if (!javaScriptEnabled) await page.getByRole('button', { name: 'Remember this view' }).click();
      };
      await page.goto(`/${one.slug}`);
      await choose('Source', 'one.json');
      await expect(page.getByRole('region', { name: 'Text of one.json' })).toBeVisible();

      await page.goto(`/${two.slug}`);
      await expect(page.getByRole('region', { name: 'Text of two.json' })).toBeVisible();
      await expect(tree).toBeHidden();
      await expect(page.getByRole('region', { name: 'two.md, rendered' })).toBeVisible();
      // What an address names is what it shows, to everyone.
      await page.goto(`/${two.slug}?view=rendered`);
      await expect(tree).toBeVisible();

      await page.goto(`/${one.slug}`);
      await choose('Tree', 'one.json');
      await page.goto(`/${two.slug}`);
      await expect(tree).toBeVisible();
    });

    test('data that the view cannot show in whole is a text, until its reader chooses otherwise', async ({
      page,
      createPaste,
    }) => {
      const files = [
        { name: 'long.csv', content: `n,square\n${'7,49\n'.repeat(1_001)}` },
        { name: 'uneven.csv', content: 'a,b\n1,2,3\n' },
        { name: 'broken.json', content: '{"a": 1' },
      ];
      const { slug } = await createPaste({ files });
      await page.goto(`/${slug}`);
      const switchOf = (name: string) => page.getByRole('navigation', { name: `View of ${name}` });
      for (const { name } of files) {
        await expect(page.getByRole('region', { name: `Text of ${name}` })).toBeVisible();
        await expect(page.getByRole('region', { name: `${name}, rendered` })).toHaveCount(0);
        const source = switchOf(name).getByRole('link', { name: 'Source' });
        await expect(source).toHaveAttribute('aria-current', 'true');
      }
      await expect(page.getByText('This is not JSON')).toHaveCount(0);

      await switchOf('long.csv').getByRole('link', { name: 'Table' }).click();
      const table = page.getByRole('region', { name: 'long.csv, rendered' });
      await expect(table).toContainText('Showing the first 1,000 of 1,001 rows.');
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Remember this view' }).click();
      await page.goto(`/${slug}`);
      await expect(table).toBeVisible();
      await expect(page.getByRole('region', { name: 'uneven.csv, rendered' })).toBeVisible();
    });

    test('the address of a line shows the source of a table and of a tree', async ({ page, createPaste }) => {
      const files = [
        { name: 'a.json', content: '{\n  "a": 1\n}\n' },
        { name: 'b.csv', content: 'city,people\nOslo,709037\nBergen,291940\n' },
      ];
      const { slug } = await createPaste({ files });
      await page.goto(`/${slug}#f2-L3`);
      const text = page.getByRole('region', { name: 'Text of b.csv' });
      await expect(text).toBeVisible();
      await expect(text.getByText('Bergen,291940')).toBeInViewport();
      await expect(page.getByRole('region', { name: 'b.csv, rendered' })).toBeHidden();
      await expect(page.getByRole('region', { name: 'a.json, rendered' })).toBeVisible();
      await page.goto(`/${slug}#L2`);
      await expect(page.getByRole('region', { name: 'Text of a.json' })).toContainText('"a": 1');
      await expect(page.getByRole('region', { name: 'a.json, rendered' })).toBeHidden();
      const current = page.getByRole('navigation', { name: /^View of / }).locator('[aria-current]:visible');
      // Without a script, the address names a line of the first file only.
      await expect(current).toHaveText(['Source', javaScriptEnabled ? 'Source' : 'Table']);
    });

    test('the address of a line marks the source in the switch of a single file', async ({
      page,
      createPaste,
    }) => {
      const { slug } = await createPaste({
        files: [{ name: 'a.csv', content: 'city,people\nOslo,709037\n' }],
      });
      const current = page
        .getByRole('navigation', { name: 'View of a.csv' })
        .locator('[aria-current]:visible');
      await page.goto(`/${slug}#L2`);
      await expect(current).toHaveText(['Source']);
      await page.getByRole('link', { name: 'Table' }).click();
      await expect(page.getByRole('cell', { name: 'Oslo' })).toBeVisible();
      await expect(current).toHaveText(['Table']);
    });

    test('wrapping is offered where a source is shown', async ({ page, createPaste }) => {
      const table = { name: 'a.csv', content: 'city,people\nOslo,709037\n' };
      const one = await createPaste({ files: [table] });
      const two = await createPaste({ files: [table, { name: 'b.js', content: 'let a;' }] });
      const wrap = page.getByRole('button', { name: 'Wrap' });
      const offered = javaScriptEnabled ? 1 : 0;
      await page.goto(`/${one.slug}`);
      await expect(page.getByRole('cell', { name: 'Oslo' })).toBeVisible();
      await expect(wrap).toHaveCount(0);
      await page.getByRole('link', { name: 'Source' }).click();
      await expect(page.getByRole('cell', { name: 'Oslo' })).toBeHidden();
      await expect(wrap).toHaveCount(offered);
      await page.goto(`/${two.slug}`);
      await expect(wrap).toHaveCount(offered);
      await page.goto(`/${one.slug}?view=rendered`);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: 'More' }).click();
      await expect(page.getByRole('link', { name: 'Raw' })).toBeVisible();
      await expect(wrap).toHaveCount(0);
    });

    test('front matter folds, and links lead within the text and to other files', async ({
      page,
      createPaste,
    }) => {
      const content =
        '---\ntitle: Letter\n---\n\nSee [the list](list.md#second-part) and a note[^1].\n\n[^1]: Here.\n';
      const list = `# First part\n\n${'Line\n\n'.repeat(60)}## Second part\n`;
      const files = [
        { name: 'a.md', content },
        { name: 'list.md', content: list },
      ];
      const { slug } = await createPaste({ files });
      await page.goto(`/${slug}`);
      const rendered = page.getByRole('region', { name: 'a.md, rendered' });
      await expect(rendered.getByText('Letter')).toBeHidden();
      await rendered.getByText('Front matter').click();
      await expect(rendered.getByText('Letter')).toBeVisible();
      await rendered.locator('[role="doc-noteref"]').click();
      await expect(rendered.getByRole('list', { name: 'Footnotes' })).toBeInViewport();
      await rendered.getByRole('link', { name: 'the list' }).click();
      await expect(page.getByRole('heading', { name: 'Second part' })).toBeInViewport();
    });

    test('JSON is shown as a tree that folds', async ({ page, createPaste }) => {
      const content = JSON.stringify({
        name: 'Oslo',
        deep: { er: { still: 12345678901 } },
        tags: Array(100).fill('a'),
      });
      const { slug } = await createPaste({ files: [{ name: 'a.json', content }] });
      await page.goto(`/${slug}`);
      const tree = page.getByRole('region', { name: 'a.json, rendered' });
      await expect(tree.getByText('"Oslo"')).toBeVisible();
      await expect(tree.getByText('12345678901')).toBeHidden();
      await tree.getByText('"er"').click();
      await expect(tree.getByText('12345678901')).toBeVisible();
      await page.getByRole('link', { name: 'Source' }).click();
      await expect(new PastePage(page).text('a.json')).toContainText('"name":"Oslo"');
      await expect(tree).toBeHidden();
    });

    test('CSV is shown as a table', async ({ page, createPaste }) => {
      const content = 'city,people\n"Oslo, Norway",700000\n"with ""quotes""",\n';
      const { slug } = await createPaste({ files: [{ name: 'a.csv', content }] });
      await page.goto(`/${slug}`);
      const facts = page.getByRole('main').getByRole('listitem');
      await expect(facts.filter({ hasText: /^CSV$/ })).toBeVisible();
      const table = page.getByRole('region', { name: 'a.csv, rendered' }).getByRole('table');
      await expect(table.getByRole('columnheader')).toHaveText(['#', 'city', 'people']);
      await expect(table.getByRole('cell')).toHaveText(['Oslo, Norway', '700000', 'with "quotes"', '']);
      await page.getByRole('link', { name: 'Source' }).click();
      await expect(new PastePage(page).text('a.csv')).toContainText('city,people');
      await expect(table).toBeHidden();
    });

    test('tables and trees are printed as their source', async ({ page, createPaste }) => {
      const files = [
        { name: 'a.csv', content: 'a,b\n1,2\n' },
        { name: 'b.json', content: '{"a": 1}' },
        { name: 'c.md', content: MARKDOWN },
      ];
      const { slug } = await createPaste({ files });
      await page.goto(`/${slug}`);
      await page.emulateMedia({ media: 'print' });
      const paste = new PastePage(page);
      for (const name of ['a.csv', 'b.json']) {
        await expect(paste.text(name)).toBeVisible();
        await expect(page.getByRole('region', { name: `${name}, rendered` })).toBeHidden();
      }
      await expect(page.getByRole('region', { name: 'c.md, rendered' })).toBeVisible();
      await expect(paste.text('c.md')).toBeHidden();
    });

    test('tabs and semicolons make tables too', async ({ page, createPaste }) => {
      const files = [
        { name: 'a.tsv', content: 'name\tcity\nDoe, Jane\tParis\n' },
        { name: 'b.csv', content: 'item;price\nbolt;0,15\n' },
      ];
      const { slug } = await createPaste({ files });
      await page.goto(`/${slug}`);
      const cellsOf = (name: string) =>
        page.getByRole('region', { name: `${name}, rendered` }).getByRole('cell');
      await expect(cellsOf('a.tsv')).toHaveText(['Doe, Jane', 'Paris']);
      await expect(cellsOf('b.csv')).toHaveText(['bolt', '0,15']);
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a diff has colours, ${colorScheme}`, async ({ page, createPaste }) => {
    await page.emulateMedia({ colorScheme });
    const content = '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n-gone\n+come\n';
    const { slug } = await createPaste({ files: [{ name: 'x.diff', content }] });
    const paste = new PastePage(page);
    await page.goto(`/${slug}`);
    const facts = page.getByRole('main').getByRole('listitem');
    await expect(facts.filter({ hasText: '1 file changed' })).toContainText('+1 −1');
    const backgroundOf = (line: number) =>
      paste.line(line).evaluate((element) => getComputedStyle(element).backgroundColor);
    const [same, removed, added] = [await backgroundOf(4), await backgroundOf(5), await backgroundOf(6)];
    expect(new Set([same, removed, added]).size).toBe(3);
  });
}

test('a task that is scrolled away lies below the head of its file', async ({ page, createPaste }) => {
  const tasks = '- [x] done\n\n'.repeat(60);
  const { slug } = await createPaste({ files: [{ name: 'a.md', content: tasks }, { content: 'b' }] });
  await page.goto(`/${slug}`);
  const task = page.getByRole('checkbox').nth(20);
  const isCovered = await task.evaluate((box) => {
    box.scrollIntoView({ block: 'start' });
    const head = document.querySelector('.file-head');
    const { top, height } = head?.getBoundingClientRect() ?? { top: 0, height: 0 };
    window.scrollBy(0, box.getBoundingClientRect().top - top - height / 3);
    const { x, y } = box.getBoundingClientRect();
    return head?.contains(document.elementFromPoint(x + 4, y + 4));
  });
  expect(isCovered).toBe(true);
});
