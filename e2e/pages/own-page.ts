import type { Locator, Page } from 'playwright/test';

/** The list of the user's own pastes. */
export class OwnPage {
  readonly titles: Locator;
  readonly search: Locator;
  readonly visibility: Locator;
  readonly language: Locator;
  readonly order: Locator;
  readonly claimBox: Locator;
  readonly deleteSelected: Locator;
  readonly status: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole('main');
    this.titles = main.getByRole('listitem').getByRole('heading', { level: 2 });
    this.search = main.getByRole('searchbox');
    this.visibility = main.getByRole('combobox', { name: 'Visibility' });
    this.language = main.getByRole('combobox', { name: 'Language' });
    this.order = main.getByRole('combobox', { name: 'Order' });
    this.claimBox = main.getByRole('region', { name: /created here without an account/ });
    this.deleteSelected = main.getByRole('button', { name: 'Delete selected…' });
    this.status = page.getByRole('status').filter({ hasText: /\S/ });
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/me${query}`);
  }

  async apply(): Promise<void> {
    await this.page.getByRole('button', { name: 'Show', exact: true }).click();
  }

  async select(...titles: string[]): Promise<void> {
    for (const title of titles) {
      await this.page.getByRole('checkbox', { name: `Select ${title}`, exact: true }).check();
    }
  }

  async confirm(): Promise<void> {
    await this.page.getByRole('button', { name: 'Delete permanently' }).click();
  }
}
