import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { PASSWORD } from './support/accounts';
import { Api } from './support/api';
import {
  change,
  create,
  expectAbsent,
  expectSignedIn,
  expectText,
  type Headers,
  logIn,
  V1,
} from './support/instance-checks';
import { newMember } from './support/member';
import {
  Cleanup,
  CRON_SECRET,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
} from './support/mounts';
import { findForm, postFound } from './support/plain-form';
import { query } from './support/storage';
import type { VercelBlobStandIn } from './support/vercel-blob-stand-in';

const MANIFEST = fileURLToPath(new URL('../.next/server/server-reference-manifest.json', import.meta.url));
const AUTH_SECRET = 'a secret that only tests know, of some length';
const EXPIRED = 60;
const KEPT = 10;

/** Of next.config.ts. */
const ID_KEY = btoa('sheaf: the ids of server actions');

const manifestSchema = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
});

const idShape = z.looseObject({ id: z.string() });
const tokenShape = idShape.extend({ token: z.string() });

const sweptShape = z.looseObject({
  pastes_ended: z.number(),
  rows_removed: z.number(),
  complete: z.boolean(),
});

const cleanup = new Cleanup();
let databaseUrl: string;
let store: VercelBlobStandIn;
let fronts: [Api, Api];
let next: Api;

test.beforeAll(async () => {
  databaseUrl = await createDatabase(cleanup, { empty: true });
  store = await startBlobStore(cleanup);
  const env = {
    ...serviceVariables({ databaseUrl, store }),
    AUTH_SECRET,
    // Of all of them, as behind a load balancer: tokens are for this address.
    APP_URL: 'http://localhost:3000',
    MAIL_DIR: await makeFolder(cleanup),
    SWEEP_INTERVAL_SECONDS: '0',
  };
  // At the same time, and on an empty database: both of them migrate.
  const [one, other] = await Promise.all([startOneFront(env), startOneFront(env)]);
  fronts = [one, other];
  const server = await startNext(env);
  cleanup.add(() => server.stop());
  next = new Api(server.url);
});

test.afterAll(() => cleanup.run());

async function startOneFront(env: Record<string, string>): Promise<Api> {
  const front = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => front.stop());
  return new Api(front.url);
}

/** Where a change is made, and where it is looked for: from a front to both others, and from Next to both fronts. */
function directions(): { from: Api; to: [Api, Api] }[] {
  return [
    { from: fronts[0], to: [fronts[1], next] },
    { from: next, to: fronts },
  ];
}

interface Person {
  id: string;
  email: string;
  bearer: Headers;
}

async function join(api: Api, role: 'user' | 'moderator' | 'admin' = 'user'): Promise<Person> {
  const { id, email } = await newMember({ url: api.baseUrl, databaseUrl }, null, { role });
  return { id, email, bearer: await logIn(api, email) };
}

test('two instances that start at the same time on an empty database apply each migration once', async () => {
  const rows = await query(
    databaseUrl,
    `select migration_name from _prisma_migrations group by migration_name
     having count(*) > 1 or bool_or(finished_at is null)`,
  );
  expect(rows).toEqual([]);
});

test.describe('at the next request, another instance', () => {
  test('reads what was created', async () => {
    for (const { from, to } of directions()) {
      const { slug } = await from.create({ content: `created at ${from.baseUrl}` });
      await expectText(to, { slug }, `created at ${from.baseUrl}`);
    }
  });

  test('reads what was edited, also if it has the previous text in memory', async () => {
    for (const { from, to } of directions()) {
      const { slug, edit_key: editKey } = await from.create({ content: 'the first text' });
      await expectText(to, { slug }, 'the first text');
      const etags = await Promise.all(
        to.map(async (api) => (await api.get(`/${slug}/raw`)).headers.get('etag')),
      );
      await change(from, [
        `${V1}/pastes/${slug}`,
        { method: 'PATCH', json: { content: 'the second text' }, editKey },
      ]);
      await expectText(to, { slug }, 'the second text');
      for (const [index, api] of to.entries()) {
        const conditional = await api.get(`/${slug}/raw`, { 'if-none-match': etags[index] ?? '' });
        expect([conditional.status, conditional.text]).toEqual([200, 'the second text']);
      }
    }
  });

  test('has no paste that was deleted', async () => {
    for (const { from, to } of directions()) {
      const paste = await from.create({ content: 'soon deleted' });
      await expectText(to, paste, 'soon deleted');
      expect((await from.remove(paste)).status).toBe(204);
      await expectAbsent(to, paste);
    }
  });

  test('has no paste that was hidden, and has it again', async () => {
    for (const { from, to } of directions()) {
      const moderator = await join(from, 'moderator');
      const { slug } = await from.create({ content: 'soon hidden' });
      await expectText(to, { slug }, 'soon hidden');
      const path = `${V1}/pastes/${slug}/hide`;
      await change(from, [path, { method: 'POST', headers: moderator.bearer, json: { reason: 'x' } }]);
      await expectAbsent(to, { slug });
      await change(from, [path, { method: 'DELETE', headers: moderator.bearer }]);
      await expectText(to, { slug }, 'soon hidden');
    }
  });

  test('has no private paste that is no longer shared', async () => {
    for (const { from, to } of directions()) {
      const [author, friend] = [await join(from), await join(from)];
      const slug = await create(from, {
        headers: author.bearer,
        content: 'between us',
        visibility: 'private',
      });
      const paste = { slug, headers: friend.bearer };
      await expectAbsent(to, paste);
      const share = { email: friend.email, notify: false };
      const shared = await change(from, [
        `${V1}/pastes/${slug}/shares`,
        { method: 'POST', headers: author.bearer, json: share },
      ]);
      await expectText(to, paste, 'between us');
      const { id } = shared.json(idShape);
      await change(from, [`${V1}/shares/${id}`, { method: 'DELETE', headers: author.bearer }]);
      await expectAbsent(to, paste);
    }
  });

  test('rejects a revoked token', async () => {
    for (const { from, to } of directions()) {
      const { bearer } = await join(from);
      const path = `${V1}/users/me/tokens`;
      const json = { name: 'for a script', scopes: ['account'] };
      const created = await change(from, [path, { method: 'POST', headers: bearer, json }]);
      const { id, token } = created.json(tokenShape);
      const personal = { authorization: `Bearer ${token}` };
      await expectSignedIn(to, personal, 200);
      await change(from, [`${path}/${id}`, { method: 'DELETE', headers: bearer }]);
      await expectSignedIn(to, personal, 401);
    }
  });

  test('rejects a session that was signed out, of a client and of a browser', async ({ browser }) => {
    for (const { from, to } of directions()) {
      const { bearer } = await join(from);
      await expectSignedIn(to, bearer, 200);
      await change(from, [`${V1}/auth/logout`, { method: 'POST', headers: bearer }]);
      await expectSignedIn(to, bearer, 401);

      const context = await browser.newContext();
      await newMember({ url: from.baseUrl, databaseUrl }, context);
      const cookies = await context.cookies();
      await context.close();
      const browserHeaders = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
      const statuses = () =>
        Promise.all(to.map(async (api) => (await api.get('/settings', browserHeaders)).status));
      expect(await statuses()).toEqual([200, 200]);
      const out = { method: 'POST', headers: { ...browserHeaders, origin: from.baseUrl } };
      expect((await from.send('/logout', out)).status).toBe(303);
      for (const status of await statuses()) expect(status).not.toBe(200);
    }
  });

  test('rejects the other sessions and the password of an account whose password was changed', async () => {
    for (const { from, to } of directions()) {
      const { email, bearer } = await join(from);
      const other = await logIn(to[0], email);
      await expectSignedIn(to, other, 200);
      const json = { current_password: PASSWORD, new_password: 'another long walk' };
      await change(from, [`${V1}/auth/change-password`, { method: 'POST', headers: bearer, json }]);
      await expectSignedIn(to, other, 401);
      await expectSignedIn(to, bearer, 200);
      for (const api of to) {
        expect((await api.post(`${V1}/auth/login`, { email, password: PASSWORD })).status).toBe(401);
        await logIn(api, email, json.new_password);
      }
    }
  });

  test('rejects a banned user, and shows none of their pastes', async () => {
    for (const { from, to } of directions()) {
      const [admin, user] = [await join(from, 'admin'), await join(from)];
      const slug = await create(from, { headers: user.bearer, content: 'x', visibility: 'public' });
      for (const api of to) expect(await api.listFeed()).toContain(slug);
      await expectSignedIn(to, user.bearer, 200);
      const ban = { method: 'PATCH', headers: admin.bearer, json: { banned: true } };
      await change(from, [`${V1}/admin/users/${user.id}`, ban]);
      await expectSignedIn(to, user.bearer, 401);
      for (const api of to) {
        const again = await api.post(`${V1}/auth/login`, { email: user.email, password: PASSWORD });
        expect(again.status).toBe(403);
        expect(await api.listFeed()).not.toContain(slug);
        expect((await api.get(`/${slug}/raw`)).status).toBe(404);
      }
    }
  });

  test('counts on where a limit was counted', async () => {
    const { bearer } = await join(next);
    const remaining: number[] = [];
    for (const api of [...fronts, next, ...fronts, next]) {
      const request = { method: 'POST', headers: bearer, json: { content: 'x' } };
      const { headers } = await change(api, [`${V1}/pastes`, request]);
      remaining.push(Number(/;r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]));
    }
    const [first = 0] = remaining;
    expect(first).toBeGreaterThan(0);
    expect(remaining).toEqual([0, 1, 2, 3, 4, 5].map((times) => first - times));
  });
});

test('sweeps of all instances at the same time remove each paste once, and nothing else', async () => {
  const apis = [...fronts, next];
  const createAll = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, n) => apis[n % apis.length]?.create({ content: `paste ${n}` })),
    );
  const slugsOf = (pastes: Awaited<ReturnType<typeof createAll>>) => pastes.map((paste) => paste?.slug ?? '');
  const expired = slugsOf(await createAll(EXPIRED));
  const kept = slugsOf(await createAll(KEPT));
  const expire = `update pastes set expires_at = now() - interval '1 second' where slug = any($1)`;
  await query(databaseUrl, expire, [expired]);
  const sweep = async (api: Api) => {
    const swept = await api.get('/api/cron/sweep', { authorization: `Bearer ${CRON_SECRET}` });
    return swept.json(sweptShape);
  };
  const [sweeps, ...reads] = await Promise.all([
    Promise.all(apis.map(sweep)),
    ...kept.map((slug, n) => apis[n % apis.length]?.get(`/${slug}/raw`)),
  ]);
  expect(reads.map((answer) => answer?.text)).toEqual(kept.map((_, n) => `paste ${n}`));
  expect(sweeps.every(({ complete }) => complete)).toBe(true);
  const total = (read: (swept: z.output<typeof sweptShape>) => number) =>
    sweeps.reduce((sum, swept) => sum + read(swept), 0);
  expect(total((swept) => swept.pastes_ended)).toBe(EXPIRED);
  expect(total((swept) => swept.rows_removed)).toBe(EXPIRED);
  const left = await query(databaseUrl, 'select 1 from pastes where slug = any($1)', [expired]);
  expect(left).toEqual([]);
  const named = await query<{ key: string }>(databaseUrl, `select 'bodies/' || blob_key as key from files`);
  expect([...store.objects.keys()].sort()).toEqual(named.map(({ key }) => key).sort());
  expect(await Promise.all(apis.map(sweep))).toMatchObject(
    apis.map(() => ({ pastes_ended: 0, blobs_removed: 0, rows_removed: 0, strays_removed: 0 })),
  );
});

test('a form of one instance can be posted to another, on the other mount too', async () => {
  for (const [from, to] of [
    [fronts[0], next],
    [next, fronts[0]],
  ] as const) {
    const html = await (await fetch(`${from.baseUrl}/`)).text();
    const form = findForm(html, ['title', 'files.0.content']);
    const content = `rendered by ${from.baseUrl}, posted to ${to.baseUrl}`;
    const fields = { 'files.0.name': '', 'files.0.content': content, intent: 'save' };
    const posted = await postFound(`${to.baseUrl}/`, form, { fields });
    expect(posted.status).toBe(303);
    const slug = posted.headers.get('location')?.slice(1).split('?')[0];
    expect((await from.get(`/${slug}/raw`)).text).toBe(content);
  }
});

test('the id of an action is the same in each build: it depends on its path and its name only', async () => {
  const { node: actions } = manifestSchema.parse(JSON.parse(await readFile(MANIFEST, 'utf8')));
  expect(Object.keys(actions).length).toBeGreaterThan(0);
  for (const [id, { filename, exportedName }] of Object.entries(actions)) {
    const hash = createHash('sha1').update(`${ID_KEY}${filename}:${exportedName}`).digest('hex');
    // The first byte tells which arguments the action takes.
    expect(id.slice(2)).toBe(hash);
  }
});
