import type { BrowserContext, Page } from 'playwright/test';
import { expect, test } from './fixtures';
import { PastePage } from './pages/paste-page';
import { horizontalOverflow } from './support/browser-checks';
import { findStrangeMarkup, recordExecution } from './support/execution';
import { HOSTILE_MARKDOWN } from './support/hostile-markdown';
import { HOSTILE_NAMES } from './support/hostile-names';

const AT_ONCE = 3;
const MAX_FILES = 20;
const MAX_TITLE = 200;

const TITLES = HOSTILE_NAMES.filter((name) => name.length <= MAX_TITLE);
const FILE_NAMES = HOSTILE_NAMES.filter((name) => !/[/\\]/.test(name));

interface Looking {
  context: BrowserContext;
  paths: readonly string[];
  /** What is looked at beyond what holds for every page. */
  look?: (page: Page, path: string) => Promise<void>;
}

/** Opens all of these, some at a time. @returns what is wrong with them */
async function openAll({ context, paths, look }: Looking): Promise<string[]> {
  const faults: string[] = [];
  const waiting = paths.values();
  async function work() {
    const page = await context.newPage();
    for (const path of waiting) {
      const status = (await page.goto(path))?.status();
      if (status !== 200) faults.push(`${path} answers ${status}`);
      const overflow = await horizontalOverflow(page);
      if (overflow > 0) faults.push(`${path} is ${overflow} px too wide`);
      faults.push(...(await findStrangeMarkup(page)).map((markup) => `${path} has ${markup}`));
      await look?.(page, path);
    }
    await page.close();
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return faults;
}

function chunk<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / MAX_FILES);
  return Array.from({ length: count }, (_, at) => items.slice(at * MAX_FILES, (at + 1) * MAX_FILES));
}

/** What can be seen of a name: the page leaves out what would turn it around, or is invisible. */
function withoutInvisible(text: string): string {
  return text
    .replace(/[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\u3164\uffa0\ufeff]/g, '')
    .trim();
}

test('hostile titles and names are text on every page that shows them', async ({
  api,
  context,
  createPaste,
  page,
  sheaf,
}) => {
  test.setTimeout(120_000);
  const happened = await recordExecution(context, sheaf.url);
  const titles = new Map<string, string>();
  for (const title of TITLES) {
    const name = FILE_NAMES.includes(title) ? title : '';
    const files = [{ name, content: 'text' }];
    titles.set(`/${(await createPaste({ title, files, visibility: 'public' })).slug}`, title);
  }
  const wrong = await openAll({
    context,
    paths: [...titles.keys()],
    look: async (one, path) => {
      const heading = (await new PastePage(one).heading.textContent()) ?? '';
      const title = withoutInvisible(titles.get(path) ?? '');
      const isTitle = heading === title || heading === 'Untitled';
      expect.soft(isTitle, `${path}: ${heading} for ${title}`).toBe(true);
      expect.soft(heading.trim(), path).not.toBe('');
    },
  });
  expect(wrong).toEqual([]);

  const feed: string[] = [];
  await page.goto('/explore');
  const older = page.getByRole('link', { name: 'Older' });
  for (let at = 0; at <= TITLES.length / 20; at += 1) {
    feed.push(...(await findStrangeMarkup(page)));
    expect(await horizontalOverflow(page)).toBeLessThanOrEqual(0);
    if (!(await older.isVisible())) break;
    // A click does not wait until the next page replaces this one.
    await page.goto((await older.getAttribute('href')) ?? '');
  }
  expect(feed).toEqual([]);

  const paths: string[] = [];
  for (const names of chunk(FILE_NAMES)) {
    const files = names.map((name) => ({ name, content: 'text' }));
    const { slug, edit_key } = await createPaste({ files });
    await page.goto(`/${slug}/edit`);
    await new PastePage(page).enterEditKey(edit_key);
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    const renamed = [...files].reverse().map(({ name }) => ({ name, content: 'other' }));
    await api.send(`/api/v1/pastes/${slug}`, {
      method: 'PATCH',
      json: { files: renamed },
      editKey: edit_key,
    });
    paths.push(`/${slug}`, `/${slug}/edit`, `/?from=${slug}`, `/${slug}/history`, `/${slug}/history?r=2`);
  }
  expect(await openAll({ context, paths })).toEqual([]);
  expect(happened).toEqual([]);
});

test('hostile Markdown is rendered as text, links and nothing that runs', async ({
  context,
  createPaste,
  sheaf,
}) => {
  test.setTimeout(120_000);
  expect(HOSTILE_MARKDOWN.length).toBeGreaterThanOrEqual(150);
  const happened = await recordExecution(context, sheaf.url);
  const paths: string[] = [];
  for (const texts of chunk(HOSTILE_MARKDOWN)) {
    const files = texts.map((content, at) => ({ name: `${at + 1}.md`, content: `${content}\n` }));
    paths.push(`/${(await createPaste({ files })).slug}`);
  }
  let rendered = 0;
  let rejected = 0;
  const wrong = await openAll({
    context,
    paths,
    look: async (page) => {
      const here = await page.getByRole('region', { name: /, rendered$/ }).count();
      const left = await page.getByText('too long or too complex to render').count();
      rendered += here;
      rejected += left;
      // A link that was clicked would run what it holds, or leave the page.
      await page.evaluate(() => {
        for (const link of document.querySelectorAll<HTMLAnchorElement>('.prose a')) {
          link.target = '_self';
          link.addEventListener('click', (event) => {
            if (/^(?:https?|mailto):$/.test(link.protocol)) event.preventDefault();
          });
          link.click();
          link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
          link.focus();
        }
      });
    },
  });
  expect(wrong).toEqual([]);
  expect(rendered + rejected).toBe(HOSTILE_MARKDOWN.length);
  expect(rendered).toBeGreaterThanOrEqual(150);
  expect(happened).toEqual([]);
});
