import type { Locator, Page } from 'playwright/test';

export interface Typed {
  title?: string;
  fileName?: string;
  text: string;
  lifetime?: string;
  visibility?: string;
}

/** The form that makes a paste and the one that changes it. */
export class ComposerPage {
  readonly title: Locator;
  readonly text: Locator;
  readonly fileName: Locator;
  readonly lifetime: Locator;
  readonly visibility: Locator;
  readonly alert: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole('textbox', { name: 'Title' });
    this.text = page.getByRole('textbox', { name: 'Text' });
    this.fileName = page.getByRole('textbox', { name: 'File name' });
    this.lifetime = page.getByRole('combobox', { name: 'Lifetime' });
    this.visibility = page.getByRole('combobox', { name: 'Visibility' });
    this.alert = page.getByRole('main').getByRole('alert');
  }

  async open(): Promise<void> {
    await this.page.goto('/');
  }

  async fill({ title, fileName, text, lifetime, visibility }: Typed): Promise<void> {
    await this.text.first().fill(text);
    if (title !== undefined) await this.title.fill(title);
    if (fileName !== undefined) await this.fileName.first().fill(fileName);
    if (lifetime !== undefined) await this.lifetime.selectOption({ label: lifetime });
    if (visibility !== undefined) await this.visibility.selectOption({ label: visibility });
  }

  async createLink(): Promise<void> {
    await this.page.getByRole('button', { name: 'Create link' }).click();
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save' }).click();
  }
}
