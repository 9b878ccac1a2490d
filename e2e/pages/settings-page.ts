import { expect, type Locator, type Page } from 'playwright/test';
import { statusOfPost } from '../support/browser-checks';

interface NewToken {
  name: string;
  scopes: readonly string[];
  expires?: string;
}

/** The settings pages. */
export class SettingsPage {
  readonly said: Locator;
  readonly alert: Locator;
  readonly name: Locator;
  readonly username: Locator;
  readonly picture: Locator;
  readonly devices: Locator;
  readonly events: Locator;
  readonly tokens: Locator;
  readonly newToken: Locator;

  constructor(readonly page: Page) {
    this.said = page.getByRole('main').getByRole('status').first();
    this.alert = page.getByRole('main').getByRole('alert');
    this.name = page.getByRole('textbox', { name: 'Name', exact: true });
    this.username = page.getByRole('textbox', { name: 'Username' });
    this.picture = page.getByRole('region', { name: 'Profile picture' }).locator('img');
    this.devices = page.getByRole('region', { name: 'Devices' }).locator('ul > li:has(> div)');
    this.events = page.getByRole('region', { name: 'Recent events' }).locator('ol > li');
    this.tokens = page.getByRole('region', { name: 'Your tokens' }).locator('ul > li:has(> div)');
    this.newToken = page.getByRole('textbox', { name: 'Your new token' });
  }

  async open(path = ''): Promise<void> {
    const answer = await this.page.goto(`/settings${path}`);
    expect(answer?.status()).toBe(200);
  }

  /** Presses the button; the status of what the form was answered with. */
  async press(name: string): Promise<number> {
    const button = this.page.getByRole('button', { name, exact: true });
    return statusOfPost(this.page, () => button.click());
  }

  async saveProfile({ name, username }: { name: string; username: string }): Promise<number> {
    await this.name.fill(name);
    await this.username.fill(username);
    return this.press('Save profile');
  }

  async upload(file: { name: string; type: string; bytes: Buffer }): Promise<number> {
    await this.page
      .getByLabel('Choose an image')
      .setInputFiles({ name: file.name, mimeType: file.type, buffer: file.bytes });
    return this.press('Upload picture');
  }

  async changePassword(given: { current: string; next: string; again?: string }): Promise<number> {
    await this.page.getByLabel('Current password').fill(given.current);
    await this.page.getByLabel('New password', { exact: true }).fill(given.next);
    await this.page.getByLabel('Repeat new password').fill(given.again ?? given.next);
    return this.press('Change password');
  }

  async changeEmail({ email, password }: { email: string; password: string }): Promise<number> {
    await this.page.getByRole('textbox', { name: 'New email' }).fill(email);
    await this.page.getByLabel('Your password').fill(password);
    return this.press('Send link');
  }

  async makeToken({ name, scopes, expires }: NewToken): Promise<number> {
    await this.name.fill(name);
    for (const scope of scopes) await this.page.getByRole('checkbox', { name: scope, exact: true }).check();
    if (expires !== undefined) {
      await this.page.getByRole('combobox', { name: 'Expires' }).selectOption({ label: expires });
    }
    return this.press('Create token');
  }

  async deleteAccount(password: string): Promise<number> {
    await this.page.getByLabel('Your password').fill(password);
    return this.press('Delete account permanently');
  }

  async expectSignedIn(): Promise<void> {
    await this.open();
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  }

  async expectSignedOut(): Promise<void> {
    await this.page.goto('/settings');
    await expect(this.page).toHaveURL(/\/login\?next=/);
  }
}
