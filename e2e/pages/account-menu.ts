import { expect, type Locator, type Page } from 'playwright/test';

/** What lies behind the avatar in the head of every page. */
export class AccountMenu {
  readonly button: Locator;

  constructor(readonly page: Page) {
    this.button = page.getByRole('banner').getByRole('button', { name: 'Your account' });
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.page.getByRole('button', { name: 'Sign out' }).first()).toBeVisible();
  }

  /** All that it offers, in its order. */
  items(): Locator {
    return this.page.getByRole('banner').getByRole('listitem');
  }

  async signOut(): Promise<void> {
    await this.open();
    await this.page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await expect(this.page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
  }
}
