import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { appoint, join, type Member, newcomer } from './support/accounts';
import type { Api } from './support/api';

const V1 = '/api/v1';
const CLIENTS = 16;
/** One request in so many is for the page, which costs as much as many of the others. */
const PAGE_EVERY = 16;
const slugShape = z.looseObject({ slug: z.string() });
const expiringShape = slugShape.extend({ expires_at: z.string() });
const shareShape = z.looseObject({ id: z.string() });

type Look = (path: string) => Promise<{ status: number; text: string }>;

/** Requests without the checks of `Api`, which cost more than the requests. */
function lookerAt(url: string, headers: Record<string, string> = {}): Look {
  return async (path) => {
    const response = await fetch(url + path, { headers, redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  };
}

/** Keeps many clients reading one paste in every way. @returns stops them, and gives the number of responses */
function hammer(look: Look, slug: () => string): () => Promise<number> {
  let isStopped = false;
  let answered = 0;
  const client = async (_: unknown, number: number) => {
    for (let turn = number; !isStopped; turn += 1) {
      const { status } = await look(surfaces(slug(), turn % PAGE_EVERY === 0)[turn % 2] ?? '');
      expect([200, 404]).toContain(status);
      answered += 1;
    }
  };
  const clients = Array.from({ length: CLIENTS }, client);
  return async () => {
    isStopped = true;
    await Promise.all(clients);
    return answered;
  };
}

function surfaces(slug: string, withPage: boolean): string[] {
  return withPage ? [`/${slug}`, `/${slug}`] : [`/${slug}/raw`, `${V1}/pastes/${slug}`];
}

interface Author {
  send(method: string, path: string, json?: unknown): Promise<string>;
  create(paste?: Record<string, unknown>): Promise<string>;
}

function authorBy(api: Api, { bearer }: Pick<Member, 'bearer'>): Author {
  const send: Author['send'] = async (method, path, json) => {
    const answer = await api.send(V1 + path, {
      method,
      headers: bearer,
      ...(json === undefined ? {} : { json }),
    });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.text;
  };
  return {
    send,
    async create(paste = {}) {
      const made = await send('POST', '/pastes', { content: 'under load', ...paste });
      return slugShape.parse(JSON.parse(made)).slug;
    },
  };
}

/** Reads the paste in each way, each request begun after this was called; the page in some of the rounds. */
async function statusesOf(look: Look, { slug, round }: { slug: string; round: number }): Promise<number[]> {
  const paths = [...surfaces(slug, false), ...(round % PAGE_EVERY === 0 ? [`/${slug}`] : [])];
  const statuses = await Promise.all(paths.map(async (path) => (await look(path)).status));
  return [...new Set(statuses)];
}

test.describe('under load, the next request sees that a paste', () => {
  test('is deleted: 60 rounds', async ({ api, sheaf }) => {
    const author = authorBy(api, await join(api, sheaf));
    const look = lookerAt(sheaf.url);
    let slug = await author.create();
    const stop = hammer(look, () => slug);
    for (let round = 0; round < 60; round += 1) {
      await author.send('DELETE', `/pastes/${slug}`);
      expect(await statusesOf(look, { slug, round }), `round ${round}`).toEqual([404]);
      slug = await author.create();
    }
    expect(await stop()).toBeGreaterThan(60);
  });

  test('is private, and readable again: 60 rounds', async ({ api, sheaf }) => {
    const author = authorBy(api, await join(api, sheaf));
    const look = lookerAt(sheaf.url);
    const slug = await author.create();
    const stop = hammer(look, () => slug);
    for (let round = 0; round < 60; round += 1) {
      const [visibility, status] = round % 2 === 0 ? ['private', 404] : ['unlisted', 200];
      await author.send('PATCH', `/pastes/${slug}`, { visibility });
      expect(await statusesOf(look, { slug, round }), `round ${round}`).toEqual([status]);
    }
    expect(await stop()).toBeGreaterThan(60);
  });

  test('is hidden, and shown again: 30 rounds', async ({ api, sheaf }) => {
    const person = await join(api, sheaf);
    await appoint(sheaf, person, 'moderator');
    const moderator = authorBy(api, person);
    const slug = await authorBy(api, await join(api, sheaf)).create();
    const look = lookerAt(sheaf.url);
    const stop = hammer(look, () => slug);
    for (let round = 0; round < 30; round += 1) {
      const isHidden = round % 2 === 0;
      await moderator.send(
        isHidden ? 'POST' : 'DELETE',
        `/pastes/${slug}/hide`,
        isHidden ? { reason: 'x' } : undefined,
      );
      expect(await statusesOf(look, { slug, round }), `round ${round}`).toEqual([isHidden ? 404 : 200]);
    }
    expect(await stop()).toBeGreaterThan(30);
  });

  test('is no longer shared, and shared again: 20 rounds', async ({ api, sheaf }) => {
    const author = authorBy(api, await join(api, sheaf));
    const friend = await join(api, sheaf);
    const slug = await author.create({ visibility: 'private' });
    const look = lookerAt(sheaf.url, friend.bearer);
    const share = { email: friend.email, notify: false };
    const stop = hammer(look, () => slug);
    for (let n = 0; n < 10; n += 1) {
      const shared = await author.send('POST', `/pastes/${slug}/shares`, share);
      const { id } = shareShape.parse(JSON.parse(shared));
      // A page does not take a bearer token.
      expect(await statusesOf(look, { slug, round: 1 }), `shared, ${n}`).toEqual([200]);
      await author.send('DELETE', `/shares/${id}`);
      expect(await statusesOf(look, { slug, round: 1 }), `no longer shared, ${n}`).toEqual([404]);
    }
    expect(await stop()).toBeGreaterThan(20);
  });

  test('expires: 20 rounds', async ({ api, sheaf }) => {
    const author = authorBy(api, await join(api, sheaf));
    const look = lookerAt(sheaf.url);
    const slugs: string[] = [await author.create()];
    let turn = 0;
    const stop = hammer(look, () => slugs[turn++ % slugs.length] ?? '');
    const rounds = Array.from({ length: 20 }, async (_, round) => {
      const made = await author.send('POST', '/pastes', { content: 'short', expires_in: 'PT2S' });
      const { slug, expires_at } = expiringShape.parse(JSON.parse(made));
      slugs.push(slug);
      while (Date.now() < Date.parse(expires_at)) await sleep(1);
      expect(await statusesOf(look, { slug, round }), `round ${round}`).toEqual([404]);
    });
    await Promise.all(rounds);
    expect(await stop()).toBeGreaterThan(20);
  });

  test('has another text, title or author name: 20 rounds', async ({ api, sheaf }) => {
    const author = authorBy(api, await join(api, sheaf));
    const slug = await author.create();
    const look = lookerAt(sheaf.url);
    const stop = hammer(look, () => slug);
    const { username } = newcomer();
    for (let round = 0; round < 20; round += 1) {
      const value = `${username}-${round}`;
      const isRename = round % 10 === 0;
      if (isRename) await author.send('PATCH', '/users/me', { username: value });
      else await author.send('PATCH', `/pastes/${slug}`, { content: value, title: value });
      const [raw, metadata, page] = await Promise.all(
        [`/${slug}/raw`, `${V1}/pastes/${slug}`, `/${slug}`].map(look),
      );
      if (!isRename) expect(raw?.text).toBe(value);
      expect(JSON.parse(metadata?.text ?? '')).toMatchObject(isRename ? { owner: value } : { title: value });
      expect(page?.text).toContain(value);
    }
    expect(await stop()).toBeGreaterThan(20);
  });

  test('because its author is banned, and there again: 10 rounds', async ({ api, sheaf }) => {
    const [person, boss] = [await join(api, sheaf), await join(api, sheaf)];
    await appoint(sheaf, boss, 'admin');
    const admin = authorBy(api, boss);
    const slug = await authorBy(api, person).create({ visibility: 'public', title: person.username });
    const look = lookerAt(sheaf.url);
    const stop = hammer(look, () => slug);
    for (let round = 0; round < 10; round += 1) {
      const banned = round % 2 === 0;
      await admin.send('PATCH', `/admin/users/${person.uuid}`, { banned });
      const [feed, own] = await Promise.all([
        look(`${V1}/pastes?q=${person.username}`),
        api.get(`/${slug}/raw`, person.bearer),
      ]);
      expect(feed.text.includes(slug), `round ${round}`).toBe(!banned);
      expect(own.status).toBe(401);
      expect(await statusesOf(look, { slug, round }), `round ${round}`).toEqual([banned ? 404 : 200]);
    }
    expect(await stop()).toBeGreaterThan(10);
  });
});
