import type { Locator, Page } from 'playwright/test';

/** The list of users for admins. */
export class AdminPage {
  readonly rows: Locator;
  readonly search: Locator;
  readonly role: Locator;

  constructor(readonly page: Page) {
    this.rows = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { level: 2 }) });
    this.search = page.getByRole('searchbox', { name: 'Username, name or email' });
    this.role = page.getByRole('combobox', { name: 'Role', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('/admin');
  }

  async find(words: string): Promise<void> {
    await this.search.fill(words);
    await this.page.getByRole('button', { name: 'Search' }).click();
  }

  row(username: string): Locator {
    return this.rows.filter({ hasText: username });
  }

  /** @returns the row, with its controls open */
  async manage(username: string): Promise<Locator> {
    const row = this.row(username);
    await row.locator('summary').click();
    return row;
  }
}
