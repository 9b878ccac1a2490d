import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { test as base, expect } from './fixtures';
import { join, type Member } from './support/accounts';
import type { Answer, Api } from './support/api';
import { expectProblem, goneEverywhere, lookEverywhere } from './support/checks';
import {
  decryptWith,
  encryptFor,
  encryptWithPassword,
  formOf,
  newSecret,
  type SecretPaste,
  secretForm,
} from './support/secret';
import { type CreatedPaste, createdPasteShape, historyShape, pasteShape } from './support/shapes';
import { addedSince, listStored, query } from './support/storage';

const V1 = '/api/v1/pastes';
const CURL = { 'user-agent': 'curl/8.5.0', accept: '*/*' };
const MIB = 1024 * 1024;
const TEXT = 'text of a secret paste\r\n';

type Parts = Record<string, string | Uint8Array<ArrayBuffer>>;
type Secret = SecretPaste & { paste: CreatedPaste; slug: string };
type CreateSecret = (parts?: Parts, text?: string) => Promise<Secret>;

const test = base.extend<{ createSecret: CreateSecret }>({
  createSecret: async ({ api }, use) => {
    const created: CreatedPaste[] = [];
    await use(async (parts = {}, text = TEXT) => {
      const secret = await newSecret(text);
      const answer = await post(api, secretForm(secret, parts), { accept: 'application/json' });
      expect(answer.status, answer.text).toBe(201);
      const paste = answer.json(createdPasteShape);
      created.push(paste);
      return { ...secret, paste, slug: paste.slug };
    });
    for (const paste of created) await api.remove(paste);
  },
});

function post(api: Api, body: BodyInit, headers: Record<string, string> = {}): Promise<Answer> {
  return api.send(V1, { method: 'POST', body, headers });
}

const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const newKey = () => randomBytes(16).toString('hex');

function expectCiphertext(answer: Answer, payload: Uint8Array): void {
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(answer.headers.get('x-robots-tag')).toBe('noindex');
  expect(answer.bytes.equals(payload)).toBe(true);
}

/** What is stored of a paste, but for when it was last read. */
async function stateOf(databaseUrl: string, slug: string): Promise<unknown> {
  const rows = await query(
    databaseUrl,
    `select to_jsonb(p) as paste, (select count(*)::int from revisions r where r.paste_id = p.id) as revisions,
       (select count(*)::int from reveals r where r.paste_id = p.id) as reveals
     from pastes p where p.slug = $1`,
    [slug],
  );
  return rows;
}

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

test('nothing is stored of what is no secret paste', async ({ api, sheaf }) => {
  const secret = await newSecret();
  const { payload, proofHash, key } = secret;
  const other = await newSecret();
  const spare = new Uint8Array(4 * 1024 + 1);
  spare.set(payload);
  const bytes = (text: string) => new Uint8Array(Buffer.from(text));
  const without = (name: string) => {
    const form = secretForm(secret);
    form.delete(name);
    return form;
  };
  const twice = (name: string, value: string | Blob) => {
    const form = secretForm(secret);
    form.append(name, value);
    return form;
  };
  const before = await listStored(sheaf.databaseUrl, sheaf.blobFolder);
  const rejected: [form: FormData, path: string, status?: number][] = [
    [secretForm({ ...secret, payload: bytes('') }), 'payload'],
    [secretForm({ ...secret, payload: bytes('plain text') }), 'payload'],
    [secretForm({ ...secret, payload: new Uint8Array(randomBytes(500)) }), 'payload'],
    [secretForm({ ...secret, payload: payload.subarray(0, 100).slice() }), 'payload'],
    [secretForm({ ...secret, payload: bytes(Buffer.from(payload).toString('base64')) }), 'payload'],
    [secretForm({ ...secret, payload: await encryptWithPassword('x') }), 'payload'],
    [secretForm({ ...secret, payload: await encryptFor('x', key, other.key) }), 'payload'],
    [secretForm(secret, { lock: bytes('') }), 'lock'],
    [secretForm(secret, { lock: bytes('no age file') }), 'lock'],
    [secretForm(secret, { lock: await encryptWithPassword('x') }), 'lock'],
    [secretForm(secret, { lock: await encryptFor('x', key, other.key) }), 'lock'],
    [secretForm(secret, { lock: spare }), 'lock', 413],
    [secretForm({ ...secret, proofHash: proofHash.slice(1) }), 'proof_hash'],
    [secretForm({ ...secret, proofHash: `${proofHash}0` }), 'proof_hash'],
    [secretForm({ ...secret, proofHash: `${proofHash}\n` }), 'proof_hash'],
    [secretForm({ ...secret, proofHash: 'F'.repeat(64) }), 'proof_hash'],
    [secretForm({ ...secret, proofHash: 'g'.repeat(64) }), 'proof_hash'],
    [secretForm(secret, { proof_hash: new Uint8Array(randomBytes(64)).fill(0xff) }), 'proof_hash'],
    [without('payload'), 'payload'],
    [without('proof_hash'), 'proof_hash'],
    [without('encryption'), 'encryption'],
    [secretForm(secret, { encryption: 'age-v2' }), 'encryption'],
    [secretForm(secret, { encryption: '' }), 'encryption'],
    [secretForm(secret, { encryption: 'pgp' }), 'encryption'],
    [twice('payload', new Blob([payload])), 'payload'],
    [twice('proof_hash', proofHash), 'proof_hash'],
    [twice('encryption', 'age-v1'), 'encryption'],
    [secretForm(secret, { title: 'a title' }), 'title'],
    [secretForm(secret, { title: '' }), 'title'],
    [secretForm(secret, { content: 'x' }), 'content'],
    [secretForm(secret, { file: 'plain text' }), 'file'],
    [secretForm(secret, { language: 'rust' }), 'language'],
    [secretForm(secret, { key }), 'key'],
    [secretForm(secret, { visibility: 'public' }), 'visibility'],
    [secretForm(secret, { visibility: 'everyone' }), 'visibility'],
    [secretForm(secret, { visibility: 'private' }), 'visibility'],
    [secretForm(secret, { slug: 'a-secret-link' }), 'slug'],
    [secretForm(secret, { burn_after: '0' }), 'burn_after'],
    [secretForm(secret, { burn_after: '101' }), 'burn_after'],
    [secretForm(secret, { burn_after: 'one' }), 'burn_after'],
    [secretForm(secret, { burn_after: '' }), 'burn_after'],
    [secretForm(secret, { expires_in: 'soon' }), 'expires_in'],
    [secretForm(secret, { expires_at: '2001-01-01T00:00:00Z' }), 'expires_at'],
    [secretForm(secret, { expires_in: '1d', expires_at: '2050-01-01T00:00:00Z' }), 'expires_at'],
  ];
  for (const [form, path, status = 422] of rejected) {
    const problem = expectProblem(await post(api, form), status);
    expect(
      problem.errors?.map((one) => one.path),
      `${path} ${JSON.stringify(problem)}`,
    ).toContain(path);
  }
  for (const end of ['?expires_in=1d', '?language=rust', '?burn_after=1', '?x=1']) {
    const answer = await api.send(V1 + end, { method: 'POST', body: secretForm(secret) });
    expectProblem(answer, 422, 'validation_failed');
  }
  const json = { encryption: 'age-v1', payload: 'x', proof_hash: proofHash };
  expectProblem(await api.post(V1, json), 422, 'validation_failed');
  expectProblem(await api.post(V1, { content: 'x', ...json }), 422, 'validation_failed');
  expect(addedSince(before, await listStored(sheaf.databaseUrl, sheaf.blobFolder))).toEqual([]);
});

test('changes only as a secret paste, and a plain paste only as plain text', async ({
  api,
  sheaf,
  createPaste,
  createSecret,
}) => {
  const { slug, paste, key } = await createSecret({ expires_in: '1d' });
  const plain = await createPaste({ content: 'plain' });
  const payload = await encryptFor('new', key);
  const burning = await createSecret({ burn_after: '1' });
  const states = () =>
    Promise.all([slug, plain.slug, burning.slug].map((one) => stateOf(sheaf.databaseUrl, one)));
  const before = await states();
  const blobs = await listStored(sheaf.databaseUrl, sheaf.blobFolder);
  const send = (target: CreatedPaste, sent: { json?: unknown; body?: BodyInit }, editKey = target.edit_key) =>
    api.send(`${V1}/${target.slug}`, { method: 'PATCH', editKey, ...sent });
  const rejected: [CreatedPaste, { json?: unknown; body?: BodyInit }, path: string][] = [
    [paste, { json: { title: 'x' } }, 'title'],
    [paste, { json: { content: 'x' } }, 'content'],
    [paste, { json: { files: [{ content: 'x' }] } }, 'files'],
    [paste, { json: { visibility: 'public' } }, 'visibility'],
    [paste, { json: { visibility: 'private' } }, 'visibility'],
    [paste, { json: { payload: 'x' } }, 'payload'],
    [paste, { json: { encryption: null } }, 'encryption'],
    [paste, { body: formOf({ payload, visibility: 'public' }) }, 'visibility'],
    [paste, { body: formOf({ payload, title: 'x' }) }, 'title'],
    [paste, { body: formOf({ payload, lock: payload }) }, 'lock'],
    [paste, { body: formOf({ payload, proof_hash: 'a'.repeat(64) }) }, 'proof_hash'],
    [paste, { body: formOf({ payload, encryption: 'age-v1' }) }, 'encryption'],
    [paste, { body: formOf({ payload, burn_after: '1' }) }, 'burn_after'],
    [paste, { body: formOf({ expires_in: '1h' }) }, 'payload'],
    [paste, { body: formOf({ file: 'x' }) }, 'file'],
    [paste, { body: formOf({ payload: 'no age file' }) }, 'payload'],
    [paste, { body: formOf({ payload: await encryptWithPassword('x') }) }, 'payload'],
    [plain, { body: formOf({ payload }) }, 'payload'],
    [burning.paste, { body: formOf({ payload }) }, 'payload'],
    [burning.paste, { json: { expires_in: 'never' } }, 'expires_in'],
  ];
  for (const [target, sent, path] of rejected) {
    const problem = expectProblem(await send(target, sent), 422, 'validation_failed');
    expect(
      problem.errors?.map((one) => one.path),
      JSON.stringify(problem),
    ).toContain(path);
  }
  expectProblem(await send(paste, { body: formOf({ payload }) }, plain.edit_key), 404, 'not_found');
  const anonymous = { method: 'PATCH', body: formOf({ payload }) };
  expectProblem(await api.send(`${V1}/${slug}`, anonymous), 401, 'unauthorized');
  const stale = { method: 'PATCH', body: formOf({ payload }), editKey: paste.edit_key };
  const headers = { 'if-match': '"7.1"' };
  expectProblem(await api.send(`${V1}/${slug}`, { ...stale, headers }), 412, 'stale');
  expect(await states()).toEqual(before);
  expect(addedSince(blobs, await listStored(sheaf.databaseUrl, sheaf.blobFolder))).toEqual([]);

  const shorter = await send(paste, { json: { expires_in: '1h' } });
  expect(shorter.json(pasteShape)).toMatchObject({ revision: 1, encryption: paste.encryption });
  expect((await send(burning.paste, { json: { expires_in: '1h' } })).status).toBe(200);
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

function revealAs(
  api: Api,
  slug: string,
  json: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return api.send(`${V1}/${slug}/reveal`, { method: 'POST', json, headers });
}

test('that burns is given for its proof alone, and once', async ({ api, sheaf, createSecret }) => {
  const { slug, proof, payload } = await createSecret({ burn_after: '1' });
  const other = await createSecret({ burn_after: '1' });
  const envelope = await api.get(`${V1}/${slug}`);
  expect(envelope.json(pasteShape)).toMatchObject({
    title: '',
    files: [],
    burn_after: 1,
    reads: 0,
    encryption: { bytes: payload.length, sha256: shaOf(payload) },
  });
  for (const path of [`/${slug}/raw`, `${V1}/${slug}/raw`, `/${slug}/download`, `/raw/${slug}`]) {
    expectProblem(await api.get(path), 403, 'reveal_required');
  }
  expect((await api.get(`/documents/${slug}`)).status).toBe(403);
  expectProblem(await api.get(`${V1}/${slug}?content=1`), 403, 'reveal_required');
  expectProblem(await api.get(`/${slug}`, { accept: 'text/plain' }), 403, 'reveal_required');

  const before = await stateOf(sheaf.databaseUrl, slug);
  const path = `${V1}/${slug}/reveal`;
  const missing = [
    await api.send(path, { method: 'POST' }),
    await revealAs(api, slug, {}),
    await api.send(path, { method: 'POST', headers: { accept: 'application/octet-stream' } }),
  ];
  for (const answer of missing) {
    expect(expectProblem(answer, 403, 'proof_required').detail).toContain('missing');
  }
  for (const wrong of [
    other.proof,
    proof.slice(1),
    `${proof}0`,
    ` ${proof}`,
    `${proof}\n`,
    proof.toUpperCase(),
    shaOf(Buffer.from(proof)),
    '0'.repeat(64),
    '',
    [proof],
    { proof },
    0,
    1e64,
    true,
    null,
  ]) {
    const answer = await revealAs(api, slug, { proof: wrong });
    expect(expectProblem(answer, 403, 'proof_required').detail).toContain('wrong');
  }
  for (const json of [[], 'x', null, { proof, x: 1 }, { Proof: proof }]) {
    expectProblem(await revealAs(api, slug, json), 422, 'validation_failed');
  }
  const headers = { 'content-type': 'application/json' };
  expectProblem(await api.send(path, { method: 'POST', body: '{', headers }), 400, 'malformed_json');
  expectProblem(await api.send(path, { method: 'POST', body: proof }), 415, 'unsupported_media_type');
  expectProblem(await revealAs(api, slug, { proof }, { 'idempotency-key': 'short' }), 422);
  for (let sent = 0; sent < 1_000; sent += 50) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => revealAtLast(api, slug, randomBytes(32).toString('hex'))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
  }
  expect(await stateOf(sheaf.databaseUrl, slug)).toEqual(before);

  const nonce = { 'idempotency-key': newKey() };
  const revealed = await revealAs(api, slug, { proof }, { ...nonce, accept: 'application/json' });
  expectCiphertext(revealed, payload);
  expect(revealed.headers.get('cache-control')).toContain('no-store');
  const again = await revealAs(api, slug, { proof }, nonce);
  expectCiphertext(again, payload);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  for (const json of [{}, { proof: other.proof }]) {
    expectProblem(await revealAs(api, slug, json, nonce), 403, 'proof_required');
  }
  const pass = `update reveals set at = at - interval '60 seconds' where paste_id = (
    select id from pastes where slug = $1)`;
  await query(sheaf.databaseUrl, pass, [slug]);

  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
  const absent = '7hPq3nXv9KdR';
  for (const json of [{ proof }, { proof: other.proof }, {}]) {
    for (const keys of [{}, nonce]) {
      const [gone, never] = [await revealAs(api, slug, json, keys), await revealAs(api, absent, json, keys)];
      expectProblem(gone, 404, 'not_found');
      expect(gone.text).toBe(never.text);
    }
  }
  for (const end of ['lock', 'raw', 'download']) {
    const [gone, never] = [await api.get(`/${slug}/${end}`), await api.get(`/${absent}/${end}`)];
    expectProblem(gone, 404, 'not_found');
    expect(gone.text).toBe(never.text);
  }
  expectCiphertext(await revealAs(api, other.slug, { proof: other.proof }), other.payload);
});

/** As a client does that gets no connection on a busy machine: asks again with the same key. */
async function revealAtLast(api: Api, slug: string, proof: string, nonce = newKey()): Promise<Answer> {
  const answer = await revealAs(api, slug, { proof }, { 'idempotency-key': nonce });
  return answer.status === 503 ? revealAtLast(api, slug, proof, nonce) : answer;
}

test('of parallel reveals with the proof as many get the ciphertext as the author allowed', async ({
  api,
  createSecret,
  sheaf,
}) => {
  for (const burn_after of [1, 3]) {
    const { slug, proof, payload } = await createSecret({ burn_after: String(burn_after) });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        return revealAtLast(api, slug, index % 2 ? proof : randomBytes(32).toString('hex'));
      }),
    );
    const given = answers.filter(({ status }) => status === 200);
    expect(given).toHaveLength(burn_after);
    for (const answer of given) expectCiphertext(answer, payload);
    // A wrong proof is refused while the paste exists, which another process may know to be gone already.
    for (const [index, { status }] of answers.entries()) {
      expect(index % 2 ? [200, 404] : [403, 404], `answer ${index}`).toContain(status);
    }
    // One process refuses the first wrong proof before it counts a read.
    if (sheaf.name !== 'serverless') expect(answers.map(({ status }) => status)).toContain(403);
  }
});

test('that does not burn is revealed for its proof too, without counting', async ({ api, createSecret }) => {
  const { slug, proof, payload } = await createSecret();
  expectProblem(await revealAs(api, slug, {}), 403, 'proof_required');
  for (let read = 0; read < 3; read += 1) expectCiphertext(await revealAs(api, slug, { proof }), payload);
  expect((await api.get(`${V1}/${slug}`)).json(pasteShape)).toMatchObject({ reads: null });
});

test('a proof for a plain paste is rejected, and counts nothing', async ({ api, createPaste }) => {
  const { proof } = await newSecret();
  for (const burn_after of [1, null]) {
    const { slug } = await createPaste({ content: 'plain', burn_after });
    const problem = expectProblem(await revealAs(api, slug, { proof }), 422, 'validation_failed');
    expect(problem.errors?.[0]?.path).toBe('proof');
    expect((await revealAs(api, slug, {})).json(pasteShape).files[0]?.content).toBe('plain');
  }
});

test('its page reveals it for the proof and the nonce of a form', async ({
  api,
  sheaf,
  createSecret,
  createPaste,
}) => {
  const { slug, proof, payload } = await createSecret({ burn_after: '1' });
  const nonce = newKey();
  const origin = sheaf.url;
  const send = (fields: Record<string, string>, headers: Record<string, string> = { origin }, at = slug) =>
    api.send(`/${at}/reveal`, { method: 'POST', body: new URLSearchParams(fields), headers });
  const before = await stateOf(sheaf.databaseUrl, slug);
  for (const headers of [
    { origin: 'https://other.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[]) {
    expect((await send({ nonce, proof }, headers)).status).toBe(403);
  }
  expectProblem(await send({ nonce }), 403, 'proof_required');
  expectProblem(await send({ nonce, proof: proof.toUpperCase() }), 403, 'proof_required');
  expectProblem(await send({ proof }), 422, 'validation_failed');
  expectProblem(await send({ nonce: 'x'.repeat(5_000) }), 413, 'too_large');
  expectProblem(await api.get(`/${slug}/reveal`), 405, 'method_not_allowed');
  const plain = await createPaste({ content: 'plain', burn_after: 1 });
  expectProblem(await send({ nonce, proof }, { origin }, plain.slug), 422, 'validation_failed');
  expectProblem(await send({ nonce }, { origin }, plain.slug), 422, 'validation_failed');
  expect(await stateOf(sheaf.databaseUrl, slug)).toEqual(before);

  expectCiphertext(await send({ nonce, proof }), payload);
  expectCiphertext(await send({ nonce, proof }), payload);
  expectProblem(
    await api.send(`/${slug}/download`, {
      method: 'POST',
      body: new URLSearchParams({ nonce }),
    }),
    403,
    'proof_required',
  );
  expectProblem(await send({ nonce: newKey(), proof }), 404, 'not_found');
});

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
