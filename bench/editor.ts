import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { findChromiums } from '../e2e/support/chromium';
import { startSheaf } from './sheaf-process';

const MB = 1_000_000;
const LINE = 'sixteen letters.\n';
const WATCHED_MS = 4_000;

/**
 * How long the composer blocks its tab while a large text of short lines is pasted, typed into and opened as a
 * file, against the product as `npm start` runs it: the longest gap of a timer that is due every 5 ms, with the
 * seconds after it, in which drafts are saved.
 */
async function main(): Promise<void> {
  const sheaf = await startSheaf();
  const [launchOptions] = findChromiums();
  const browser = await chromium.launch(launchOptions);
  try {
    console.log('longest block in ms       paste   type   open');
    for (const size of [1, 2, 4]) {
      const text = LINE.repeat(Math.floor((size * MB) / LINE.length));
      const [paste, type] = await pasteAndType(browser, sheaf.url, text);
      const open = await openFile(browser, sheaf.url, text);
      const lines = `${size} MB, ${text.length / LINE.length} lines`.padEnd(24);
      console.log(lines + [paste, type, open].map((ms = 0) => ms.toFixed(0).padStart(7)).join(''));
    }
    const [refused] = await pasteAndType(browser, sheaf.url, LINE.repeat((5 * MB) / LINE.length));
    console.log(`${'5 MB, refused'.padEnd(24)}${(refused ?? 0).toFixed(0).padStart(7)}`);
  } finally {
    await browser.close();
    await sheaf.stop();
  }
}

async function pasteAndType(browser: Browser, url: string, text: string): Promise<number[]> {
  const page = await openEditor(browser, url);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  const paste = await longestBlock(page, () => page.keyboard.press('Control+V'));
  const type = await longestBlock(page, () => page.keyboard.type('typed', { delay: 50 }));
  await page.context().close();
  return [paste, type];
}

async function openFile(browser: Browser, url: string, text: string): Promise<number> {
  const page = await openEditor(browser, url);
  // From the disk: a file that is handed over by the test tool is decoded in the page.
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-bench-'));
  const file = join(folder, 'large.txt');
  await writeFile(file, text);
  const longest = await longestBlock(page, () => page.getByLabel('Open files').setInputFiles(file));
  await page.context().close();
  await rm(folder, { recursive: true });
  return longest;
}

async function openEditor(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  await page.goto(url);
  await page.locator('.cm-content').click();
  return page;
}

async function longestBlock(page: Page, act: () => Promise<unknown>): Promise<number> {
  const seen = await page.evaluateHandle(() => {
    const seen = { longest: 0, last: performance.now(), timer: 0 };
    seen.timer = window.setInterval(() => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - seen.last - 5);
      seen.last = now;
    }, 5);
    return seen;
  });
  await act();
  await page.waitForTimeout(WATCHED_MS);
  return seen.evaluate(({ longest, timer }) => {
    clearInterval(timer);
    return longest;
  });
}

await main();
