import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright/test';

/** Sums up the layout shift without user input, on every page from now on. */
export async function recordLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        };
        if (!hadRecentInput) sum += value;
      }
      document.documentElement.dataset.shift = String(sum);
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    // A shift is known after the frame it was seen in.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return Number(document.documentElement.dataset.shift ?? 0);
  });
}

/** By how many pixels the page is wider than its window. */
export function horizontalOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Only letters of ASCII: a browser takes a third more time to receive others. */
const AXE = axe.source.replace(
  /[\u0080-\uffff]/g,
  (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
/** The theme is set by the stylesheet alone, and sets only colours. */
const RULES_OF_COLOURS = ['color-contrast', 'link-in-text-block'];

type Theme = 'light' | 'dark';

/**
 * What axe has to say against the page as it is, as `theme rule: element`: all of its rules in the first theme,
 * those of colours in the other.
 */
export async function findAccessibilityFaults(
  page: Page,
  [first, ...others]: readonly [Theme, ...Theme[]] = ['light', 'dark'],
): Promise<string[]> {
  // Sending axe to the browser takes longer than its checks: once for each document.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const faults: string[] = [];
  for (const other of others)
    faults.push(...(await findFaultsIn(page, other, { runOnly: RULES_OF_COLOURS })));
  return [...faults, ...(await findFaultsIn(page, first))];
}

/** Targets with less than 24 px of room, which axe looks for only where it is told to. Needs the above first. */
export function findTargetSizeFaults(page: Page): Promise<string[]> {
  return findFaultsIn(page, 'light', { runOnly: ['target-size'] });
}

async function findFaultsIn(page: Page, colorScheme: Theme, options: RunOptions = {}): Promise<string[]> {
  // In a transition, a colour is neither the old nor the new one.
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  // Only what is wrong is described, and no stylesheet fetched again: both take longer than the checks.
  const violations = await page.evaluate(async (given) => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return (await axe.run({ ...given, resultTypes: ['violations'], preload: false })).violations;
  }, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${colorScheme} ${id}: ${html.slice(0, 300)}`),
  );
}

/** The status of the answer to the next posted form; a script asks for a state, which is no page and always 200. */
export async function statusOfPost(page: Page, work: () => Promise<void>): Promise<number> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await work();
  return (await answered).status();
}
