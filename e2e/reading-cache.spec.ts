import { createHash } from 'node:crypto';
import { get, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { BrowserContext } from 'playwright/test';
import { expect } from './fixtures';
import { expectCommonHeaders } from './support/checks';
import { test } from './support/member';
import { makePastesOlder, query } from './support/storage';

/*
 * The front keeps finished pages in memory. What one reader's request holds must never show on the page of
 * another, and a change must show at once.
 */

async function read(context: BrowserContext, path: string, headers: Record<string, string> = {}) {
  const answer = await context.request.get(path, { headers });
  return { status: answer.status(), html: await answer.text() };
}

/** The body as it is sent, which `fetch` decodes. */
function getBytes(url: string, accepted: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': accepted } }, (response) => {
      buffer(response).then((body) => resolve({ headers: response.headers, body }), reject);
    });
    request.on('error', reject);
  });
}

test('cookies, Host and Accept-Language of one request do not show in the next', async ({
  context,
  sheaf,
  createPaste,
}) => {
  const { slug } = await createPaste({ title: 'Kept', content: 'text' });
  await makePastesOlder(sheaf.databaseUrl);
  const clean = await read(context, `/${slug}`);
  const odd: Record<string, string>[] = [
    { host: 'evil.test' },
    { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'evil' },
    { 'accept-language': 'ru, evil' },
    { cookie: 'sheaf_theme=dark; sheaf_locale=ru; sheaf_wrap=on; sheaf_views=markdown-source.csv-rendered' },
    { cookie: 'sheaf_views="><evil>.markdown-evil' },
    { cookie: 'sheaf_theme="><evil>; sheaf_wrap="><evil>; sheaf_locale=evil' },
    { cookie: `sheaf_session=evil; sheaf_shares=evil; sheaf_edit_keys=${slug}~evil` },
    { 'user-agent': 'Mozilla/5.0 evil', accept: 'text/html, evil' },
    { 'x-sheaf-path': '/evil', 'x-sheaf-client': 'evil' },
  ];
  for (const headers of odd) {
    const { status, html } = await read(context, `/${slug}`, headers);
    expect(status, JSON.stringify(headers)).toBe(200);
    expect(html).not.toContain('evil');
    expect((await read(context, `/${slug}`)).html, JSON.stringify(headers)).toBe(clean.html);
  }
  expect(clean.html).toContain(`content="${sheaf.url}/${slug}"`);
});

test('a query is written to the page of its own request only, and escaped', async ({
  context,
  sheaf,
  createPaste,
}) => {
  const { slug } = await createPaste({ content: 'text' });
  await makePastesOlder(sheaf.databaseUrl);
  const clean = await read(context, `/${slug}`);
  for (const parameters of ['a="><evil>', 'view=evil', 'view=source&view=evil', 'a[]=evil&__proto__=evil']) {
    const { status, html } = await read(context, `/${slug}?${parameters}`);
    expect(status).toBe(200);
    expect(html).not.toContain('<evil');
    expect(html).not.toContain('"evil');
    expect((await read(context, `/${slug}`)).html).toBe(clean.html);
  }
});

test('a view that one reader remembers does not show to another', async ({ context, sheaf, createPaste }) => {
  const files = [
    { name: 'a.md', content: '# Words' },
    { name: 'b.csv', content: 'city,since\nOslo,1048\n' },
  ];
  const { slug } = await createPaste({ files });
  await makePastesOlder(sheaf.databaseUrl);
  const views = async (chosen: string) => {
    const { html } = await read(context, `/${slug}`, { cookie: `sheaf_views=${chosen}` });
    return [...html.matchAll(/aria-current="true"[^>]*data-shows="(\S+) views-\d"/g)].map(([, view]) => view);
  };
  for (let n = 0; n < 2; n += 1) {
    expect(await views('')).toEqual(['rendered', 'rendered']);
    expect(await views('markdown-source')).toEqual(['source', 'rendered']);
    expect(await views('csv-source')).toEqual(['rendered', 'source']);
    expect(await views('markdown-source.csv-source')).toEqual(['source', 'source']);
    // What has no view of this name is as not chosen.
    expect(await views('markdown-evil.csv-split')).toEqual(['rendered', 'rendered']);
  }
});

test('pastes with the same text have pages of their own', async ({ context, createPaste }) => {
  const files = [{ name: 'a.txt', content: 'the same text' }];
  const [one, two] = [await createPaste({ title: 'One', files }), await createPaste({ title: 'Two', files })];
  for (let n = 0; n < 2; n += 1) {
    expect((await read(context, `/${one.slug}`)).html).toContain('<bdi>One</bdi>');
    expect((await read(context, `/${two.slug}`)).html).toContain('<bdi>Two</bdi>');
  }
});

test('each reader gets a header of their own', async ({
  context,
  otherPage,
  createPaste,
  newMember,
  sheaf,
}) => {
  const { slug } = await createPaste({ content: 'text' });
  const ada = await newMember(context, { called: 'ada' });
  const other = otherPage.context();
  const grace = await newMember(other, { called: 'grace' });
  expect(await (await fetch(`${sheaf.url}/${slug}`)).text()).toContain('>Sign in<');
  for (let n = 0; n < 2; n += 1) {
    const [byAda, byGrace] = [await read(context, `/${slug}`), await read(other, `/${slug}`)];
    expect(byAda.html).toContain(ada.username);
    expect(byAda.html).not.toContain(grace.username);
    expect(byGrace.html).toContain(grace.username);
    expect(byGrace.html).not.toContain(ada.username);
  }
});

test('what an author may do shows on their page only, and as long as they may', async ({
  context,
  otherPage,
  createOwn,
  createPaste,
  newMember,
  sheaf,
}) => {
  const author = await newMember(context);
  const editor = await newMember(otherPage.context());
  const own = await createOwn(author, { content: 'text', visibility: 'public' });
  const ofGuest = await createPaste({ content: 'text' });
  await makePastesOlder(sheaf.databaseUrl);
  const forms = async (by: BrowserContext, slug: string, headers = {}) => {
    const { html } = await read(by, `/${slug}`, headers);
    return [...html.matchAll(/action="\/[^"/]+\/forms\/(\w+)"|href="\/[^"/]+\/(edit)"/g)].map(
      ([, form, edit]) => form ?? edit,
    );
  };
  const guest = async (slug: string) => (await fetch(`${sheaf.url}/${slug}`)).text();
  const key = { cookie: `sheaf_edit_keys=${ofGuest.slug}~${ofGuest.edit_key}` };
  for (let n = 0; n < 2; n += 1) {
    expect(await forms(context, own.slug)).toEqual(['settings', 'delete', 'edit']);
    expect(await forms(otherPage.context(), own.slug)).toEqual([]);
    expect(await guest(own.slug)).not.toContain('/forms/');
    expect(await forms(context, ofGuest.slug, key)).toEqual(['settings', 'delete', 'edit']);
    expect(await forms(context, ofGuest.slug)).toEqual([]);
    expect(await guest(ofGuest.slug)).not.toContain('/forms/');
  }
  await query(
    sheaf.databaseUrl,
    `insert into shares (id, paste_id, email, role, link_hash)
     select gen_random_uuid(), id, $2, 'editor', '' from pastes where slug = $1`,
    [own.slug, editor.email],
  );
  expect(await forms(otherPage.context(), own.slug)).toEqual(['edit']);
  expect((await read(context, `/${own.slug}`)).html).toContain('Shared with one person');
  await query(sheaf.databaseUrl, 'delete from shares where email = $1', [editor.email]);
  expect(await forms(otherPage.context(), own.slug)).toEqual([]);
  // A changed setting is in the forms of the next page.
  await query(
    sheaf.databaseUrl,
    `update pastes set visibility = 'private', settings_version = 7 where slug = $1`,
    [own.slug],
  );
  const { html } = await read(context, `/${own.slug}`);
  expect(html).toContain('value="&quot;1.7&quot;"');
  expect(html).toContain('<option value="private" selected="">');
  await query(sheaf.databaseUrl, `update users set role = 'admin' where id = $1`, [editor.id]);
  expect(await forms(otherPage.context(), own.slug)).toEqual(['hide', 'delete']);
  await query(sheaf.databaseUrl, `update users set role = 'user' where id = $1`, [editor.id]);
  expect((await read(otherPage.context(), `/${own.slug}`)).status).toBe(404);
  await query(sheaf.databaseUrl, 'delete from sessions where user_id = $1', [author.id]);
  expect((await read(context, `/${own.slug}`)).status).toBe(404);
});

test('a new title, name of the author, revision and visibility show at the next request', async ({
  context,
  sheaf,
  newMember,
  createOwn,
}) => {
  const author = await newMember(null, { called: 'old' });
  const { slug } = await createOwn(author, { title: 'Old title', content: 'text', visibility: 'public' });
  const html = async () => (await read(context, `/${slug}`)).html;
  const change = (text: string) => query(sheaf.databaseUrl, text, [slug]);
  expect(await html()).toContain(author.username);
  await change(
    `update users set username = 'n-' || username where id = (select owner_id from pastes where slug = $1)`,
  );
  expect(await html()).toContain(`n-${author.username}`);
  await change(
    `update pastes set title = 'New title', settings_version = settings_version + 1 where slug = $1`,
  );
  expect(await html()).toContain('New title');
  expect(await html()).not.toContain('noindex');
  await change(`update pastes set visibility = 'unlisted' where slug = $1`);
  expect(await html()).toContain('noindex');
  expect(await html()).not.toContain('<title>New title');
  await change(`update pastes set expires_at = now() + interval '70 minutes' where slug = $1`);
  expect(await html()).toContain('in 1 hour');
  for (const gone of [
    `hidden_at = now()`,
    `visibility = 'private'`,
    `expires_at = now()`,
    `deleted_at = now()`,
  ]) {
    await change(
      `update pastes set hidden_at = null, visibility = 'unlisted', expires_at = null where slug = $1`,
    );
    expect((await read(context, `/${slug}`)).status, gone).toBe(200);
    await change(`update pastes set ${gone} where slug = $1`);
    const after = await read(context, `/${slug}`);
    expect(after.status, gone).toBe(404);
    expect(after.html).not.toContain('New title');
  }
});

test('a page is sent in the coding that the client accepts', async ({ sheaf, createPaste }) => {
  const { slug } = await createPaste({ content: 'some text' });
  const decoders: Record<string, (body: Buffer) => Buffer> = {
    br: (body) => brotliDecompressSync(body),
    gzip: (body) => gunzipSync(body),
    none: (body) => body,
  };
  const cases: [accepted: string, coding: string][] = [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', 'none'],
    ['gzip;q=0', 'none'],
    ['unknown, *;q=0.1', 'none'],
  ];
  const pages = new Set<string>();
  for (const [accepted, coding] of [...cases, ...cases]) {
    const { headers, body } = await getBytes(`${sheaf.url}/${slug}`, accepted);
    expect(headers['content-encoding'] ?? 'none', accepted).toBe(coding);
    expect(headers.vary).toContain('Accept-Encoding');
    expect(headers['content-length']).toBe(String(body.length));
    pages.add(decoders[coding]?.(body).toString() ?? '');
  }
  expect(pages.size).toBe(1);
});

test('gives the pages of the front a policy without inline scripts', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'x' });
  for (const path of [`/${paste.slug}`, '/unknownPaste']) {
    const page = await api.get(path);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expectCommonHeaders(page);
    const policy = (page.headers.get('content-security-policy') ?? '').split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    const hashed = policy.find((directive) => directive.startsWith('style-src '));
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page.text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(hashed).toBe(`style-src 'sha256-${hash}'`);
    const scripts = page.text.match(/<script\b.*?<\/script>/gs) ?? [];
    expect(scripts).toEqual([expect.stringMatching(/^<script src="\/assets\/[^"]+" defer=""><\/script>$/)]);
    expect(page.text).not.toMatch(/<[^>]+ (?:style|on[a-z]+)=/);
  }
});
