import { expect, type Locator, type Page } from 'playwright/test';
import type { Newcomer } from '../support/accounts';

/** The pages by which one comes in: registration, sign-in, and what mailed links lead to. */
export class AccessPage {
  readonly heading: Locator;
  readonly alert: Locator;
  readonly email: Locator;
  readonly username: Locator;
  readonly login: Locator;
  readonly password: Locator;
  readonly newPassword: Locator;
  readonly passwordAgain: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole('main');
    this.heading = main.getByRole('heading', { level: 1 });
    this.alert = main.getByRole('alert');
    this.email = main.getByLabel('Email', { exact: true });
    this.username = main.getByLabel('Username', { exact: true });
    this.login = main.getByLabel('Email or username');
    this.password = main.getByLabel('Password', { exact: true });
    this.newPassword = main.getByLabel('New password', { exact: true });
    this.passwordAgain = main.getByLabel('Repeat password', { exact: true });
  }

  async register({ email, username, password }: Newcomer, again = password): Promise<void> {
    await this.page.goto('/register');
    await this.email.fill(email);
    await this.username.fill(username);
    await this.password.fill(password);
    await this.passwordAgain.fill(again);
    await this.press('Create account');
  }

  /** Opens the link that confirms a new account; a browser that has not registered it enters its password. */
  async confirm(link: URL, password?: string): Promise<void> {
    await this.page.goto(link.href);
    if (password === undefined) await expect(this.password).toBeHidden();
    else await this.password.fill(password);
    await this.press('Confirm and sign in');
    await expect(this.page.getByText('Your email is confirmed, and you are signed in.')).toBeVisible();
  }

  /** Fills in the form of the sign-in page, which is open already, and sends it. */
  async enter(login: string, password: string): Promise<void> {
    await this.login.fill(login);
    await this.password.fill(password);
    await this.press('Sign in');
  }

  async signIn(login: string, password: string, query = ''): Promise<void> {
    await this.page.goto(`/login${query}`);
    await this.enter(login, password);
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: /^Your account/ }).click();
    await this.page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  }

  async askForMail(email: string, button: string): Promise<void> {
    await this.email.fill(email);
    await this.press(button);
  }

  /** Sends the form of a link to choose a new password. */
  async chooseNewPassword(password: string, again = password): Promise<void> {
    await this.newPassword.fill(password);
    await this.passwordAgain.fill(again);
    await this.press('Set password');
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name, exact: true }).click();
  }

  /** Whether the page knows who looks at it, on the next click. */
  async expectSignedIn(isSignedIn: boolean): Promise<void> {
    await this.page.goto('/me');
    await expect(this.page).toHaveURL(isSignedIn ? '/me' : '/login?next=%2Fme');
  }
}
