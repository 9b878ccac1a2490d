import { expect, test } from './fixtures';
import { horizontalOverflow } from './support/browser-checks';
import { recordExecution } from './support/execution';

interface Shape {
  what: string;
  files: { name: string; content: string }[];
  views: string[];
}

const SHAPES: Shape[] = [
  {
    what: 'JSON 10,000 levels deep',
    files: [{ name: 'a.json', content: `${'['.repeat(10_000)}${']'.repeat(10_000)}` }],
    views: ['', '?view=rendered'],
  },
  {
    what: 'CSV of 10,000 columns',
    files: [{ name: 'a.csv', content: `${'cell,'.repeat(9_999)}cell\n`.repeat(20) }],
    views: ['', '?view=rendered'],
  },
  {
    what: 'one line of 4 MB',
    files: [{ name: 'a.js', content: 'x = 1; '.repeat(570_000) }],
    views: [''],
  },
  {
    what: '20 files of the same name',
    files: Array.from({ length: 20 }, (_, at) => ({ name: 'same.txt', content: `text ${at}` })),
    views: [''],
  },
  {
    what: 'Markdown nested 1,000 deep',
    files: [{ name: 'a.md', content: `${'> '.repeat(1_000)}deep\n\n${'- '.repeat(1_000)}deep\n` }],
    views: ['', '?view=source'],
  },
  {
    what: 'a giant Markdown table',
    files: [
      {
        name: 'a.md',
        content: `${'|a'.repeat(100)}|\n${'|-'.repeat(100)}|\n${`${'|1'.repeat(100)}|\n`.repeat(500)}`,
      },
    ],
    views: ['', '?view=source'],
  },
];

for (const { what, files, views } of SHAPES) {
  test(`opens ${what} and shows something`, async ({ context, createPaste, page, sheaf }) => {
    const happened = await recordExecution(context, sheaf.url);
    const { slug } = await createPaste({ files });
    for (const view of views) {
      await page.goto(`/${slug}${view}`);
      const region = page.getByRole('region').filter({ visible: true }).first();
      const text = await region.evaluate((element) => element.textContent ?? '');
      expect(text.trim().length, view).toBeGreaterThan(0);
      expect(await horizontalOverflow(page), view).toBeLessThanOrEqual(0);
    }
    expect(happened).toEqual([]);
  });
}
