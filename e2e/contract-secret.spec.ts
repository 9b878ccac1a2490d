import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from './fixtures';
import { join, type Member } from './support/accounts';
import type { Api } from './support/api';
import { expectProblem, goneEverywhere, lookEverywhere } from './support/checks';
import { decryptWith, encryptFor, formOf, newSecret, secretForm } from './support/secret';
import {
  expectCiphertext,
  type Parts,
  post,
  revealAs,
  shaOf,
  stateOf,
  TEXT,
  test,
  V1,
} from './support/secret-pastes';
import { createdPasteShape, historyShape, pasteShape } from './support/shapes';

const CURL = { 'user-agent': 'curl/8.5.0', accept: '*/*' };
const MIB = 1024 * 1024;

test('is created, read, changed and deleted as ciphertext', async ({ api, sheaf, createSecret }) => {
  const { slug, paste, payload, key } = await createSecret({ expires_in: '1d' });
  const encryption = { format: 'age-v1', bytes: payload.length, sha256: shaOf(payload), lock_url: null };
  expect(paste).toMatchObject({ title: '', files: [], visibility: 'unlisted', encryption, revision: 1 });
  expect(paste).toMatchObject({ owner: null, burn_after: null, reads: null, warnings: [] });
  for (const end of ['', '?content=1']) {
    const told = await api.get(`${V1}/${slug}${end}`);
    expect(told.json(pasteShape)).toMatchObject({ title: '', files: [], encryption });
    expect(told.headers.get('x-robots-tag')).toBe('noindex');
    expect(told.text).not.toContain('age-encryption');
  }
  for (const path of [
    `/${slug}/raw`,
    `/${slug}/raw/1`,
    `${V1}/${slug}/raw`,
    `${V1}/${slug}/files/1/raw`,
    `/raw/${slug}`,
    `/raw/${slug}.txt`,
    `/${slug}/download`,
  ]) {
    const answer = await api.get(path);
    expectCiphertext(answer, payload);
    const head = await api.send(path, { method: 'HEAD' });
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    // Next leaves the length out of some of its answers to HEAD.
    expect([null, String(payload.length)]).toContain(head.headers.get('content-length'));
    expect(await decryptWith(key, answer.bytes)).toBe(TEXT);
  }
  expectCiphertext(await api.get(`/${slug}`, { accept: 'text/plain' }), payload);
  // Not by `fetch`, whose headers are those of a browser.
  expectCiphertext(await api.sendRaw(`/${slug}`, { headers: CURL }), payload);
  const etag = (await api.get(`/${slug}/raw`)).headers.get('etag') ?? '';
  expect(etag).toBe(`"${encryption.sha256}"`);
  expect((await api.get(`/${slug}/raw`, { 'if-none-match': etag })).status).toBe(304);
  const attached = (await api.get(`/${slug}/download`)).headers.get('content-disposition');
  expect(attached).toBe(`attachment; filename=${slug}.age`);
  for (const path of [`/${slug}/raw/2`, `${V1}/${slug}/files/2/raw`, `/${slug}/lock`, `${V1}/${slug}/lock`]) {
    expectProblem(await api.get(path), 404, 'not_found');
  }
  expect((await api.get(`/documents/${slug}`)).status).toBe(404);

  const second = await encryptFor('second revision', key);
  const patched = await api.send(`${V1}/${slug}`, {
    method: 'PATCH',
    body: formOf({ payload: second, expires_in: '1h' }),
    editKey: paste.edit_key,
    headers: { 'if-match': '"1.1"' },
  });
  expect(patched.status, patched.text).toBe(200);
  expect(patched.headers.get('etag')).toBe('"2.2"');
  expect(patched.json(pasteShape)).toMatchObject({
    revision: 2,
    files: [],
    encryption: { bytes: second.length, sha256: shaOf(second) },
  });
  expectCiphertext(await api.get(`/${slug}/raw`), second);

  const { edit_key: editKey } = paste;
  const history = (await api.send(`${V1}/${slug}/revisions`, { editKey })).json(historyShape);
  expect(history.items.map(({ number, current, files }) => [number, current, files])).toEqual([
    [2, true, []],
    [1, false, []],
  ]);
  const first = await api.send(`${V1}/${slug}/revisions/1`, { editKey });
  expect(JSON.parse(first.text)).toMatchObject({ number: 1, files: [] });
  for (const [number, bytes] of [
    [1, payload],
    [2, second],
  ] as const) {
    expectCiphertext(await api.send(`${V1}/${slug}/revisions/${number}/raw`, { editKey }), bytes);
  }
  expectProblem(await api.get(`${V1}/${slug}/revisions/1/raw`), 404, 'not_found');
  expect((await api.send(`${V1}/${slug}/revisions/1`, { method: 'DELETE', editKey })).status).toBe(204);
  expectProblem(await api.send(`${V1}/${slug}/revisions/1/raw`, { editKey }), 404, 'not_found');

  expect((await api.remove(paste)).status).toBe(204);
  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
  expect(await stateOf(sheaf.databaseUrl, slug)).not.toContainEqual(
    expect.objectContaining({ deleted_at: null }),
  );
});

test('answers with the link, or with JSON where that is asked for', async ({ api }) => {
  const secret = await newSecret();
  for (const accept of ['*/*', 'text/plain', 'text/html']) {
    const sent = new Response(secretForm(secret));
    const headers = { ...CURL, accept, 'content-type': sent.headers.get('content-type') ?? '' };
    const body = new Uint8Array(await sent.arrayBuffer());
    for (const path of [V1, '/']) {
      const answer = await api.sendRaw(path, { method: 'POST', headers, body });
      expect(answer.status, answer.text).toBe(201);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      const slug = new URL(answer.text).pathname.slice(1);
      expect(answer.text).toBe(`${new URL(answer.text).origin}/${slug}\n`);
      expect(answer.headers.get('location')).toBe(answer.text.trim());
      expectCiphertext(await api.get(`/${slug}/raw`), secret.payload);
      await api.remove({ slug, edit_key: answer.headers.get('x-edit-key') ?? '' });
    }
  }
  for (const accept of ['application/json', 'application/json, text/plain;q=0.5']) {
    const answer = await post(api, secretForm(secret), { accept });
    expect(answer.headers.get('content-type')).toBe('application/json');
    await api.remove(answer.json(createdPasteShape));
  }
});

test('is created once for an Idempotency-Key, and not for another ciphertext', async ({ api }) => {
  const [secret, other] = [await newSecret(), await newSecret()];
  const headers = { 'idempotency-key': randomUUID(), accept: 'application/json' };
  const lock = await encryptFor('lock', secret.key);
  const first = await post(api, secretForm(secret, { lock }), headers);
  const again = await post(api, secretForm(secret, { lock }), headers);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.text).toBe(first.text);
  for (const form of [
    secretForm(other, { lock }),
    secretForm({ ...secret, proofHash: other.proofHash }, { lock }),
    secretForm(secret, { lock: await encryptFor('lock', secret.key) }),
    secretForm(secret),
    secretForm(secret, { lock, burn_after: '1' }),
  ]) {
    expect(expectProblem(await post(api, form, headers), 422).errors?.[0]?.path).toBe('idempotency-key');
  }
  await api.remove(first.json(createdPasteShape));
});

test('has a lock if it has a password, also before it is revealed', async ({ api, createSecret }) => {
  const lock = await encryptFor('a lock', (await newSecret()).key);
  for (const parts of [{}, { burn_after: '1' }] as Parts[]) {
    const { slug, paste } = await createSecret({ lock, ...parts });
    expect(new URL(paste.encryption?.lock_url ?? '').pathname).toBe(`/${slug}/lock`);
    for (const path of [`/${slug}/lock`, `${V1}/${slug}/lock`]) {
      const answer = await api.get(path);
      expectCiphertext(answer, lock);
      const etag = answer.headers.get('etag') ?? '';
      expect(etag).toBe(`"${shaOf(lock)}"`);
      expect((await api.get(path, { 'if-none-match': etag })).status).toBe(304);
      expect((await api.send(path, { method: 'HEAD' })).status).toBe(200);
      expectProblem(await api.send(path, { method: 'POST' }), 405, 'method_not_allowed');
    }
    await api.remove(paste);
    for (const path of [`/${slug}/lock`, `${V1}/${slug}/lock`]) {
      expectProblem(await api.get(path), 404, 'not_found');
    }
  }
});

test('takes any content up to its limit', async ({ api, createSecret }) => {
  const { key, proofHash } = await newSecret();
  const overhead = (await encryptFor('', key)).length;
  // A chunk of 64 KiB has a tag of 16 bytes.
  const chunks = Math.floor((4.25 * MIB - overhead) / (64 * 1024 + 16));
  const plain = new Uint8Array(4.25 * MIB - overhead - chunks * 16);
  const payload = await encryptFor(plain, key);
  expect(payload.length).toBe(4.25 * MIB);
  const answer = await post(api, secretForm({ payload, proofHash }), { accept: 'application/json' });
  expect(answer.status, answer.text).toBe(201);
  const paste = answer.json(createdPasteShape);
  expectCiphertext(await api.get(`/${paste.slug}/raw`), payload);
  await api.remove(paste);

  const { slug } = await createSecret();
  const one = new Uint8Array(payload.length + 1);
  one.set(payload);
  const over = await post(api, secretForm({ payload: one, proofHash }));
  expect(expectProblem(over, 413, 'too_large').errors?.[0]?.path).toBe('payload');
  const late = await api.send(`${V1}/${slug}`, {
    method: 'PATCH',
    body: formOf({ payload: one }),
    editKey: 'wrong',
  });
  expect([404, 413]).toContain(late.status);
});

test('of a member may be private and have a chosen link, and is in no list of others', async ({
  api,
  sheaf,
}) => {
  const [owner, stranger] = [await join(api, sheaf), await join(api, sheaf)];
  const secret = await newSecret();
  const slug = `secret-${randomBytes(6).toString('hex')}`;
  const lock = await encryptFor('lock', secret.key);
  const made = await post(api, secretForm(secret, { slug, visibility: 'private', lock }), {
    accept: 'application/json',
    ...owner.bearer,
  });
  expect(made.status, made.text).toBe(201);
  expect(JSON.parse(made.text)).toMatchObject({ slug, visibility: 'private', owner: owner.username });
  expect(JSON.parse(made.text)).not.toHaveProperty('edit_key');
  expectCiphertext(await api.get(`${V1}/${slug}/raw`, owner.bearer), secret.payload);
  expectCiphertext(await api.get(`${V1}/${slug}/lock`, owner.bearer), lock);
  for (const headers of [{}, stranger.bearer]) {
    for (const end of ['', '/raw', '/lock'])
      expectProblem(await api.get(`${V1}/${slug}${end}`, headers), 404);
    const revealed = await revealAs(api, slug, { proof: secret.proof }, headers);
    expectProblem(revealed, 404, 'not_found');
  }
  const own = await ownPastes(api, owner);
  expect(own).toContainEqual(expect.objectContaining({ slug, title: '', files: [] }));
  expect(await ownPastes(api, owner, '?language=text')).toEqual([]);
  expectProblem(
    await api.send(`${V1}/${slug}/shares`, {
      method: 'POST',
      json: { email: stranger.email, role: 'reader' },
      headers: owner.bearer,
    }),
    422,
  );
  const patched = await api.send(`${V1}/${slug}`, {
    method: 'PATCH',
    json: { visibility: 'unlisted' },
    headers: owner.bearer,
  });
  expect(patched.status, patched.text).toBe(200);
  expectCiphertext(await api.get(`/${slug.toUpperCase()}/raw`), secret.payload);
  expect(await api.listFeed()).not.toContain(slug);
  expect((await api.get(`/sitemap.xml`)).text).not.toContain(slug);
  const taken = await post(api, secretForm(secret, { slug }), stranger.bearer);
  expectProblem(taken, 409, 'slug_taken');
  const removed = await api.send(`${V1}/${slug}`, { method: 'DELETE', headers: owner.bearer });
  expect(removed.status).toBe(204);
});

async function ownPastes(api: Api, { bearer }: Member, query = ''): Promise<unknown[]> {
  return JSON.parse((await api.get(`/api/v1/users/me/pastes${query}`, bearer)).text).items;
}

test('no page shows or loses its ciphertext as text', async ({ api, createSecret }) => {
  const { slug } = await createSecret();
  for (const path of [
    `/${slug}`,
    `/${slug}/preview.png`,
    `/${slug}/edit`,
    `/${slug}/history`,
    `/?from=${slug}`,
  ]) {
    const answer = await api.get(path, { accept: 'text/html' });
    expect(answer.status, path).toBeLessThan(500);
    expect(answer.text, path).not.toContain('age-encryption.org/v1');
  }
});
