import type { Locator, Page } from 'playwright/test';
import { expect } from '../fixtures';

/** The list of contacts and the pages below it. */
export class ContactsPage {
  readonly names: Locator;
  readonly search: Locator;
  readonly birthdays: Locator;
  readonly duplicates: Locator;
  readonly status: Locator;
  readonly undo: Locator;
  readonly file: Locator;
  readonly people: Locator;
  readonly columns: Locator;
  readonly remarks: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole('main');
    this.names = main.getByRole('listitem').getByRole('heading', { level: 2 });
    this.search = main.getByRole('searchbox');
    this.birthdays = main.getByRole('region', { name: 'Upcoming birthdays' });
    this.duplicates = main.getByRole('region', { name: 'Possible duplicates' });
    this.status = page.getByRole('status').filter({ hasText: /\S/ });
    this.undo = page.getByRole('button', { name: 'Undo' });
    this.file = main.getByLabel('File', { exact: true });
    this.people = main.getByRole('region', { name: 'Preview' }).getByRole('row');
    this.columns = main.getByRole('region', { name: 'Columns' }).getByRole('row');
    this.remarks = main.getByRole('list', { name: /problem|remark/ }).getByRole('listitem');
  }

  async open(path = ''): Promise<void> {
    await this.page.goto(`/contacts${path}`);
  }

  /** Fills in fields by their labels, and leaves the others. */
  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) {
      await this.page.getByLabel(label, { exact: true }).fill(value);
    }
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: button, exact: true }).click();
  }

  async add(fields: Record<string, string>): Promise<void> {
    await this.open('/new');
    await this.fill(fields);
    await this.press('Add');
    await expect(this.status).toContainText('was added.');
  }

  async visit(name: string): Promise<void> {
    await this.names.getByRole('link', { name, exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(name);
  }

  star(name: string): Locator {
    return this.page.getByRole('button', { name: `Star ${name}`, exact: true });
  }

  /** Clicks a star and waits until the change is saved: what is not sent yet is lost with the page. */
  async toggleStar(name: string, isOn: boolean): Promise<void> {
    await this.star(name).click();
    await expect(this.star(name)).toHaveAttribute('aria-pressed', String(isOn));
    await expect(this.star(name)).toHaveAttribute('aria-busy', 'false');
  }

  /** Uploads a file, whose preview or refusal follows. */
  async upload(file: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
    await this.open('/import');
    await this.file.setInputFiles(file);
    await this.press('Continue');
  }

  /** Uploads a file and imports it as it is; the report follows. */
  async import(file: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
    await this.upload(file);
    await this.confirmImport();
  }

  /** What a column of a table becomes. */
  becomes(header: string): Locator {
    return this.page.getByLabel(`“${header}” becomes`);
  }

  async confirmImport(): Promise<void> {
    await this.page.getByRole('button', { name: /^Import [\d,]+ contacts?$/ }).click();
  }

  /** What an import has done. Figures that are not given are 0. */
  async expectReport(figures: {
    added?: number;
    updated?: number;
    existed?: number;
    left?: number;
  }): Promise<void> {
    const { added = 0, updated = 0, existed = 0, left = 0 } = figures;
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Imported');
    await expect(this.page.getByRole('definition')).toHaveText([added, updated, existed, left].map(String));
  }
}
