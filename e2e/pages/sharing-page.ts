import type { Locator, Page } from 'playwright/test';

/** Where the owner of a paste says whom it is shared with. */
export class SharingPage {
  readonly addresses: Locator;
  readonly role: Locator;
  readonly submit: Locator;
  readonly status: Locator;

  constructor(readonly page: Page) {
    const form = page.getByRole('form', { name: 'Add people' });
    this.addresses = form.getByRole('textbox', { name: /email addresses/i });
    this.role = form.getByRole('combobox', { name: 'Role' });
    this.submit = form.getByRole('button', { name: 'Share', exact: true });
    this.status = page.getByRole('status').filter({ hasText: /\S/ });
  }

  async open(slug: string): Promise<void> {
    await this.page.goto(`/${slug}/share`);
  }

  /** One of those it is shared with, by name or address. */
  row(name: string): Locator {
    return this.page
      .getByRole('region', { name: 'Shared with' })
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('button', { name: `Stop sharing with ${name}`, exact: true }) });
  }

  person(name: string): Locator {
    return this.page
      .getByRole('group', { name: 'Your contacts' })
      .getByRole('checkbox', { name: new RegExp(`^${name} \\S+@`) });
  }

  async revoke(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Stop sharing with ${name}`, exact: true }).click();
  }

  async changeRole(name: string, role: string): Promise<void> {
    await this.page.getByRole('combobox', { name: `Role of ${name}`, exact: true }).selectOption(role);
    await this.page.getByRole('button', { name: `Save the role of ${name}`, exact: true }).click();
  }
}

/** Where a personal link leads in a browser that is not known yet. */
export class CodePage {
  readonly heading: Locator;
  readonly send: Locator;
  readonly code: Locator;
  readonly open: Locator;

  constructor(readonly page: Page) {
    this.heading = page.getByRole('heading', { level: 1 });
    this.send = page.getByRole('button', { name: 'Send me a code' });
    this.code = page.getByRole('textbox', { name: 'Code' });
    this.open = page.getByRole('button', { name: 'Open', exact: true });
  }

  async enter(code: string): Promise<void> {
    await this.code.fill(code);
    await this.open.click();
  }
}

/** The sheet over one's own paste. */
export class ShareSheet {
  readonly dialog: Locator;
  readonly people: Locator;
  readonly chips: Locator;
  readonly submit: Locator;
  readonly shares: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Share', exact: true });
    this.people = this.dialog.getByRole('combobox', { name: 'People' });
    this.chips = this.dialog.getByRole('list', { name: 'Not shared yet' }).getByRole('listitem');
    this.submit = this.dialog.getByRole('button', { name: 'Share', exact: true });
    this.shares = this.dialog.getByRole('region', { name: 'Shared with' }).getByRole('listitem');
  }

  /** Before its script runs, the button opens a panel with the link of a page. */
  async open(): Promise<void> {
    await this.page.locator('main[data-aided]').waitFor();
    await this.page.getByRole('button', { name: 'Share', exact: true }).click();
    await this.people.waitFor();
  }

  async paste(text: string): Promise<void> {
    await this.people.evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }
}
