import { randomBytes } from 'node:crypto';
import { expect } from './fixtures';
import type { Answer, Api } from './support/api';
import { expectProblem, goneEverywhere, lookEverywhere } from './support/checks';
import { newSecret } from './support/secret';
import { expectCiphertext, revealAs, shaOf, stateOf, test, V1 } from './support/secret-pastes';
import { pasteShape } from './support/shapes';
import { query } from './support/storage';

const newKey = () => randomBytes(16).toString('hex');

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
