import type { Page } from 'playwright/test';
import { expect } from '../fixtures';

export const palette = (page: Page) => page.getByRole('dialog', { name: 'Search or run a command' });
export const paletteField = (page: Page) => palette(page).locator('input');
export const chosenEntry = (page: Page) => palette(page).getByRole('option', { selected: true });

/** Presses the key until the script of the page is there. */
export async function openPalette(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(paletteField(page)).toBeFocused({ timeout: 1_000 });
  }).toPass();
}
