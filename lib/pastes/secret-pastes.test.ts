import { beforeAll, describe, expect, it, vi } from 'vitest';
import { encryptFor, newSecret, type SecretPaste } from '@/e2e/support/secret';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import type { Caller } from '../core/caller';
import { pool } from '../core/db';
import { prisma } from '../core/prisma';
import { MAX_LOCK_BYTES, MAX_PAYLOAD_BYTES } from '../encryption/limits';
import { blobStore } from '../storage/blob-store';
import { createPaste, createSecretPaste } from './create';
import { toPasteDto, toRevisionDto } from './dto';
import { hashEditKey } from './edit-key';
import { readRevision, restoreRevision } from './history';
import { nameCreate } from './idempotency';
import { listOwnLanguages, listOwnPastes } from './list-queries';
import { findLock, findPaste } from './queries';
import { readFileBody } from './read';
import { createPasteSchema } from './schema';
import { createSecretPasteSchema } from './secret-schema';
import { updatePaste } from './update';

useTestDatabase();

let secret: SecretPaste;
let lock: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  secret = await newSecret();
  lock = await encryptFor('a lock', secret.key);
});

const inputOf = (settings: object = {}) =>
  createSecretPasteSchema.parse({
    encryption: 'age-v1',
    payload: secret.payload,
    proof_hash: secret.proofHash,
    ...settings,
  });

async function create(settings: object = {}, caller: Caller = ANONYMOUS) {
  const { paste, editKey } = await createSecretPaste(inputOf(settings), caller);
  const author = editKey === null ? caller : { ...ANONYMOUS, editKeyHash: hashEditKey(editKey) };
  return { paste, slug: paste.slug, author };
}

const rowOf = (id: string) => prisma().paste.findUniqueOrThrow({ where: { id } });

async function blobCount(): Promise<number> {
  let count = 0;
  for await (const _ of blobStore().list()) count += 1;
  return count;
}

describe('createSecretPaste', () => {
  it('returns what a read returns then, from one statement, and has no text', async () => {
    const owner = signedIn(await addUser());
    for (const [settings, caller] of [
      [{}, ANONYMOUS],
      [{ lock, burn_after: 3, visibility: 'private', slug: 'a-secret-paste', expires_in: '1d' }, owner],
    ] as const) {
      const query = vi.spyOn(pool(), 'query');
      const { paste, warnings } = await createSecretPaste(inputOf(settings), caller);
      const writes = query.mock.calls.filter(([sent]) => JSON.stringify(sent).includes('insert into'));
      query.mockRestore();
      expect(writes).toHaveLength(1);
      expect(await findPaste(paste.slug, new Date())).toEqual(paste);
      expect(paste).toMatchObject({ title: '', files: [], isSecret: true });
      expect(paste.encryption).toEqual({ format: 'age-v1', hasLock: 'lock' in settings });
      expect(paste.stored).toMatchObject([{ name: '', lines: 0, bytes: secret.payload.length }]);
      expect(warnings).toEqual([]);
    }
  });

  it('stores ciphertext, lock and hash of the proof, and nothing to search for', async () => {
    const owner = signedIn(await addUser());
    const { paste } = await create({ lock }, owner);
    const row = await rowOf(paste.id);
    expect(Buffer.from(row.proofHash ?? []).toString('hex')).toBe(secret.proofHash);
    expect(Buffer.from((await findLock(paste.id)) ?? [])).toEqual(Buffer.from(lock));
    expect(row.encryption).toEqual({ format: 'age-v1' });
    expect(row.haystack.trim()).toBe('');
    const [ciphertext] = paste.stored;
    if (!ciphertext) throw new Error('nothing is stored');
    expect(Buffer.from(await readFileBody(ciphertext))).toEqual(Buffer.from(secret.payload));
    expect(await listOwnLanguages(owner.user.id, new Date())).toEqual([]);
    const filter = { limit: 10, sort: 'newest' as const };
    expect((await listOwnPastes(owner.user.id, { ...filter, q: 'text' }, new Date())).items).toEqual([]);
    expect((await listOwnPastes(owner.user.id, filter, new Date())).items).toEqual([
      { ...paste, preview: null },
    ]);
    expect(await prisma().feedLanguage.count({ where: { pasteId: paste.id } })).toBe(0);
  });

  it('takes the largest payload and lock, and rejects a byte more, storing nothing', async () => {
    const grown = (bytes: Uint8Array, length: number) => {
      const larger = new Uint8Array(length);
      larger.set(bytes);
      return larger;
    };
    const { paste } = await create({
      payload: grown(secret.payload, MAX_PAYLOAD_BYTES),
      lock: grown(lock, MAX_LOCK_BYTES),
    });
    expect(paste.stored[0]?.bytes).toBe(MAX_PAYLOAD_BYTES);
    const before = [await prisma().paste.count(), await blobCount()];
    for (const settings of [
      { payload: grown(secret.payload, MAX_PAYLOAD_BYTES + 1) },
      { lock: grown(lock, MAX_LOCK_BYTES + 1) },
    ]) {
      await expect(create(settings)).rejects.toMatchObject({ code: 'too_large' });
    }
    expect([await prisma().paste.count(), await blobCount()]).toEqual(before);
  });

  it.each([
    { encryption: 'age-v2' },
    { payload: new Uint8Array() },
    { payload: 'age-encryption.org/v1' },
    { lock: new Uint8Array(100) },
    { proof_hash: 'A'.repeat(64) },
    { proof_hash: ['a'.repeat(64)] },
    { visibility: 'public' },
    { title: 'x' },
    { files: [{ content: 'x' }] },
    { burn_after: 0 },
    { expires_in: '1d', expires_at: '2050-01-01T00:00:00Z' },
  ])('has no input with %j', (settings) => {
    expect(() => inputOf(settings)).toThrow();
  });

  it('creates once for the same key', async () => {
    const once = nameCreate('a-key', { caller: 'someone', input: secret.proofHash });
    const first = await createSecretPaste(inputOf(), ANONYMOUS, { once });
    const again = await createSecretPaste(inputOf(), ANONYMOUS, { once });
    expect(again).toMatchObject({ replayed: true, editKey: first.editKey, paste: first.paste });
  });
});

describe('a change of a secret paste', () => {
  it('is a new ciphertext, under the same lock and proof', async () => {
    const { slug, paste, author } = await create({ lock });
    const payload = await encryptFor('second', secret.key);
    const { paste: second } = await updatePaste(slug, { payload }, { caller: author, ifMatch: '"1.1"' });
    expect(second).toMatchObject({
      revision: 2,
      settingsVersion: 1,
      files: [],
      encryption: paste.encryption,
    });
    expect(second.stored).toMatchObject([{ bytes: payload.length }]);
    const [before, after] = [await rowOf(paste.id), await findLock(paste.id)];
    expect(Buffer.from(before.proofHash ?? []).toString('hex')).toBe(secret.proofHash);
    expect(Buffer.from(after ?? [])).toEqual(Buffer.from(lock));
    expect(before.haystack.trim()).toBe('');
    const { revision } = await readRevision(slug, 1, author);
    expect(revision).toMatchObject({ files: [], stored: [{ sha256: paste.stored[0]?.sha256 }] });
    expect(toRevisionDto(revision, second).files).toEqual([]);
    await expect(restoreRevision(slug, 1, author)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'files', message: 'secret_not_plain' }],
    });
    expect(await readRevision(slug, 2, author)).toMatchObject({ paste: { revision: 2 } });
  });

  it('is rejected where it is not of its kind, and changes nothing', async () => {
    const { slug, author, paste } = await create();
    const plain = await createPaste(createPasteSchema.parse({ content: 'plain' }), ANONYMOUS);
    const plainAuthor = { ...ANONYMOUS, editKeyHash: hashEditKey(plain.editKey ?? '') };
    const before = [await rowOf(paste.id), await rowOf(plain.paste.id), await blobCount()];
    for (const input of [
      { title: '' },
      { files: [{ content: 'x' }] },
      { text: { content: 'x', language: undefined } },
      { visibility: 'public' as const },
      { visibility: 'private' as const },
    ]) {
      await expect(updatePaste(slug, input, { caller: author })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    }
    const { payload } = secret;
    for (const [target, input, caller] of [
      [slug, { payload, visibility: 'public' as const }, author],
      [plain.paste.slug, { payload }, plainAuthor],
    ] as const) {
      await expect(updatePaste(target, input, { caller })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    }
    expect([await rowOf(paste.id), await rowOf(plain.paste.id), await blobCount()]).toEqual(before);
  });

  it('may concern its visibility and lifetime', async () => {
    const owner = signedIn(await addUser());
    const { slug } = await create({}, owner);
    const options = { caller: owner };
    const closed = await updatePaste(slug, { visibility: 'private', expires_in: '1d' }, options);
    expect(closed.paste).toMatchObject({ visibility: 'private', settingsVersion: 2, revision: 1 });
    const { paste, warnings } = await updatePaste(slug, { visibility: 'unlisted' }, options);
    expect([paste.visibility, warnings]).toEqual(['unlisted', []]);
  });

  it('makes its lifetime longer only with a new ciphertext, which says so', async () => {
    const { slug, author } = await create({ expires_in: '1d' });
    const options = { caller: author };
    for (const expires_in of ['1w', 'never']) {
      await expect(updatePaste(slug, { expires_in }, options)).rejects.toMatchObject({
        fields: [{ path: 'expires_in', message: 'secret_not_longer' }],
      });
    }
    const shorter = await updatePaste(slug, { expires_in: '1h' }, options);
    const { payload } = secret;
    const longer = await updatePaste(slug, { payload, expires_in: 'never' }, options);
    expect(shorter.paste.revision).toBe(1);
    expect(longer.paste).toMatchObject({ expiresAt: null, revision: 2 });
  });
});

describe('toPasteDto', () => {
  it('has the size and hash of the ciphertext, and no files', async () => {
    for (const [settings, end] of [
      [{}, null],
      [{ lock }, '/lock'],
    ] as const) {
      const { paste } = await create(settings);
      const { sha256, bytes } = paste.stored[0] ?? {};
      const dto = toPasteDto(paste);
      expect(dto).toMatchObject({ title: '', files: [] });
      const lock_url = end && `${dto.url}${end}`;
      expect(dto.encryption).toEqual({ format: 'age-v1', bytes, sha256, lock_url });
      expect(JSON.stringify(dto)).not.toContain(secret.proofHash);
    }
  });
});
