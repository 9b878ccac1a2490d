import type { Page } from 'playwright/test';
import { horizontalOverflow } from './browser-checks';

const TARGETS = ['a[href]', 'button', 'summary', 'select', 'input:not([type="hidden"])', 'textarea']
  .map((target) => `${target}:not(.sr-only)`)
  .join();
/** Users' texts, and the editor. */
const TEXTS = '.code, .prose, .data-view, .cm-editor';

/** Faults at 390 and 320 px, at 200 % zoom and with text at 200 %, each as `where: fault`. */
export async function findTouchFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    const found = [...(await findOverflow(page)), ...(await findSmallTargets(page))];
    faults.push(...found.map((fault) => `${width} px: ${fault}`));
  }
  await page.setViewportSize({ width: 195, height: 422 });
  faults.push(...(await findOverflow(page)).map((fault) => `195 px: ${fault}`));
  await page.setViewportSize({ width: 320, height: 844 });
  await scaleText(page, 2);
  const large = [...(await findOverflow(page)), ...(await findClipped(page))];
  faults.push(...large.map((fault) => `200 % text: ${fault}`));
  await scaleText(page, 1);
  await page.setViewportSize({ width: 390, height: 844 });
  return faults;
}

/** Links of the footer that are covered when the page is scrolled to its end. */
export function findCoveredInFooter(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    window.scrollTo(0, document.documentElement.scrollHeight);
    const links = [...document.querySelectorAll('body > footer a')];
    if (links.length === 0) return ['no links'];
    const isCovered = (link: Element) => {
      const { left, top, width, height } = link.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return !hit || !link.contains(hit);
    };
    return links.filter(isCovered).map(({ outerHTML }) => outerHTML);
  });
}

async function findOverflow(page: Page): Promise<string[]> {
  const overflow = await horizontalOverflow(page);
  return overflow > 0 ? [`wider by ${overflow} px`] : [];
}

/** Targets less than 44 px high, and fields with type under 16 px, on which Safari zooms in. */
function findSmallTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ targets, texts }) => {
      const nameOf = (element: Element) => element.outerHTML.slice(0, 200);
      const isShown = (element: Element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
      };
      const isRunningText = (element: Element) => {
        if (getComputedStyle(element).display !== 'inline') return false;
        let block = element.parentElement;
        while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
        return block?.textContent?.trim() !== element.textContent?.trim();
      };
      const isHit = (element: Element, x: number, y: number) => {
        const hit = document.elementFromPoint(x, y);
        return element.contains(hit) || hit?.closest('label')?.control === element;
      };
      const hitHeight = (element: Element) => {
        element.scrollIntoView({ block: 'center', inline: 'center' });
        const [box = element.getBoundingClientRect()] = element.getClientRects();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const reach = (step: number) => {
          let distance = 0;
          while (distance < 44 && isHit(element, x, y + step * distance)) distance += 1;
          return distance;
        };
        return reach(-1) + reach(1) - 1;
      };
      // What an open popover covers is checked while it is closed.
      const top = document.querySelector('[popover]:popover-open') ?? document;
      const shown = [...top.querySelectorAll(targets)].filter(
        (element) => isShown(element) && !element.closest(texts) && !isRunningText(element),
      );
      const small = shown
        .filter((element) => hitHeight(element) < 43)
        .map((element) => `${element.getBoundingClientRect().height} px high: ${nameOf(element)}`);
      const zooming = [...document.querySelectorAll('input, select, textarea, [contenteditable="true"]')]
        .filter((field) => isShown(field) && !field.matches('[type="checkbox"], [type="file"]'))
        .filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16)
        .map((field) => `small type: ${nameOf(field)}`);
      return [...small, ...zooming];
    },
    { targets: TARGETS, texts: TEXTS },
  );
}

/** Links and buttons whose text is cut off. */
function findClipped(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ targets, texts }) =>
      [...document.querySelectorAll<HTMLElement>(targets)]
        .filter((element) => element.checkVisibility() && !element.closest(texts) && element.clientWidth > 1)
        .filter((element) => !element.matches('input, select, textarea'))
        .filter((element) => getComputedStyle(element).textOverflow !== 'ellipsis')
        .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => {
          return scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
        })
        .map((element) => `clipped: ${element.outerHTML.slice(0, 200)}`),
    { targets: TARGETS, texts: TEXTS },
  );
}

/** Multiplies every type size of app/globals.css, as a browser does that enlarges only text. */
async function scaleText(page: Page, factor: number): Promise<void> {
  await page.evaluate((times) => {
    const { style } = document.documentElement;
    const sizes = ['2xs', 'xs', 'code', 'sm', 'base', 'lg', 'xl', '2xl'].map((name) => `--text-${name}`);
    for (const size of sizes) style.removeProperty(size);
    const all = getComputedStyle(document.documentElement);
    const scaled = sizes.map((size) => [size, `calc(${times} * ${all.getPropertyValue(size)})`] as const);
    for (const [size, value] of scaled) style.setProperty(size, value);
  }, factor);
}
