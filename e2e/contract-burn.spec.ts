import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures';
import type { Answer, Api } from './support/api';
import { expectProblem, goneEverywhere, lookEverywhere, pathsOf } from './support/checks';
import { pasteShape } from './support/shapes';
import { listBlobs, listBodyKeys, query, readEverything } from './support/storage';

const V1 = '/api/v1/pastes';

/** None of it may be told before the reveal. */
const PASTE = {
  title: 'Title before the reveal',
  files: [
    { name: 'name-before-the-reveal.cob', language: 'cobol', content: 'text before the reveal\r\n' },
    { content: 'another text before the reveal' },
  ],
};
const TOLD = ['before the reveal', 'before-the-reveal', 'cobol'];

const UNFURLERS = [
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Slack-ImgProxy (+https://api.slack.com/robots)',
  'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  'TelegramBot (like TwitterBot)',
  'WhatsApp/2.24.1 A',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Twitterbot/1.0',
  'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  'Mozilla/5.0 (compatible; SkypeUriPreview Preview/0.5)',
  'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 MicrosoftPreview/2.0 Teams',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
  'Mozilla/5.0 (Macintosh) AppleWebKit/600.2.5 (KHTML, like Gecko) Applebot/0.1',
  'Mozilla/5.0 Barracuda Sentinel (EE)',
  'Mozilla/5.0 (compatible; Proofpoint URL Defense)',
  'Mattermost-Bot/1.1',
  'Mozilla/5.0 (compatible; redditbot/1.0)',
  'Signal/7.0 Android/34',
  'curl/8.5.0',
];

const HINTS: Record<string, string>[] = [
  {},
  { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' },
  { rsc: '1', 'next-router-prefetch': '1', 'sec-fetch-mode': 'cors' },
  { rsc: '1', 'sec-fetch-mode': 'cors' },
  { accept: 'text/plain' },
];

const newKey = () => randomBytes(16).toString('hex');

function reveal(api: Api, slug: string, headers: Record<string, string> = {}): Promise<Answer> {
  return api.send(`${V1}/${slug}/reveal`, { method: 'POST', headers });
}

/** As a client that was told to come back: what a busy server answers with 503 may be sent again with its key. */
async function revealPatiently(api: Api, slug: string): Promise<Answer> {
  const key = { 'idempotency-key': newKey() };
  for (;;) {
    const answer = await reveal(api, slug, key);
    if (answer.status !== 503) return answer;
  }
}

const readsOf = async (api: Api, slug: string) => (await api.get(`${V1}/${slug}`)).json(pasteShape).reads;

test('the author gets the paste, others an envelope until they reveal it', async ({ api, createPaste }) => {
  const paste = await createPaste({ ...PASTE, burn_after: 2 });
  expect(paste).toMatchObject({ title: PASTE.title, burn_after: 2, reads: 0 });
  const envelope = (await api.get(`${V1}/${paste.slug}`)).json(pasteShape);
  expect(envelope).toMatchObject({ title: '', files: [], burn_after: 2, reads: 0 });
  for (const reads of [1, 2]) {
    const answer = await reveal(api, paste.slug);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    const revealed = answer.json(pasteShape);
    expect(revealed).toMatchObject({ title: PASTE.title, burn_after: 2, reads });
    expect(revealed.files.map(({ content }) => content)).toEqual(PASTE.files.map(({ content }) => content));
    if (reads === 1) expect(await readsOf(api, paste.slug)).toBe(1);
  }
  expectProblem(await reveal(api, paste.slug), 404, 'not_found');
  expect(await lookEverywhere(api, paste.slug)).toEqual(goneEverywhere(paste.slug));
});

test('a terminal client may ask for it', async ({ api }) => {
  const answer = await api.postText('?burn_after=1', 'from a terminal');
  expect(answer.status, answer.text).toBe(201);
  const slug = new URL(answer.text.trim()).pathname.slice(1);
  expectProblem(await api.get(`/${slug}`, { accept: 'text/plain' }), 403, 'reveal_required');
  expect((await reveal(api, slug)).json(pasteShape).files[0]?.content).toBe('from a terminal');
});

test('what cannot burn is rejected', async ({ api }) => {
  for (const burn_after of [0, 101, 1.5, -1, '1', true, []]) {
    expectProblem(await api.post(V1, { content: 'x', burn_after }), 422, 'validation_failed');
  }
  for (const burn_after of ['0', '101', '1.5', '', '1e1', 'x']) {
    expectProblem(await api.postText(`?burn_after=${burn_after}`, 'x'), 422, 'validation_failed');
  }
  expectProblem(await api.post(V1, { content: 'x', burn_after: 1, visibility: 'public' }), 422);
  const never = await api.create({ content: 'x', burn_after: null });
  expect(never).toMatchObject({ burn_after: null, reads: null });
  await api.remove(never);
});

test('of parallel reveals exactly as many disclose the text as the author allowed', async ({
  api,
  createPaste,
}) => {
  for (const burn_after of [1, 1, 1, 1, 1, 5]) {
    const { slug } = await createPaste({ content: 'exactly', burn_after });
    const answers = await Promise.all(Array.from({ length: 100 }, () => revealPatiently(api, slug)));
    expect(answers.filter(({ text }) => text.includes('exactly'))).toHaveLength(burn_after);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(burn_after);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(100 - burn_after);
  }
});

test('the same key counts once and gets the same answer for a minute', async ({
  api,
  sheaf,
  createPaste,
}) => {
  const { slug } = await createPaste({ content: 'once', burn_after: 1 });
  const key = { 'idempotency-key': newKey() };
  const parallel = await Promise.all(Array.from({ length: 10 }, () => reveal(api, slug, key)));
  const again = await reveal(api, slug, key);
  for (const answer of [...parallel, again]) expect(answer.status).toBe(200);
  expect(new Set([...parallel, again].map(({ text }) => text)).size).toBe(1);
  expect(parallel.filter(({ headers }) => headers.has('idempotent-replayed'))).toHaveLength(9);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  for (const other of [undefined, { 'idempotency-key': newKey() }]) {
    expectProblem(await reveal(api, slug, other), 404, 'not_found');
  }
  const pass = `update reveals set at = at - interval '60 seconds' where paste_id = (
    select id from pastes where slug = $1)`;
  await query(sheaf.databaseUrl, pass, [slug]);
  expectProblem(await reveal(api, slug, key), 404, 'not_found');
});

test('after the minute and a sweep nothing of it is stored', async ({
  api,
  sheaf,
  cronSecret,
  createPaste,
}) => {
  const mark = randomBytes(16).toString('hex');
  const { slug } = await createPaste({
    title: `Title ${mark}`,
    files: [{ name: `name-${mark}.txt`, content: `text ${mark}` }],
    burn_after: 1,
  });
  const keys = await listBodyKeys(sheaf.databaseUrl, slug);
  expect((await reveal(api, slug)).text).toContain(`text ${mark}`);
  expect(await readEverything(sheaf.databaseUrl)).toContain(mark);
  const pass = `update reveals set at = at - interval '60 seconds' where paste_id = (
    select id from pastes where slug = $1)`;
  await query(sheaf.databaseUrl, pass, [slug]);
  await expect
    .poll(async () => {
      await api.get('/api/cron/sweep', { authorization: `Bearer ${cronSecret}` });
      const stored = await readEverything(sheaf.databaseUrl);
      return [mark, ...keys].filter((one) => stored.includes(one));
    })
    .toEqual([]);
  const blobs = sheaf.blobFolder === null ? [] : await listBlobs(sheaf.blobFolder);
  expect(blobs.filter((blob) => keys.some((key) => blob.endsWith(key)))).toEqual([]);
});

test('a key is not used again after its minute', async ({ api, sheaf, createPaste }) => {
  const { slug } = await createPaste({ content: 'twice', burn_after: 2 });
  const key = { 'idempotency-key': newKey() };
  await reveal(api, slug, key);
  const pass = `update reveals set at = at - interval '60 seconds' where paste_id = (
    select id from pastes where slug = $1)`;
  await query(sheaf.databaseUrl, pass, [slug]);
  expectProblem(await reveal(api, slug, key), 403, 'reveal_required');
  expect(await readsOf(api, slug)).toBe(1);
});

test('a key that can be guessed is rejected, and counts nothing', async ({ api, createPaste }) => {
  const { slug } = await createPaste({ content: 'x', burn_after: 1 });
  for (const key of ['', 'short', 'a'.repeat(129), 'with a space in the key']) {
    expectProblem(await reveal(api, slug, { 'idempotency-key': key }), 422, 'validation_failed');
  }
  const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  for (const [body, status] of [
    [`nonce=${newKey()}`, 403],
    ['nonce=', 422],
    ['', 422],
    ['x'.repeat(5_000), 413],
  ] as const) {
    expectProblem(await api.send(`/${slug}/download`, { ...form, body }), status);
  }
  expect(await readsOf(api, slug)).toBe(0);
});

test('a private paste first asks for the right to read', async ({ api, sheaf, createPaste }) => {
  const { slug } = await createPaste({ content: 'x', burn_after: 1 });
  await query(sheaf.databaseUrl, `update pastes set visibility = 'private' where slug = $1`, [slug]);
  expectProblem(await reveal(api, slug), 404, 'not_found');
  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
});

test('its author may shorten its lifetime or delete it, and change nothing else', async ({
  api,
  createPaste,
}) => {
  const paste = await createPaste({ ...PASTE, burn_after: 1, expires_in: '1d' });
  const path = `${V1}/${paste.slug}`;
  const patch = (json: unknown) => api.send(path, { method: 'PATCH', json, editKey: paste.edit_key });
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString();
  for (const change of [
    { title: 'x' },
    { content: 'x' },
    { visibility: 'public' },
    { expires_in: '2w' },
    { expires_in: 'never' },
    { expires_at: inTwoDays },
    { expires_at: null },
  ]) {
    expectProblem(await patch(change), 422, 'validation_failed');
  }
  const inTwelveHours = new Date(Date.now() + 43_200_000).toISOString();
  expect((await patch({ expires_at: inTwelveHours })).json(pasteShape).expires_at).toBe(inTwelveHours);
  const changed = await patch({ expires_in: '1h' });
  expect(changed.status, changed.text).toBe(200);
  expect(changed.json(pasteShape)).toMatchObject({ title: '', files: [] });
  for (const below of ['/revisions', '/revisions/1']) {
    expectProblem(await api.send(path + below, { editKey: paste.edit_key }), 404, 'not_found');
  }
  const ifMatch = { 'if-match': changed.headers.get('etag') ?? '' };
  const removed = await api.send(path, { method: 'DELETE', editKey: paste.edit_key, headers: ifMatch });
  expect(removed.status).toBe(204);
  expectProblem(await reveal(api, paste.slug), 404, 'not_found');
});

test('a cached envelope is not current after a read', async ({ api, createPaste }) => {
  const { slug } = await createPaste({ content: 'x', burn_after: 2 });
  const etag = (await api.get(`${V1}/${slug}`)).headers.get('etag') ?? '';
  expect((await api.get(`${V1}/${slug}`, { 'if-none-match': etag })).status).toBe(304);
  await reveal(api, slug);
  expect((await api.get(`${V1}/${slug}`, { 'if-none-match': etag })).status).toBe(200);
});

test('no GET and no HEAD of any client counts or tells anything', async ({ api, sheaf, createPaste }) => {
  test.slow();
  const { slug } = await createPaste({ ...PASTE, burn_after: 1 });
  const paths = [
    ...pathsOf(slug),
    `/${slug}?saved`,
    `/${slug}?view=source`,
    `/${slug}/raw/2`,
    `/${slug}/edit`,
    `/${slug}/history`,
    `/${slug}/share`,
    `/${slug}.txt`,
    `/?from=${slug}`,
    `${V1}/${slug}/revisions`,
    `${V1}/${slug}/reveal`,
    `${V1}?q=${encodeURIComponent(PASTE.title)}`,
  ];
  for (const [index, agent] of UNFURLERS.entries()) {
    const hints = index === 0 ? HINTS : [HINTS[index % HINTS.length] ?? {}];
    for (const hint of hints) {
      const headers = { 'user-agent': agent, ...hint };
      const asked = paths.flatMap((path) => ['GET', 'HEAD'].map((method) => ({ method, path })));
      // Not by `api`: Next redirects prefetches of the API, which its document does not describe.
      const told = await Promise.all(
        asked.map(async ({ method, path }) => {
          const answer = await fetch(sheaf.url + path, { method, headers, redirect: 'manual' });
          const where = `${method} ${path} by ${agent}`;
          expect(answer.status, where).toBeLessThan(500);
          return { where, all: ((await answer.text()) + JSON.stringify([...answer.headers])).toLowerCase() };
        }),
      );
      for (const { where, all } of told) {
        for (const secret of TOLD) expect(all.includes(secret), `${secret} in ${where}`).toBe(false);
      }
    }
  }
  expect(await readsOf(api, slug)).toBe(0);
  expect((await reveal(api, slug)).json(pasteShape)).toMatchObject({ title: PASTE.title, reads: 1 });
});
