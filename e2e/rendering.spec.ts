import type { BrowserContext, Page } from 'playwright/test';
import { expect } from './fixtures';
import { bearerFor } from './support/accounts';
import type { Api } from './support/api';
import { type Member, test } from './support/member';
import { makePastesOlder, query } from './support/storage';

/*
 * The front renders the page of a paste, and Next where more is asked of it, from the same components. A
 * parameter that names a step of sharing makes Next render the page; another of the same length does not.
 */
const BY_NEXT = 'confirm';
const BY_FRONT = 'unknown';

interface Sample {
  name: string;
  files: { name?: string; content: string; language?: string }[];
  title?: string;
  visibility?: 'public' | 'unlisted';
  query?: string;
}

const SOURCES: Record<string, string> = {
  'a.ts': 'export const a: number = 1; // one\n\nfunction b() {\n  return "<b>" + `a`;\n}\n',
  'a.py': 'def a(b):\n    return "c" + b  # d\n',
  'a.rs': 'fn main() { println!("{}", 1); }\n',
  'a.go': 'package main\n\nfunc main() {}',
  'a.sql': "select 'a' from b where c > 1;\n",
  'a.html': '<script>alert(1)</script>\n<p class="a">b &amp; c</p>\n',
  'a.css': 'a { color: red }\n',
  'a.sh': '#!/bin/sh\necho "$1" | wc -l\n',
  'a.diff': '--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n',
  'a.yml': 'a: 1\nb:\n  - c\n',
  'a.tex': '\\section{A}\nText\n',
  'no-newline.txt': 'a\n\nb',
  'windows.txt': 'a\r\nb\r\n',
  'blank-lines.txt': '\n\n\na\n\n',
  'невидимый.txt': 'a\u202eb\u200bc\u00a0d\nпаypal\n',
  'מסמך.txt': 'שלום\nab\n',
};

const VIEWS: Record<string, string> = {
  'a.md':
    '# A\n\n*b* [c](https://example.com) <i>d</i>\n\n- [x] e\n\n|a|b|\n|-|-|\n|1|2|\n\n```js\nlet a;\n```\n',
  'a.json': '{"a":[1,2,{"b":null}],"c":"<d>"}',
  'a.csv': 'a,b\n"c, d",e\n',
  'broken.json': '{"a":',
};

const SAMPLES: Sample[] = [
  ...Object.entries(SOURCES).map(([name, content]) => ({ name, files: [{ name, content }] })),
  ...Object.entries(VIEWS).flatMap(([name, content]) =>
    ['', 'view=source&', 'view=rendered&'].map((query) => ({
      name: `${name} ${query}`,
      files: [{ name, content }],
      query,
    })),
  ),
  { name: 'an unnamed file', files: [{ content: 'a\n' }] },
  { name: 'a title', title: 'A "title" & <more>', files: [{ name: 'a.txt', content: 'b' }] },
  { name: 'a title with hidden characters', title: 'a\u202eb', files: [{ content: 'b' }] },
  { name: 'a public paste', visibility: 'public', title: 'Seen by all', files: [{ content: 'a\n' }] },
  {
    name: 'several files',
    files: [
      ...Object.entries({ ...SOURCES, ...VIEWS })
        .slice(-19)
        .map(([name, content]) => ({ name, content })),
      { content: 'x' },
    ],
  },
  {
    name: 'one of several files as source',
    query: 'view=source-1&',
    files: [
      { name: 'a.md', content: '# a' },
      { name: 'a.md', content: '# b' },
    ],
  },
  { name: 'a view that does not exist', query: 'view=<script>&', files: [{ name: 'a.md', content: '# a' }] },
  {
    name: 'a view given twice',
    query: 'view=source&view=source&',
    files: [{ name: 'a.md', content: '# a' }],
  },
];

const SETTINGS: Record<string, string>[] = [
  { sheaf_locale: 'en', sheaf_theme: 'system' },
  { sheaf_locale: 'ru', sheaf_theme: 'light', sheaf_wrap: 'on' },
  { sheaf_locale: 'en', sheaf_theme: 'dark', sheaf_wrap: 'off' },
  { sheaf_locale: 'ru', sheaf_theme: 'unknown', sheaf_wrap: '"><script>' },
];

async function set(context: BrowserContext, url: string, cookies: Record<string, string>): Promise<void> {
  for (const name of ['sheaf_locale', 'sheaf_theme', 'sheaf_wrap']) await context.clearCookies({ name });
  const kept = Object.entries(cookies);
  await context.addCookies(kept.map(([name, value]) => ({ name, value: encodeURIComponent(value), url })));
}

/** Everything a reader gets of a page: what it contains, without scripts, preloads, nonces and comments. */
async function readPage(page: Page, path: string): Promise<{ dom: string; headers: Record<string, string> }> {
  const answer = await page.context().request.get(path);
  const { 'content-security-policy': policy = '', ...headers } = answer.headers();
  expect(policy.includes('nonce-'), path).toBe(path.includes(BY_NEXT));
  const dom = await page.evaluate(normalize, (await answer.text()).replaceAll(BY_NEXT, BY_FRONT));
  return { dom: `${answer.status()}\n${dom}`, headers };
}

/** Runs in the browser. */
function normalize(html: string): string {
  const { documentElement } = new DOMParser().parseFromString(html, 'text/html');
  const dropped =
    'script, style, link[rel="stylesheet"], link[rel="preload"], link[rel="preconnect"], link[rel="expect"], body > div[hidden]';
  for (const element of documentElement.querySelectorAll(dropped)) element.remove();
  const comments = document.createTreeWalker(documentElement, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
  documentElement.normalize();
  for (const element of documentElement.querySelectorAll('*')) {
    for (const name of ['nonce', 'data-precedence']) element.removeAttribute(name);
  }
  const written = (element: Element): string[] => {
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort();
    const inner = [...element.childNodes].flatMap((node) =>
      node instanceof Element ? written(node) : [`"${node.textContent}"`],
    );
    return [`<${element.tagName} ${attributes.join(' ')}>`, ...inner, `</${element.tagName}>`];
  };
  const head = [...documentElement.querySelectorAll('head > *')].map((element) => written(element).join(''));
  const { body } = document.implementation.createHTMLDocument();
  const shown = documentElement.querySelector('body') ?? body;
  const root = [...documentElement.attributes].map(({ name, value }) => `${name}=${value}`).sort();
  return [root.join(' '), ...head.sort(), ...written(shown)].join('\n');
}

async function expectOneLook(page: Page, slug: string, parameters = ''): Promise<void> {
  const byFront = await readPage(page, `/${slug}?${parameters}${BY_FRONT}=1`);
  const byNext = await readPage(page, `/${slug}?${parameters}${BY_NEXT}=1`);
  expect(byFront.dom).toBe(byNext.dom);
  for (const name of [
    'content-type',
    'cache-control',
    'referrer-policy',
    'x-robots-tag',
    'x-frame-options',
  ]) {
    expect(byFront.headers[name], name).toBe(byNext.headers[name]);
  }
}

/** The rules of Next's stylesheet that this page of the front needs and does not contain. Runs in the browser. */
function missingRules([html, stylesheet]: [string, string]): string[] {
  const shown = new DOMParser().parseFromString(html, 'text/html');
  // A comma of its own: not in parentheses, and not escaped.
  const partsOf = (list: string) =>
    list.match(/(?:\\.|\((?:\\.|[^()]|\([^()]*\))*\)|[^,])+/g)?.map((part) => part.trim()) ?? [];
  const rulesOf = (text: string): string[] => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const found: string[] = [];
    const walk = (rules: CSSRuleList) => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule) found.push(...partsOf(rule.selectorText));
        if (rule instanceof CSSGroupingRule) walk(rule.cssRules);
      }
    };
    walk(sheet.cssRules);
    return found;
  };
  const own = new Set(rulesOf(shown.querySelector('style')?.textContent ?? ''));
  const classes = new Set([...shown.querySelectorAll('*')].flatMap((element) => [...element.classList]));
  // Neither the states of an element nor what surrounds it matter here: only rules for other classes are left out.
  const doesMatch = (selector: string) => {
    const outside = selector
      .replace(/^:is\((.*)\)/, '$1')
      .replace(/:(?:not|is|where|has)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, '');
    const named = outside.match(/\.(?:\\.|[\w-])+/g) ?? [];
    return named.every((name) => classes.has(name.slice(1).replace(/\\(.)/g, '$1')));
  };
  return rulesOf(stylesheet).filter((selector) => !own.has(selector) && doesMatch(selector));
}

async function expectAllRules(page: Page, path: string): Promise<void> {
  const { request } = page.context();
  const html = await (await request.get(path)).text();
  const [, href = ''] =
    /<link rel="stylesheet" href="([^"]+)"/.exec(await (await request.get('/')).text()) ?? [];
  const stylesheet = await (await request.get(href)).text();
  expect(stylesheet.length).toBeGreaterThan(10_000);
  expect(await page.evaluate(missingRules, [html, stylesheet] as [string, string])).toEqual([]);
}

async function share(
  api: Api,
  member: Member,
  { slug, ...input }: { slug: string; email: string; role: string },
): Promise<void> {
  const granted = await api.send(`/api/v1/pastes/${slug}/shares`, {
    method: 'POST',
    headers: await bearerFor(api, member),
    json: input,
  });
  expect(granted.status).toBe(201);
}

test.describe('the front and Next render the same page', () => {
  for (const [index, sample] of SAMPLES.entries()) {
    test(`of ${sample.name}`, async ({ page, context, sheaf, createPaste }) => {
      const { title = '', visibility = 'unlisted', files } = sample;
      const { slug } = await createPaste({ title, visibility, files, expires_in: index % 2 ? '1w' : '1d' });
      await makePastesOlder(sheaf.databaseUrl);
      for (const cookies of SETTINGS) {
        await set(context, sheaf.url, cookies);
        await expectOneLook(page, slug, sample.query);
      }
      await expectAllRules(page, `/${slug}?${sample.query ?? ''}`);
    });
  }

  test('to a signed-in reader, of pastes of a guest, of a member and one shared with them', async ({
    page,
    context,
    sheaf,
    createPaste,
    newMember,
    createOwn,
    api,
  }) => {
    const author = await newMember(null);
    const reader = await newMember(context);
    const ofGuest = await createPaste({ content: 'a' });
    const ofMember = await createOwn(author, { content: 'b', visibility: 'public' });
    const shared = await createOwn(author, { content: 'c', visibility: 'private' });
    const unopened = await createOwn(author, { content: 'd', visibility: 'private' });
    await makePastesOlder(sheaf.databaseUrl);
    await share(api, author, { slug: shared.slug, email: reader.email, role: 'reader' });
    await query(sheaf.databaseUrl, 'update shares set opened_at = now() where email = $1', [reader.email]);
    // The header counts it.
    await share(api, author, { slug: unopened.slug, email: reader.email, role: 'reader' });
    for (const cookies of SETTINGS) {
      await set(context, sheaf.url, cookies);
      for (const { slug } of [ofGuest, ofMember, shared]) await expectOneLook(page, slug);
    }
  });

  test('to the author of a paste, also one that is shared, hidden, or changed', async ({
    page,
    context,
    sheaf,
    createOwn,
    newMember,
    api,
  }) => {
    const author = await newMember(context, { name: 'Ada "A." <b>' });
    const files = [
      { name: 'a.md', content: '# a' },
      { name: 'b.csv', content: 'a,b\n1,2\n' },
    ];
    const pastes = {
      private: await createOwn(author, { content: 'a', visibility: 'private' }),
      public: await createOwn(author, { title: 'b', files, visibility: 'public', expires_in: '1w' }),
      shared: await createOwn(author, { content: 'c', visibility: 'private', expires_in: '1d' }),
      hidden: await createOwn(author, { content: 'd', visibility: 'public' }),
    };
    await share(api, author, { slug: pastes.shared.slug, email: 'grace@example.com', role: 'editor' });
    const change = (text: string, { slug }: { slug: string }) => query(sheaf.databaseUrl, text, [slug]);
    await change(
      `update pastes set hidden_at = now(), hidden_reason = '"x" <b>' where slug = $1`,
      pastes.hidden,
    );
    await change('update pastes set revision = 3 where slug = $1', pastes.private);
    await makePastesOlder(sheaf.databaseUrl);
    for (const cookies of SETTINGS) {
      await set(context, sheaf.url, cookies);
      for (const { slug } of Object.values(pastes)) await expectOneLook(page, slug);
      await expectOneLook(page, pastes.public.slug, 'refused=stale&');
      await expectOneLook(page, pastes.public.slug, 'refused=<b>&');
    }
    await expectAllRules(page, `/${pastes.public.slug}?refused=stale`);
    await expectAllRules(page, `/${pastes.hidden.slug}`);
  });

  test('to the holder of an edit key, to an editor and to moderators', async ({
    page,
    context,
    otherPage,
    sheaf,
    createOwn,
    createPaste,
    newMember,
    api,
  }) => {
    const [ofGuest, author] = [await createPaste({ content: 'a' }), await newMember(null)];
    const shared = await createOwn(author, { content: 'b', visibility: 'private' });
    const visible = await createOwn(author, { content: 'c', visibility: 'public' });
    const hidden = await createOwn(author, { content: 'd', visibility: 'public' });
    await query(
      sheaf.databaseUrl,
      `update pastes set hidden_at = now(), hidden_reason = 'x' where slug = $1`,
      [hidden.slug],
    );
    const editor = await newMember(context);
    await share(api, author, { slug: shared.slug, email: editor.email, role: 'editor' });
    await query(sheaf.databaseUrl, 'update shares set opened_at = now() where email = $1', [editor.email]);
    const ring = `${ofGuest.slug}~${ofGuest.edit_key}`;
    await context.addCookies([{ name: 'sheaf_edit_keys', value: ring, url: sheaf.url }]);
    await newMember(otherPage.context(), { role: 'moderator' });
    await makePastesOlder(sheaf.databaseUrl);
    for (const cookies of SETTINGS) {
      await set(context, sheaf.url, cookies);
      for (const { slug } of [ofGuest, shared]) await expectOneLook(page, slug);
      await set(otherPage.context(), sheaf.url, cookies);
      for (const { slug } of [visible, hidden]) await expectOneLook(otherPage, slug);
    }
    await expectAllRules(page, `/${ofGuest.slug}`);
    await expectAllRules(otherPage, `/${visible.slug}`);
    await expectAllRules(otherPage, `/${hidden.slug}`);
  });

  test('where there is no paste', async ({ page, context, sheaf }) => {
    for (const cookies of SETTINGS) {
      await set(context, sheaf.url, cookies);
      await expectOneLook(page, 'abcdefghijkm');
    }
    await expectAllRules(page, '/abcdefghijkm');
  });
});
