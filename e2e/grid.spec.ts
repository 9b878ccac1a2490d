import type { Page } from 'playwright/test';
import { expect } from './fixtures';
import { type Member, test } from './support/member';

/** `--container-wide` and `--container-column` of app/globals.css, at 16 px. */
const WIDTHS = { wide: 1024, column: 640, window: Number.POSITIVE_INFINITY };
type Width = keyof typeof WIDTHS;

const GUEST_PAGES: Record<string, Width> = {
  '/login': 'column',
  '/register': 'column',
  '/forgot-password': 'column',
  '/reset-password?token=x': 'column',
  '/verify-email': 'column',
  '/unknownPaste': 'column',
  '/abuse': 'column',
  '/docs': 'wide',
  '/docs/accessibility': 'column',
  '/docs/api': 'wide',
  '/docs/api/pastes': 'wide',
  '/explore': 'wide',
};

function memberPages(slug: string, { username }: Member): Record<string, Width> {
  return {
    '/': 'window',
    [`/${slug}`]: 'window',
    [`/${slug}?saved`]: 'window',
    [`/${slug}/edit`]: 'window',
    [`/${slug}/history`]: 'wide',
    [`/${slug}/history?r=1`]: 'window',
    [`/${slug}/share`]: 'wide',
    [`/${slug}/report`]: 'column',
    '/me': 'wide',
    '/me/delete': 'column',
    '/shared': 'wide',
    [`/u/${username}`]: 'wide',
    '/contacts': 'wide',
    '/contacts/new': 'column',
    '/contacts/import': 'column',
    '/contacts/duplicates': 'column',
    '/settings': 'wide',
    '/settings/account': 'wide',
    '/settings/account/delete': 'column',
    '/settings/security': 'wide',
    '/settings/tokens': 'wide',
    '/admin': 'wide',
    '/admin/reports': 'wide',
    '/admin/approvals': 'wide',
    '/admin/blocked': 'wide',
    '/admin/settings': 'wide',
    '/admin/audit': 'wide',
    '/admin/status': 'wide',
    '/outbox': 'wide',
  };
}

/** Edges in the page, in pixels. `left` is where the first letters of the content are. */
function measure(page: Page) {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    const heading = main?.querySelector('h1');
    const frame = main?.querySelector('.page-wide, .page-column');
    if (!main || !heading) throw new Error('The page has no heading.');
    // The dots between facts hang to the left of them.
    const isSeen = (element: Element) =>
      element.getBoundingClientRect().width > 1 && !element.matches('.dotted');
    const parts = frame
      ? [...frame.children]
      : [...main.querySelectorAll('header > *, .paste-tools, .prose')];
    const contentLeft = (element: Element) => {
      const inset = frame ? 0 : Number.parseFloat(getComputedStyle(element).paddingLeft);
      return element.getBoundingClientRect().left + inset;
    };
    return {
      room: document.documentElement.clientWidth,
      title: isSeen(heading) ? heading.getBoundingClientRect().left : null,
      parts: parts.filter(isSeen).map(contentLeft),
      width: (frame ?? main).getBoundingClientRect().width,
    };
  });
}

test('title and content of every page have one left edge, and the page one of three widths', async ({
  context,
  createOwn,
  newMember,
  page,
}) => {
  const faults: string[] = [];
  async function look(pages: Record<string, Width>) {
    for (const [path, name] of Object.entries(pages)) {
      await page.goto(path);
      for (const size of [390, 1280, 1920]) {
        await page.setViewportSize({ width: size, height: 900 });
        const { room, title, parts, width } = await measure(page);
        const gutter = size < 640 ? 16 : 24;
        const isWindow = name === 'window';
        const edge = isWindow ? gutter : Math.max(gutter, (room - WIDTHS.wide) / 2);
        const expected = isWindow ? room : Math.min(WIDTHS[name], room - 2 * gutter);
        const off = [title ?? edge, ...parts].filter((left) => Math.abs(left - edge) > 1);
        if (off.length > 0) faults.push(`${path} at ${size}: ${off.join()} instead of ${edge}`);
        if (Math.abs(width - expected) > 1)
          faults.push(`${path} at ${size} is ${width} wide, not ${expected}`);
      }
    }
  }
  await look(GUEST_PAGES);
  const member = await newMember(context, { role: 'admin' });
  const content = '# Words\n\nand more of them\n';
  const { slug } = await createOwn(member, { title: 'Words', files: [{ name: 'words.md', content }] });
  await look(memberPages(slug, member));
  expect(faults).toEqual([]);
});
