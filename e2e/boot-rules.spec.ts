import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright/test';
import { expect, test } from './fixtures';
import { AccessPage } from './pages/access-page';
import { ComposerPage } from './pages/composer-page';
import { newcomer } from './support/accounts';
import { Api } from './support/api';
import { findAccessibilityFaults } from './support/browser-checks';
import { linkIn, waitForMail } from './support/mail';
import { newMember } from './support/member';
import {
  Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
} from './support/mounts';

const MOUNTS = ['front', 'next'] as const;
const IMPRINT = 'https://example.org/imprint';
const NOTICE = 'Texts on this instance are for the staff of Example.';

const RULES = {
  WHO_CAN_CREATE: 'members',
  WHO_CAN_READ: 'members',
  WHO_CAN_REGISTER: 'invited',
  PUBLIC_FEED: 'false',
  MAX_LIFETIME_MEMBER: '1mo',
  NOTICE,
  IMPRINT_URL: IMPRINT,
};

const cleanup = new Cleanup();
const urls: Partial<Record<(typeof MOUNTS)[number], string>> = {};
let databaseUrl: string;
let mailFolder: string;

test.beforeAll(async () => {
  databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  mailFolder = await makeFolder(cleanup);
  const env = { ...serviceVariables({ databaseUrl, store }), ...RULES, MAIL_DIR: mailFolder };
  const front = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => front.stop());
  const next = await startNext(env);
  cleanup.add(() => next.stop());
  urls.front = front.url;
  urls.next = next.url;
});

test.afterAll(() => cleanup.run());

async function visit(page: Page, address: string): Promise<number | undefined> {
  return (await page.goto(address))?.status();
}

for (const mount of MOUNTS) {
  test.describe(`a closed instance, on ${mount}`, () => {
    const sheaf = () => ({ url: urls[mount] ?? '', databaseUrl });

    test('a visitor is asked to sign in, and comes back to the paste', async ({ page, browser }) => {
      const { url } = sheaf();
      const context = await browser.newContext();
      const member = await newMember(sheaf(), context);
      const author = await context.newPage();
      const composer = new ComposerPage(author);
      await composer.openEditor(`${url}/`);
      await composer.text.fill('otters at dusk');
      await author.getByRole('button', { name: /^Create link/ }).click();
      await author.waitForURL(/saved/);
      const path = new URL(author.url()).pathname;

      expect(await visit(page, url + path)).toBe(401);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Members only');
      await expect(page).toHaveTitle(/^Members only/);
      expect(await page.content()).not.toContain('otters at dusk');
      expect(await findAccessibilityFaults(page)).toEqual([]);
      const absent = await new Api(url).get('/Absent-paste-1');
      expect(absent.status).toBe(401);

      await page.getByRole('link', { name: 'Sign in' }).last().click();
      await new AccessPage(page).enter(member.username, member.password);
      await page.waitForURL(url + path);
      await expect(page.getByText('otters at dusk')).toBeVisible();
      await context.close();
    });

    test('pages without lists say so, and offer only what is allowed', async ({ page }) => {
      const { url } = sheaf();
      expect(await visit(page, `${url}/`)).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Members only');
      await expect(page.getByRole('contentinfo')).toContainText(NOTICE);
      await expect(page.getByRole('link', { name: 'Imprint' })).toHaveAttribute('href', IMPRINT);
      await expect(page.getByRole('link', { name: 'Explore' })).toHaveCount(0);
      await expect(page.getByRole('link', { name: 'Register' })).toHaveCount(0);
      expect(await visit(page, `${url}/explore`)).toBe(401);

      const member = await newMember(sheaf(), page.context());
      expect(await visit(page, `${url}/explore`)).toBe(403);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lists are turned off');
      expect(await visit(page, `${url}/u/${member.username}`)).toBe(200);
      await page.goto(`${url}/`);
      const values = (name: string) =>
        page
          .locator(`select[name=${name}] option`)
          .evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
      expect(await values('visibility')).toEqual(['unlisted', 'private']);
      expect(await values('lifetime')).toEqual(['10m', '1h', '1d', '1w', '2w', '1mo', 'at']);
      await expect(page.locator('select[name=lifetime]')).toHaveValue('1w');
    });

    test('an account is created by invitation', async ({ page, browser }) => {
      const { url } = sheaf();
      expect(await visit(page, `${url}/register`)).toBe(403);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Invitation required');
      const context = await browser.newContext();
      await newMember(sheaf(), context, { role: 'admin' });
      const email = `${randomUUID().slice(0, 8)}@example.com`;
      const admin = await context.newPage();
      await admin.goto(`${url}/admin`);
      const form = admin.getByRole('region', { name: 'Invite' });
      await form.getByLabel('Email').fill(email);
      await form.getByRole('button', { name: 'Send invitation' }).click();
      await expect(form.getByText(`An invitation is on its way to ${email}.`)).toBeVisible();
      await context.close();
      const link = linkIn(await waitForMail(mailFolder, email), '/register');
      expect(await visit(page, `${url}/register${link.search}`)).toBe(200);
      const access = new AccessPage(page);
      await expect(access.email).toHaveValue(email);
      const { username, password } = newcomer();
      await access.username.fill(username);
      await access.password.fill(password);
      await access.passwordAgain.fill(password);
      await access.press('Create account');
      await expect(access.heading).toHaveText('Check your inbox');
    });
  });
}
