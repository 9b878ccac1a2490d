import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { encryptFor, newSecret } from '@/e2e/support/secret';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import type { UserRecord } from '../core/caller';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { createPaste, createSecretPaste } from '../pastes/create';
import { deletePaste } from '../pastes/delete';
import { createPasteSchema } from '../pastes/schema';
import { createSecretPasteSchema } from '../pastes/secret-schema';
import { updatePaste } from '../pastes/update';
import { blobStore } from '../storage/blob-store';
import { forgetBodies } from '../storage/body-cache';
import { streamExport } from './export';
import { startFamily } from './tokens/pairs';
import { createPersonalToken } from './tokens/personal';

useTestDatabase();

const create = async (owner: UserRecord, input: unknown) =>
  (await createPaste(createPasteSchema.parse(input), signedIn(owner))).paste;

async function exportOf(user: UserRecord): Promise<Record<string, string>> {
  const zip = await new Response(await streamExport(user, new Date())).arrayBuffer();
  const files = Object.entries(unzipSync(new Uint8Array(zip)));
  return Object.fromEntries(files.map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
}

describe('streamExport', () => {
  it('contains the account, and no secrets', async () => {
    const user = await addUser({ name: 'Ada', locale: 'ru' });
    const pair = await startFamily(user, ANONYMOUS);
    const input = { name: 'For a script', scopes: ['account' as const], expires_in: 'never' };
    const { token } = await createPersonalToken(signedIn(user), input);
    const { 'profile.json': text = '', ...rest } = await exportOf(user);
    expect(rest).toEqual({ 'contacts.json': '[]\n', 'shared-with-me.json': '[]\n' });
    expect(JSON.parse(text)).toMatchObject({
      user: { uuid: user.id, email: user.email, name: 'Ada', locale: 'ru' },
      sessions: [{ kind: 'api', address: ANONYMOUS.address }],
      security_events: [{ kind: 'token_created' }, { kind: 'signed_in' }],
      personal_tokens: [{ name: 'For a script', scopes: ['account'] }],
    });
    for (const secret of [pair.access_token, pair.refresh_token, token ?? '', '$argon2', 'hash']) {
      expect(text).not.toContain(secret);
    }
  });

  it('contains all pastes of the user with all revisions, also private ones, byte for byte', async () => {
    const [user, other] = [await addUser(), await addUser()];
    const caller = signedIn(user);
    const files = [
      { name: 'same.txt', content: 'one' },
      { name: 'same.txt', content: '\ufeffтекст\r\n' },
      { content: '{}', language: 'json' },
    ];
    const { slug } = await create(user, { title: 'Kept', visibility: 'private', files });
    await updatePaste(slug, { files: [{ name: 'paste.json', content: 'second' }] }, { caller });
    await updatePaste(slug, { files: [{ content: 'third' }] }, { caller });
    const gone = await create(user, { content: 'gone' });
    await deletePaste(gone.slug, caller);
    await create(other, { content: 'theirs', visibility: 'public' });

    const {
      'profile.json': _,
      'contacts.json': _contacts,
      'shared-with-me.json': _shared,
      ...entries
    } = await exportOf(user);
    const { [`pastes/${slug}/paste.json`]: facts = '', ...texts } = entries;
    expect(JSON.parse(facts)).toMatchObject({ slug, title: 'Kept', visibility: 'private', revision: 3 });
    const { 'revisions/1/revision.json': first = '', ...others } = Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name.replace(`pastes/${slug}/`, ''), text]),
    );
    expect(JSON.parse(first)).toMatchObject({ number: 1, current: false });
    expect(others).toEqual({
      'files/file-1.txt': 'third',
      'revisions/2/revision.json': expect.any(String),
      'revisions/2/files/paste.json': 'second',
      'revisions/1/files/same.txt': 'one',
      'revisions/1/files/same (2).txt': '\ufeffтекст\r\n',
      'revisions/1/files/file-3.json': '{}',
    });
  });

  it('contains the ciphertexts of secret pastes with their locks, of those that burn only the metadata', async () => {
    const user = await addUser();
    const { payload, proofHash, key } = await newSecret();
    const lock = await encryptFor('a lock', key);
    const [kept, burning] = await Promise.all(
      [null, 1].map(async (burn_after) => {
        const input = { encryption: 'age-v1', payload, lock, proof_hash: proofHash, burn_after };
        return (await createSecretPaste(createSecretPasteSchema.parse(input), signedIn(user))).paste.slug;
      }),
    );
    const second = await encryptFor('second', key);
    await updatePaste(kept ?? '', { payload: second }, { caller: signedIn(user) });
    const entries = await exportOf(user);
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
    const names = Object.keys(entries).filter((name) => name.startsWith('pastes/'));
    expect(names.sort()).toEqual(
      [
        `pastes/${burning}/paste.json`,
        `pastes/${kept}/paste.json`,
        `pastes/${kept}/files/${kept}.age`,
        `pastes/${kept}/lock.age`,
        `pastes/${kept}/revisions/1/revision.json`,
        `pastes/${kept}/revisions/1/files/${kept}.age`,
      ].sort(),
    );
    expect(entries[`pastes/${kept}/files/${kept}.age`]).toBe(text(second));
    expect(entries[`pastes/${kept}/revisions/1/files/${kept}.age`]).toBe(text(payload));
    expect(entries[`pastes/${kept}/lock.age`]).toBe(text(lock));
    expect(Object.values(entries).join()).not.toContain(proofHash);
  });

  it('contains more pastes than fit on a page', async () => {
    const user = await addUser();
    const slugs: string[] = [];
    for (let index = 0; index < 105; index += 1)
      slugs.push((await create(user, { content: `${index}` })).slug);
    const entries = await exportOf(user);
    for (const [index, slug] of slugs.entries()) {
      expect(entries[`pastes/${slug}/files/file-1.txt`]).toBe(String(index));
    }
  });

  it('contains only the metadata of pastes that burn after reading', async () => {
    const user = await addUser();
    const { slug, id } = await create(user, {
      title: 'A secret title',
      files: [{ name: 'n.txt', content: 'x' }],
    });
    await prisma().paste.update({ where: { id }, data: { burnAfter: 1 } });
    const {
      'profile.json': _,
      'contacts.json': _contacts,
      'shared-with-me.json': _shared,
      ...entries
    } = await exportOf(user);
    expect(Object.keys(entries)).toEqual([`pastes/${slug}/paste.json`]);
    expect(Object.values(entries).join()).not.toMatch(/A secret title|n\.txt/);
  });

  it('is complete if a body is missing or damaged, and lists it with the reason', async () => {
    const user = await addUser();
    const whole = await create(user, { content: 'whole' });
    const files = [{ content: 'missing' }, { name: 'damaged.txt', content: 'damaged' }, { content: 'third' }];
    const { slug, files: stored } = await create(user, { files });
    const last = await create(user, { content: 'last' });
    const [missing, damaged] = stored;
    const keys = [missing?.key ?? '', damaged?.key ?? ''];
    await blobStore().delete(keys);
    await blobStore().put(keys[1] ?? '', Buffer.from('DAMAGED'));
    forgetBodies(keys);
    const { 'unreadable-files.json': note = '', ...entries } = await exportOf(user);
    const reason = 'missing_or_damaged';
    expect(JSON.parse(note)).toEqual([
      { path: `pastes/${slug}/files/file-1.txt`, bytes: 7, sha256: missing?.sha256, reason },
      { path: `pastes/${slug}/files/damaged.txt`, bytes: 7, sha256: damaged?.sha256, reason },
    ]);
    const texts = Object.entries(entries).filter(([name]) => name.includes('/files/'));
    expect(Object.fromEntries(texts)).toEqual({
      [`pastes/${whole.slug}/files/file-1.txt`]: 'whole',
      [`pastes/${slug}/files/file-3.txt`]: 'third',
      [`pastes/${last.slug}/files/file-1.txt`]: 'last',
    });
    expect(entries[`pastes/${slug}/paste.json`]).toBeDefined();
  });

  it('is complete if the store stops answering, and does not wait for each body', async () => {
    const user = await addUser();
    for (let index = 0; index < 6; index += 1) {
      forgetBodies((await create(user, { content: `${index}` })).files.map(({ key }) => key));
    }
    const down = new AppError('storage_unavailable', { cause: new Error('no answer') });
    const get = vi.spyOn(blobStore(), 'get').mockRejectedValue(down);
    const { 'unreadable-files.json': note = '', ...entries } = await exportOf(user);
    expect(get).toHaveBeenCalledTimes(3);
    get.mockRestore();
    const reasons = (JSON.parse(note) as { reason: string }[]).map(({ reason }) => reason);
    expect(reasons).toEqual(Array.from({ length: 6 }, () => 'storage_unavailable'));
    const described = Object.keys(entries).filter((name) => name.endsWith('/paste.json'));
    expect(described).toHaveLength(6);
  });

  it('fails before the first byte if the store does not answer', async () => {
    const user = await addUser();
    const ping = vi.spyOn(blobStore(), 'ping').mockRejectedValue(new AppError('storage_unavailable'));
    await expect(streamExport(user, new Date())).rejects.toMatchObject({ status: 503 });
    ping.mockRestore();
  });

  it('reads bodies only as the stream is consumed', async () => {
    const user = await addUser();
    const texts = Array.from({ length: 5 }, (_, index) => `${index}${'x'.repeat(400_000)}`);
    const pastes = [];
    for (const content of texts) pastes.push(await create(user, { content }));
    forgetBodies(pastes.flatMap(({ files }) => files.map(({ key }) => key)));
    const get = vi.spyOn(blobStore(), 'get');
    const reader = (await streamExport(user, new Date())).getReader();
    await reader.read();
    expect(get.mock.calls.length).toBeLessThan(texts.length);
    for (let done = false; !done; ) ({ done } = await reader.read());
    expect(get).toHaveBeenCalledTimes(texts.length);
    get.mockRestore();
  });
});
