import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright/test';
import { expect } from '../fixtures';
import { type KeptMail, linkIn, mailsTo } from './mail';
import { test as base } from './member';

export const test = base.extend<{ newPage: () => Promise<Page> }>({
  /** Each in a browser profile of its own. */
  newPage: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await openContext(browser, baseURL);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

function openContext(browser: Browser, baseURL: string | undefined): Promise<BrowserContext> {
  return browser.newContext(baseURL === undefined ? {} : { baseURL });
}

export function newAddress(): string {
  return `guest-${randomBytes(5).toString('hex')}@example.com`;
}

/** Path and query of the personal link in a mail. */
export function personalPath(mail: KeptMail, slug: string): string {
  const { pathname, search } = linkIn(mail, `/${slug}`);
  return pathname + search;
}

/** The only mail to an address that says so. */
export async function waitForSharedMail(mailFolder: string, address: string): Promise<KeptMail> {
  let mails: KeptMail[] = [];
  await expect
    .poll(async () => {
      mails = (await mailsTo(mailFolder, address)).filter(({ subject }) => /shared a paste/.test(subject));
      return mails.length;
    })
    .toBe(1);
  const [mail] = mails;
  if (!mail) throw new Error('unreachable: it was just counted');
  return mail;
}
