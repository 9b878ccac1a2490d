import type { Locator, Page } from 'playwright/test';
import { expect } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';
import { ShareSheet } from './pages/sharing-page';
import { findAccessibilityFaults, horizontalOverflow } from './support/browser-checks';
import { type Member, test } from './support/member';
import type { CreatedPaste } from './support/shapes';

/** What docs/accessibility states is what these tests show. */

const GUEST_PAGES = ['/login', '/register', '/forgot-password', '/reset-password?token=x'];
const TABS = 30;
/** The caret marks texts, and the browser the parts of a date. */
const MARKED_INSIDE = 'textarea, [contenteditable="true"], [type="date"]';

function memberPages(slug: string, username: string): string[] {
  return [
    ...['/', '/explore', `/${slug}`, `/${slug}?saved`, `/${slug}/edit`, `/${slug}/history`, `/${slug}/share`],
    ...['/me', '/me/delete', '/shared', `/u/${username}`, '/contacts', '/contacts/new', '/contacts/import'],
    ...[
      '/settings',
      '/settings/account',
      '/settings/account/delete',
      '/settings/security',
      '/settings/tokens',
    ],
    ...['/docs', '/docs/accessibility', '/unknownPaste'],
  ];
}

interface Given {
  newMember: (context: ReturnType<Page['context']>) => Promise<Member>;
  createOwn: (owner: Member, paste: Record<string, unknown>) => Promise<CreatedPaste>;
  page: Page;
}

/** Calls `look` on each page: of a visitor first, then of a member with a paste. */
async function lookAtAll({ newMember, createOwn, page }: Given, look: (path: string) => Promise<void>) {
  for (const path of GUEST_PAGES) {
    await page.goto(path);
    await look(path);
  }
  const member = await newMember(page.context());
  const files = [{ name: 'notes.md', content: `# Notes\n\n${'words '.repeat(40)}\n\n|a|b|\n|-|-|\n|1|2|\n` }];
  const { slug } = await createOwn(member, { title: 'Notes', files, visibility: 'private' });
  for (const path of memberPages(slug, member.username)) {
    await page.goto(path);
    await look(path);
  }
}

test('no page has a fault that axe finds, on a phone and on a screen, in both colours', async ({
  createOwn,
  newMember,
  page,
}) => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  await lookAtAll({ createOwn, newMember, page }, async (path) => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      faults.push(...(await findAccessibilityFaults(page)).map((fault) => `${path} at ${width}: ${fault}`));
    }
  });
  expect(faults).toEqual([]);
});

test('at 400 % zoom, with forced colours and reduced motion, every page can be used', async ({
  createOwn,
  newMember,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const faults: string[] = [];
  await lookAtAll({ createOwn, newMember, page }, async (path) => {
    const overflow = await horizontalOverflow(page);
    if (overflow > 0) faults.push(`${path} is wider by ${overflow} px`);
    faults.push(...(await findUnmarked(page)).map((fault) => `${path}: ${fault}`));
    const moving = await page.evaluate(() => document.getAnimations().length);
    if (moving > 0) faults.push(`${path} moves`);
  });
  expect(faults).toEqual([]);
});

/** What gets the focus by Tab, and is not marked or not in the window. */
async function findUnmarked(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (let pressed = 0; pressed < TABS; pressed += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate((markedInside) => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body || element.matches(markedInside))
        return null;
      const { top, bottom } = element.getBoundingClientRect();
      const name = element.outerHTML.slice(0, 120);
      if (bottom <= 0 || top >= window.innerHeight) return `out of the window: ${name}`;
      const isMarked = (one: Element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      };
      const around = [element, element.parentElement, element.closest('label')];
      return around.some((one) => one && isMarked(one)) ? null : `not marked: ${name}`;
    }, MARKED_INSIDE);
    if (fault) faults.push(fault);
  }
  return faults;
}

async function tabTo(target: Locator): Promise<void> {
  const page = target.page();
  for (let pressed = 0; pressed < 2 * TABS; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}

test('signing in, creating, reading, copying and sharing, with the keyboard; and what is told of it', async ({
  context,
  newMember,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const member = await newMember(null);
  const main = page.getByRole('main');
  await page.goto('/login');
  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading "Sign in" [level=1]
      - textbox "Email or username"
      - textbox "Password"
      - button "Show password"
      - button "Sign in"
      - paragraph:
        - link "Forgot your password?"
  `);
  await tabTo(page.getByRole('textbox', { name: 'Email or username' }));
  await page.keyboard.type(member.username);
  await tabTo(page.getByRole('textbox', { name: 'Password' }));
  await page.keyboard.type(member.password);
  await page.keyboard.press('Enter');

  const composer = new ComposerPage(page);
  await expect(page).toHaveURL('/me');
  await composer.openEditor();
  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading "New paste" [level=1]
      - region "File 1":
        - textbox "File name"
        - combobox "Language"
        - textbox "Text"
      - button "Add file"
      - button "Open files"
      - textbox "Title"
      - combobox "Lifetime"
      - combobox "Visibility"
      - combobox "Burn after"
      - switch "Secret"
      - button "Create link"
  `);
  await expect(composer.text).toBeFocused();
  await page.keyboard.type('one line');
  await tabTo(composer.title);
  await page.keyboard.type('By keyboard');
  await tabTo(page.getByRole('button', { name: 'Create link' }));
  await page.keyboard.press('Enter');

  const paste = new PastePage(page);
  await expect(page.getByRole('region', { name: 'Your link is ready.' })).toMatchAriaSnapshot(`
    - region "Your link is ready.":
      - heading "Your link is ready." [level=2]
      - textbox "Link"
      - button "Copy link"
      - button "QR code"
      - link "Share with people…"
  `);
  await page.goto(await paste.link.inputValue());
  await page.locator('main[data-aided]').waitFor();
  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading "By keyboard" [level=1]
      - list:
        - listitem: Plain text
        - listitem: 8 bytes
        - listitem: 1 line
      - group "Paste actions":
        - button "Copy"
        - button "Copy link"
        - link "Raw"
        - link "Download"
        - button "Wrap"
        - button "More"
      - link "Edit"
      - button "Share"
      - link "History"
      - region "Text of file 1"
  `);
  await tabTo(page.getByRole('button', { name: 'Copy', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('one line');

  const sheet = new ShareSheet(page);
  await tabTo(page.getByRole('button', { name: 'Share', exact: true }));
  await page.keyboard.press('Enter');
  await expect(sheet.people).toBeFocused();
  await page.keyboard.type('ada@example.com,');
  await expect(sheet.dialog).toMatchAriaSnapshot(`
    - dialog "Share":
      - heading "Share" [level=2]
      - button "Close"
      - form "People":
        - list "Not shared yet":
          - listitem:
            - combobox "Role of ada@example.com":
              - option "Can read" [selected]
              - option "Can read and edit"
            - button "Remove ada@example.com"
        - combobox "People"
        - checkbox "Send them an email" [checked]
        - checkbox "Include the title in the email"
        - button "Share"
      - region "Link":
        - button "Copy link"
  `);
  await tabTo(sheet.submit);
  await page.keyboard.press('Enter');
  await expect(sheet.shares).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeFocused();
});
