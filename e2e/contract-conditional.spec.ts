import { expect, test } from './fixtures';
import { appoint, join } from './support/accounts';
import type { Answer, Api } from './support/api';
import { expectProblem } from './support/checks';
import { query } from './support/storage';

const V1 = '/api/v1/pastes';
const ABSENT = 'unknownPaste';

function etagOf(answer: Answer): string {
  return answer.headers.get('etag') ?? 'none';
}

/** Asks again for what was just got. */
async function askAgain(api: Api, path: string, headers: Record<string, string> = {}) {
  const got = await api.get(path, headers);
  expect(got.status, path).toBe(200);
  return { got, again: await api.get(path, { ...headers, 'if-none-match': etagOf(got) }) };
}

function addressesOf(slug: string): string[] {
  return [
    `${V1}/${slug}`,
    `${V1}/${slug}?content=1`,
    `${V1}/${slug}/raw`,
    `${V1}/${slug}/files/1/raw`,
    `/${slug}/raw`,
    `/${slug}/raw/1`,
  ];
}

test('sends nothing again that is held already', async ({ api, createPaste }) => {
  const { slug } = await createPaste({ files: [{ name: 'a.txt', content: 'alpha' }] });
  for (const path of addressesOf(slug)) {
    const { got, again } = await askAgain(api, path);
    expect(again.status, path).toBe(304);
    expect(again.bytes).toHaveLength(0);
    for (const name of ['etag', 'cache-control', 'x-robots-tag', 'content-security-policy']) {
      expect(again.headers.get(name), `${name} of ${path}`).toBe(got.headers.get(name));
    }
    expect(got.headers.get('cache-control')).toBe('private, no-cache');
    const head = await api.send(path, { method: 'HEAD', headers: { 'if-none-match': etagOf(got) } });
    expect(head.status).toBe(304);
    for (const tags of [`W/${etagOf(got)}`, `"another", ${etagOf(got)}`, '*']) {
      expect((await api.get(path, { 'if-none-match': tags })).status, tags).toBe(304);
    }
    for (const tags of ['"another"', '', etagOf(got).slice(1), `${etagOf(got)}x`]) {
      expect((await api.get(path, { 'if-none-match': tags })).status, tags).toBe(200);
    }
  }
});

test('sends a new body only for what a change affects', async ({ api, createPaste }) => {
  const paste = await createPaste({ files: [{ content: 'kept' }, { content: 'before' }] });
  const tags = new Map<string, string>();
  const paths = [...addressesOf(paste.slug), `/${paste.slug}/raw/2`];
  for (const path of paths) tags.set(path, etagOf(await api.get(path)));
  const changed = await api.send(`${V1}/${paste.slug}`, {
    method: 'PATCH',
    json: { files: [{ content: 'kept' }, { content: 'after' }] },
    editKey: paste.edit_key,
  });
  expect(changed.status).toBe(200);
  for (const path of paths) {
    const { status } = await api.get(path, { 'if-none-match': tags.get(path) ?? '' });
    expect(status, path).toBe(/raw(\/1)?$/.test(path) ? 304 : 200);
  }
  const { got, again } = await askAgain(api, `${V1}/${paste.slug}`);
  expect(etagOf(got)).toBe(etagOf(changed));
  expect(again.status).toBe(304);
});

test('gives the bytes of equal texts equal ETags, and those of others others', async ({
  api,
  createPaste,
}) => {
  const { slug } = await createPaste({ files: [{ content: 'one' }, { content: 'one' }, { content: 'two' }] });
  const tags = await Promise.all(
    [1, 2, 3].map(async (n) => etagOf(await api.get(`${V1}/${slug}/files/${n}/raw`))),
  );
  expect(tags[0]).toBe(tags[1]);
  expect(tags[2]).not.toBe(tags[0]);
});

test('checks access before it answers 304', async ({ api, sheaf }) => {
  const owner = await join(api, sheaf);
  const stranger = await join(api, sheaf);
  const made = await api.send(V1, {
    method: 'POST',
    json: { content: 'mine', visibility: 'private' },
    headers: owner.bearer,
  });
  expect(made.status, made.text).toBe(201);
  const { slug } = JSON.parse(made.text) as { slug: string };
  for (const path of addressesOf(slug)) {
    const { again } = await askAgain(api, path, owner.bearer);
    expect(again.status, path).toBe(304);
    for (const headers of [{}, stranger.bearer]) {
      expectProblem(await api.get(path, { ...headers, 'if-none-match': '*' }), 404, 'not_found');
    }
    const wrong = { authorization: 'Bearer nothing', 'if-none-match': '*' };
    expectProblem(await api.get(path, wrong), 401, 'unauthorized');
  }
  await api.send(`${V1}/${slug}`, { method: 'DELETE', headers: owner.bearer });
  for (const path of addressesOf(slug)) {
    expectProblem(await api.get(path, { ...owner.bearer, 'if-none-match': '*' }), 404, 'not_found');
  }
  for (const path of addressesOf(ABSENT)) {
    expectProblem(await api.get(path, { 'if-none-match': '*' }), 404, 'not_found');
  }
});

test('never answers 304 for an expired or hidden paste', async ({ api, sheaf, createPaste }) => {
  const moderator = await join(api, sheaf);
  await appoint(sheaf, moderator, 'moderator');
  const hidden = await createPaste({ content: 'seen' });
  const expired = await createPaste({ content: 'seen' });
  const tags = new Map<string, string>();
  const paths = [hidden, expired].flatMap(({ slug }) => addressesOf(slug));
  for (const path of paths) tags.set(path, etagOf(await api.get(path)));
  await api.send(`${V1}/${hidden.slug}/hide`, {
    method: 'POST',
    json: { reason: 'For the test.' },
    headers: moderator.bearer,
  });
  await query(
    sheaf.databaseUrl,
    "update pastes set expires_at = now() - interval '1 second' where slug = $1",
    [expired.slug],
  );
  for (const path of paths) {
    expectProblem(await api.get(path, { 'if-none-match': tags.get(path) ?? '' }), 404, 'not_found');
  }
  for (const path of addressesOf(hidden.slug)) {
    const answer = await api.get(path, { ...moderator.bearer, 'if-none-match': tags.get(path) ?? '' });
    expect(answer.status, path).toBe(path.includes('raw') ? 304 : 200);
  }
  await api.send(`${V1}/${hidden.slug}/hide`, { method: 'DELETE', headers: moderator.bearer });
});

test('sends a paste again when its owner changes their name', async ({ api, sheaf }) => {
  const owner = await join(api, sheaf);
  const json = { content: 'signed' };
  const { slug } = JSON.parse((await api.send(V1, { method: 'POST', json, headers: owner.bearer })).text) as {
    slug: string;
  };
  const before = await api.get(`${V1}/${slug}`);
  const renamed = await api.send('/api/v1/users/me', {
    method: 'PATCH',
    json: { username: `${owner.username}2` },
    headers: owner.bearer,
  });
  expect(renamed.status, renamed.text).toBe(200);
  const after = await api.get(`${V1}/${slug}`, { 'if-none-match': etagOf(before) });
  expect(after.status).toBe(200);
  expect(JSON.parse(after.text)).toMatchObject({ owner: `${owner.username}2` });
  expect(etagOf(after)).not.toBe(etagOf(before));
});

test('returns only the existence of a closed paste, under a separate ETag', async ({
  api,
  sheaf,
  createPaste,
}) => {
  const paste = await createPaste({ content: 'closed' });
  const open = etagOf(await api.get(`${V1}/${paste.slug}`));
  await query(sheaf.databaseUrl, 'update pastes set burn_after = 1 where slug = $1', [paste.slug]);
  const envelope = await api.get(`${V1}/${paste.slug}`, { 'if-none-match': open });
  expect(envelope.status).toBe(200);
  expect(etagOf(envelope)).not.toBe(open);
  expect((await api.get(`${V1}/${paste.slug}`, { 'if-none-match': etagOf(envelope) })).status).toBe(304);
  for (const path of addressesOf(paste.slug).slice(1)) {
    expectProblem(await api.get(path, { 'if-none-match': '*' }), 403, 'reveal_required');
  }
  await query(sheaf.databaseUrl, 'update pastes set burn_after = null where slug = $1', [paste.slug]);
});

test('deletes only what the caller last saw', async ({ api }) => {
  const paste = await api.create({ content: 'one' });
  const path = `${V1}/${paste.slug}`;
  const remove = (ifMatch: string) =>
    api.send(path, { method: 'DELETE', editKey: paste.edit_key, headers: { 'if-match': ifMatch } });
  const seen = etagOf(await api.get(path));
  await api.send(path, { method: 'PATCH', json: { content: 'two' }, editKey: paste.edit_key });
  for (const stale of [seen, 'garbage', `W/"2.1"`]) expectProblem(await remove(stale), 412, 'stale');
  const foreign = { method: 'DELETE', editKey: 'AAAAAAAAAAAAAAAAAAAAAA', headers: { 'if-match': seen } };
  expectProblem(await api.send(path, foreign), 404, 'not_found');
  expect((await api.get(`${path}/raw`)).text).toBe('two');
  expect((await remove(etagOf(await api.get(path)))).status).toBe(204);
  expectProblem(await remove('*'), 404, 'not_found');
});

test('returns the Content-Length of GET for HEAD', async ({ api, sheaf, createPaste }) => {
  const { slug } = await createPaste({ files: [{ name: 'ф.txt', content: 'текст' }] });
  const paths = [...addressesOf(slug), `/${slug}/download`, V1, `${V1}/${ABSENT}`, '/api/v1/openapi.json'];
  for (const path of paths) {
    const headers = { 'accept-encoding': 'identity' };
    const got = await api.get(path, headers);
    const head = await api.send(path, { method: 'HEAD', headers });
    expect(head.status, path).toBe(got.status);
    expect(head.bytes).toHaveLength(0);
    const told = head.headers.get('content-length');
    // Next leaves the length out, which a server may.
    if (sheaf.name === 'front' || told !== null) expect(told, path).toBe(String(got.bytes.length));
  }
});
