import type { Page } from 'playwright/test';
import { expect, test } from './fixtures';
import { PastePage } from './pages/paste-page';

function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `line number ${index + 1}\n`).join('');
}

function readClipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

test('lines are selected by a click on their numbers', async ({ page, createPaste }) => {
  const { slug } = await createPaste({ content: numbered(30) });
  const paste = new PastePage(page);
  await page.goto(`/${slug}`);
  await paste.clickNumber(3);
  await expect(page).toHaveURL(/#L3$/);
  await paste.clickNumber(6, { isShift: true });
  await expect(page).toHaveURL(/#L3-L6$/);
  await expect(paste.litLines()).toHaveText([
    'line number 3',
    'line number 4',
    'line number 5',
    'line number 6',
  ]);
  await paste.clickNumber(9);
  await expect(page).toHaveURL(/#L9$/);
  await expect(paste.litLines()).toHaveText(['line number 9']);
  await paste.clickNumber(9);
  await expect(paste.litLines()).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('');
});

test('selected lines are copied, and the link to them', async ({ context, page, createPaste }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { slug, url } = await createPaste({ content: numbered(30) });
  const paste = new PastePage(page);
  await page.goto(`/${slug}#L30-L99`);
  const tools = page.getByRole('group', { name: 'Selected lines' });
  await expect(tools.getByRole('button', { name: 'Copy line 30' })).toBeVisible();
  await expect(tools.getByRole('button', { name: 'Copy link to line', exact: true })).toBeVisible();
  await paste.clickNumber(3);
  await paste.clickNumber(5, { isShift: true });
  await tools.getByRole('button', { name: 'Copy lines 3–5' }).click();
  await expect(tools.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await readClipboard(page)).toBe('line number 3\nline number 4\nline number 5');
  await tools.getByRole('button', { name: 'Copy link to lines' }).click();
  await expect(tools.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(2);
  expect(await readClipboard(page)).toBe(`${url}#L3-L5`);
  await tools.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(tools).toBeHidden();
  await expect(paste.litLines()).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('');
});

test('the link of a paste is copied, shown and drawn', async ({ context, page, createPaste }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { slug, url } = await createPaste({ files: [{ name: 'a.md', content: '# a' }] });
  await page.goto(`/${slug}?view=source`);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await readClipboard(page)).toBe(url);
  const panel = await new PastePage(page).openShare();
  await expect(panel.getByRole('link', { name: url, exact: true })).toBeVisible();
  await expect(panel.getByRole('img', { name: `QR code of ${url}` }).locator('svg')).toBeVisible();
});

test('a page without a clipboard, as one without TLS, says that nothing was copied', async ({
  page,
  createPaste,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const { slug } = await createPaste({ content: 'a' });
  await page.goto(`/${slug}?view=source`);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Not copied' })).toHaveCount(1);
});

test('without a script, the link is there to select', async ({ browser, baseURL, createPaste }) => {
  const { slug, url } = await createPaste({ content: 'a' });
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/${slug}`);
  const panel = await new PastePage(page).openShare();
  await expect(panel.getByRole('link', { name: url, exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy link' })).toHaveCount(0);
  await context.close();
});

test('lines that wrap use the width of the window', async ({ page, createPaste }) => {
  const { slug } = await createPaste({ content: 'word '.repeat(400) });
  await page.goto(`/${slug}`);
  const [line, window] = [await new PastePage(page).line(1).boundingBox(), page.viewportSize()];
  expect(line?.width).toBe(window?.width);
});

test('on paper: the link, exact times, one left edge', async ({ page, createPaste }) => {
  const { slug, url } = await createPaste({ title: 'Letter', content: numbered(12), expires_in: '1w' });
  await page.goto(`/${slug}`);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(url, { exact: true }).filter({ visible: true })).toHaveCount(1);
  const shown = await page.locator('header time').evaluateAll((times) =>
    times.map((time) => ({
      content: JSON.parse(getComputedStyle(time, '::after').content) as string,
      title: time.getAttribute('title'),
      relative: getComputedStyle(time).fontSize,
    })),
  );
  expect(shown).toHaveLength(2);
  for (const { content, title, relative } of shown) {
    expect(relative).toBe('0px');
    expect(content).toBe(title);
    expect(content).toMatch(/\b20\d\d\b/);
  }
  const edges = ['main h1', 'main .code', 'main > div > p'].map(async (part) =>
    page
      .locator(part)
      .last()
      .evaluate((element) => {
        return (
          element.getBoundingClientRect().left + Number.parseFloat(getComputedStyle(element).paddingLeft)
        );
      }),
  );
  expect(await Promise.all(edges)).toEqual([0, 0, 0]);
});

test('a link to lines arrives at them', async ({ page, createPaste }) => {
  const { slug } = await createPaste({ content: numbered(2_000) });
  const paste = new PastePage(page);
  for (const from of [10, 1_500]) {
    await page.goto('about:blank');
    await page.goto(`/${slug}#L${from}-L${from + 10}`);
    await expect(paste.litLines()).toHaveCount(11);
    await expect(paste.line(from)).toBeInViewport();
    await expect(paste.line(from + 10)).toBeInViewport();
    await expect(paste.litLines().first()).toHaveText(`line number ${from}`);
  }
});

test('a link to one line needs no script', async ({ browser, baseURL, createPaste }) => {
  const { slug } = await createPaste({ content: numbered(2_000) });
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/${slug}#L1500`);
  await expect(new PastePage(page).line(1_500)).toBeInViewport();
  await context.close();
});

test('whether lines wrap is remembered', async ({ page, createPaste }) => {
  const { slug } = await createPaste({ content: 'x '.repeat(2_000), language: 'javascript' });
  const wrap = page.getByRole('button', { name: 'Wrap' });
  const line = new PastePage(page).line(1);
  const height = async () => (await line.boundingBox())?.height ?? 0;
  await page.goto(`/${slug}`);
  await expect(wrap).toHaveAttribute('aria-pressed', 'false');
  const unwrapped = await height();
  await wrap.click();
  await expect(wrap).toHaveAttribute('aria-pressed', 'true');
  expect(await height()).toBeGreaterThan(unwrapped * 3);
  await page.reload();
  await expect(wrap).toHaveAttribute('aria-pressed', 'true');
  expect(await height()).toBeGreaterThan(unwrapped * 3);
  await wrap.click();
  await page.reload();
  await expect(wrap).toHaveAttribute('aria-pressed', 'false');
});

test('what is copied is the text, and nothing but the text', async ({ context, page, createPaste }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const content = '\tif (a < b) {\n\n    // «кавычки» & 👨‍👩‍👧‍👦  \n  }\n\n\nend';
  const { slug } = await createPaste({ files: [{ name: 'a.ts', content }] });
  const paste = new PastePage(page);
  await page.goto(`/${slug}`);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await readClipboard(page)).toBe(content);

  await page.evaluate(() => navigator.clipboard.writeText(''));
  await paste.text('a.ts').evaluate((element) => getSelection()?.selectAllChildren(element));
  await page.keyboard.press('Control+c');
  expect((await readClipboard(page)).trimEnd()).toBe(content);
});

test('many files are listed, led to, and copied one by one', async ({ context, page, createPaste }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const files = Array.from({ length: 20 }, (_, index) => ({
    name: `part-${index + 1}.txt`,
    content: `content of ${index + 1}\n`.repeat(40),
  }));
  const { slug } = await createPaste({ files });
  await page.goto(`/${slug}`);
  const index = page.getByRole('navigation', { name: 'Files' });
  await expect(index.getByRole('link')).toHaveText(files.map(({ name }) => name));
  const heading = page.getByRole('heading', { name: 'part-17.txt' });
  await expect(heading).not.toBeInViewport();
  await index.getByRole('link', { name: 'part-17.txt' }).click();
  await expect(heading).toBeInViewport();
  await expect(index.getByRole('link', { name: 'part-17.txt' })).toHaveAttribute('aria-current', 'location');
  await page.getByRole('button', { name: 'Copy part-17.txt' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await readClipboard(page)).toBe(files[16]?.content);
});

test('the text is sent once, and left as it is by the script of the page', async ({ page, createPaste }) => {
  const { slug } = await createPaste({ content: numbered(3), visibility: 'public' });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  const response = await page.goto(`/${slug}`, { waitUntil: 'networkidle' });
  const served = (await response?.text()) ?? '';
  expect(
    served.split('line number 3').length - 1,
    'next renders the data and the HTML of a page apart: see components/reading/markup-handover.ts',
  ).toBe(1);
  await expect(
    new PastePage(page).line(3),
    'react-dom does not keep the HTML it finds: see components/reading/served-markup.tsx',
  ).toHaveText('line number 3');
  expect(faults).toEqual([]);
});

test('a long text is all there for the browser to find', async ({ page, createPaste }) => {
  const filler = 'const value = compute(1, 2, 3); // of no importance\n'.repeat(20_000);
  const content = `${filler}the needle at the end\n`;
  const { slug } = await createPaste({ files: [{ name: 'a.js', content }] });
  await page.goto(`/${slug}`);
  const shown = await new PastePage(page).text('a.js').evaluate((element) => element.textContent);
  expect(shown?.length).toBe(content.length);
  expect(await page.evaluate("find('the needle at the end')")).toBe(true);
  expect(await page.evaluate('getSelection().toString()')).toBe('the needle at the end');
});

for (const visibility of ['public', 'unlisted']) {
  test(`what the page of a paste that is ${visibility} tells those who pass its link on`, async ({
    page,
    createPaste,
  }) => {
    const { slug } = await createPaste({ title: 'Salaries of all', content: 'secret words', visibility });
    await page.goto(`/${slug}`);
    const isPublic = visibility === 'public';
    const told = await page.evaluate(() =>
      [...document.head.querySelectorAll('title, meta[content]')]
        .map((element) => element.textContent || element.getAttribute('content'))
        .join('\n'),
    );
    expect(told.includes('Salaries of all')).toBe(isPublic);
    expect(told).not.toContain('secret words');
    if (!isPublic) await expect(page).toHaveTitle('A paste on Sheaf');
    expect(told.includes('noindex')).toBe(!isPublic);
  });
}
