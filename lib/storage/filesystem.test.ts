import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectKeys, expectUnavailable, putMany, UNAVAILABLE } from '../../test/blob-stores';
import { newBlobKey } from './blob-key';
import { createFilesystemStore } from './filesystem';
import { type BlobStore, STORAGE_TIMEOUT_MS } from './store';

describe('the filesystem store on a bad day', () => {
  let folder: string;
  let store: BlobStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheaf-blobs-'));
    store = createFilesystemStore(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('does not list what a crashed write of an earlier version left, and removes it after a day', async () => {
    const [key = ''] = await putMany(store, 1);
    const recent = join(folder, 'tmp', newBlobKey());
    const old = join(folder, 'tmp', newBlobKey());
    await mkdir(dirname(old));
    await writeFile(recent, 'half a bo');
    await writeFile(old, 'half a bo');
    const twoDaysAgo = Date.now() / 1_000 - 2 * 24 * 60 * 60;
    await utimes(old, twoDaysAgo, twoDaysAgo);

    expect(await collectKeys(store)).toEqual([key]);
    await expect(stat(old)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await stat(recent)).isFile()).toBe(true);
  });

  it('leaves nothing but the body after a put, whether it worked or not', async () => {
    const [key = ''] = await putMany(store, 1);
    await expect(store.put(key, Buffer.from('again'))).rejects.toMatchObject(UNAVAILABLE);
    expect(await readdir(folder)).toEqual([key.slice(0, 2)]);
    expect(await readdir(join(folder, key.slice(0, 2)))).toEqual([key]);
    expect(await store.get(key)).toEqual(new Uint8Array(Buffer.from(key)));
  });

  it('skips files that are not bodies', async () => {
    const [key = ''] = await putMany(store, 1);
    const shard = join(folder, key.slice(0, 2));
    await writeFile(join(shard, '.DS_Store'), '');
    await writeFile(join(shard, `${key}.orig`), '');
    await mkdir(join(folder, 'lost+found'));
    expect(await collectKeys(store)).toEqual([key]);
  });

  it('reads, lists and deletes what an earlier version stored', async () => {
    const keys = [newBlobKey(), newBlobKey()].sort();
    for (const key of keys) {
      const path = join(folder, key.slice(0, 2), key.slice(2, 4), key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, key);
    }
    const [added = ''] = await putMany(store, 1);
    expect(await collectKeys(store)).toEqual([...keys, added].sort());
    for (const key of keys) expect(await store.get(key)).toEqual(new Uint8Array(Buffer.from(key)));
    await store.delete(keys);
    expect(await collectKeys(store)).toEqual([added]);
  });

  it('recreates its folders after they were removed', async () => {
    const [key = ''] = await putMany(store, 1);
    await rm(folder, { recursive: true });
    await store.put(key, Buffer.from('before')).catch(() => {});
    await store.put(newBlobKey(), Buffer.from('after'));
    await store.ping();
  });

  it('is unavailable in time when the disk hangs', async () => {
    const key = newBlobKey();
    const path = join(folder, key.slice(0, 2), key);
    await mkdir(dirname(path), { recursive: true });
    // Opening a pipe without a writer blocks, as a dead network mount does.
    execFileSync('mkfifo', [path]);
    const startedAt = performance.now();
    await expect(store.get(key)).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - startedAt).toBeLessThan(STORAGE_TIMEOUT_MS + 1_000);
    await writeFile(path, '');
  });

  it('is unavailable if its folder is a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const broken = createFilesystemStore(file);
    await expectUnavailable(broken);
    await expect(broken.ping()).rejects.toMatchObject({ cause: { code: expect.stringMatching(/^E/) } });
  });
});
