import { randomBytes } from 'node:crypto';
import { expect } from './fixtures';
import { expectProblem } from './support/checks';
import { encryptFor, encryptWithPassword, formOf, newSecret, secretForm } from './support/secret';
import { post, stateOf, test, V1 } from './support/secret-pastes';
import { type CreatedPaste, pasteShape } from './support/shapes';
import { addedSince, listStored } from './support/storage';

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
