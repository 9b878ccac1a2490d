import { expect, type Locator, type Page } from 'playwright/test';

/** The page that a link leads to. */
export class PastePage {
  readonly link: Locator;
  readonly editKey: Locator;
  readonly heading: Locator;
  readonly editLink: Locator;
  readonly deleteButton: Locator;

  constructor(readonly page: Page) {
    this.link = page.getByRole('textbox', { name: 'Link' });
    // On the page after a save, a button shows it.
    this.editKey = page.getByRole('textbox', { name: 'Edit key', includeHidden: true });
    this.heading = page.getByRole('heading', { level: 1 });
    this.editLink = page.getByRole('link', { name: 'Edit', exact: true });
    this.deleteButton = page.getByRole('button', { name: 'Delete…', exact: true });
  }

  /** The visible text of a file. */
  text(name = 'file 1'): Locator {
    return this.page.getByRole('region', { name: `Text of ${name}`, exact: true });
  }

  /** A line of the first file. */
  line(number: number): Locator {
    return this.page.locator(`#L${number}`);
  }

  litLines(): Locator {
    return this.page.getByRole('main').locator('[data-lit]');
  }

  /** Line numbers are drawn by the stylesheet: there is nothing else to click on. */
  async clickNumber(number: number, { isShift = false } = {}): Promise<void> {
    await this.line(number).click({ position: { x: 4, y: 8 }, modifiers: isShift ? ['Shift'] : [] });
  }

  /** What the author is shown once: the link and the key. */
  async readSaved(): Promise<{ url: string; slug: string; edit_key: string }> {
    // One caller slows the browser down twenty times.
    const ready = this.page.getByRole('heading', { name: 'Your link is ready.' });
    await expect(ready).toBeVisible({ timeout: 30_000 });
    const url = await this.link.inputValue();
    return { url, slug: url.split('/').at(-1) ?? '', edit_key: await this.editKey.inputValue() };
  }

  /** The tools behind "More". */
  async openMore(): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
    await expect(this.page.getByRole('link', { name: 'Duplicate' })).toBeVisible();
  }

  /** The link, and what is done with it. */
  async openShare(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Share', exact: true }).click();
    const panel = this.page.getByRole('dialog', { name: 'Share' });
    await expect(panel).toBeVisible();
    return panel;
  }

  /** Visibility and lifetime, where the page shows them. */
  async changeSettings(
    shown: string | RegExp,
    chosen: { visibility?: string; lifetime?: string },
  ): Promise<void> {
    await this.page.getByRole('button', { name: shown, exact: true }).click();
    const panel = this.page.getByRole('dialog', { name: 'Change visibility and lifetime' });
    if (chosen.visibility) await panel.getByLabel('Visibility').selectOption(chosen.visibility);
    if (chosen.lifetime) await panel.getByLabel('Lifetime').selectOption(chosen.lifetime);
    await panel.getByRole('button', { name: 'Save' }).click();
  }

  async edit(): Promise<void> {
    await this.editLink.click();
  }

  async delete(): Promise<void> {
    await this.openMore();
    await this.deleteButton.click();
    await this.page.getByRole('button', { name: 'Delete permanently' }).click();
  }

  async enterEditKey(key: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Edit key' }).fill(key);
    await this.page.getByRole('button', { name: 'Continue' }).click();
  }
}
