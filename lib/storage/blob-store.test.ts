import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { S3StandIn } from '@/e2e/support/s3-stand-in';
import type { VercelBlobStandIn } from '@/e2e/support/vercel-blob-stand-in';
import {
  collectKeys,
  expectUnavailable,
  openS3,
  openVercelBlob,
  putMany,
  UNAVAILABLE,
} from '../../test/blob-stores';
import { isBlobKey, newBlobKey } from './blob-key';
import { blobStore } from './blob-store';
import { createFilesystemStore } from './filesystem';
import { findStorageRefusal } from './refusal';
import { type BlobStore, STORAGE_TIMEOUT_MS, type StoredBlob } from './store';

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const HOSTILE_KEYS = ['', '..', '../../etc/passwd', '/etc/passwd', `${'a'.repeat(39)}/`, 'A'.repeat(40)];

interface Driver {
  name: string;
  /** Enough to need more than one page or shard. */
  listed: number;
  open(): Promise<{ store: BlobStore; close(): Promise<void> }>;
}

async function openFilesystem() {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-blobs-'));
  const store = createFilesystemStore(join(folder, 'not', 'yet', 'made'));
  return { store, close: () => rm(folder, { recursive: true }) };
}

const drivers: Driver[] = [
  { name: 'filesystem', listed: 150, open: openFilesystem },
  { name: 'Vercel Blob', listed: 1_050, open: openVercelBlob },
  { name: 'S3', listed: 250, open: openS3 },
];

describe('newBlobKey', () => {
  it('generates unique keys of one format', () => {
    const keys = Array.from({ length: 1_000 }, newBlobKey);
    expect(keys.every(isBlobKey)).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('gives keys of the same time one folder, which changes', () => {
    const folders = Array.from({ length: 10_000 }, () => newBlobKey().slice(0, 2));
    const changes = folders.filter((one, index) => index > 0 && one !== folders[index - 1]).length;
    expect(changes).toBeGreaterThan(100);
    expect(changes).toBeLessThan(200);
    expect(new Set(folders).size).toBeGreaterThan(64);
  });
});

describe.each(drivers)('the $name store', ({ listed, open }) => {
  let store: BlobStore;
  let close: () => Promise<void>;

  beforeEach(async () => {
    ({ store, close } = await open());
  });
  afterEach(() => close());

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0])],
    ['the longest text', randomBytes(MAX_BODY_BYTES)],
    ['a byte order mark, both line ends and other scripts', Buffer.from('\uFEFFa\r\nb\nПривет 👋\u0000\r')],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x80, 0xc3])],
  ])('gives back exactly %s', async (_what, body) => {
    const key = newBlobKey();
    await store.put(key, body);
    const found = await store.get(key);
    expect(found).not.toBeNull();
    expect(body.equals(found ?? Buffer.from('absent'))).toBe(true);
  });

  it('stores a view into a larger buffer without what surrounds it', async () => {
    const key = newBlobKey();
    await store.put(key, new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3));
    expect(await store.get(key)).toEqual(new Uint8Array([2, 3]));
  });

  it('returns null for an unknown key', async () => {
    expect(await store.get(newBlobKey())).toBeNull();
  });

  it('deletes, and does not mind deleting again', async () => {
    const [kept = '', ...gone] = await putMany(store, 3);
    await store.delete(gone);
    await store.delete([...gone, newBlobKey()]);
    await store.delete([]);
    expect(await collectKeys(store)).toEqual([kept]);
    for (const key of gone) expect(await store.get(key)).toBeNull();
  });

  it('lists nothing, then everything once, and when it was written', async () => {
    expect(await collectKeys(store)).toEqual([]);
    const startedAt = Date.now();
    const keys = await putMany(store, listed);
    expect(await collectKeys(store)).toEqual(keys);
    for await (const { modifiedAt } of store.list()) {
      expect(Math.abs(modifiedAt.getTime() - startedAt)).toBeLessThan(60_000);
    }
    await store.delete(keys);
    expect(await collectKeys(store)).toEqual([]);
  });

  it('continues a listing from the place of a body, which it lists again', async () => {
    const keys = await putMany(store, listed);
    const blobs: StoredBlob[] = [];
    for await (const blob of store.list()) blobs.push(blob);
    const listFrom = async (at: number) => {
      const rest: string[] = [];
      for await (const { key } of store.list(blobs[at]?.place)) rest.push(key);
      return rest;
    };
    const middle = Math.floor(listed / 2);
    const rest = await listFrom(middle);
    expect(rest).toEqual(expect.arrayContaining(blobs.slice(middle).map(({ key }) => key)));
    expect(rest.length).toBeLessThan(listed);
    expect((await listFrom(listed - 1)).length).toBeLessThan(rest.length);
    await store.delete(keys);
  });

  it('never overwrites', async () => {
    const key = newBlobKey();
    await store.put(key, Buffer.from('first'));
    await expect(store.put(key, Buffer.from('second'))).rejects.toMatchObject(UNAVAILABLE);
    expect(await store.get(key)).toEqual(new Uint8Array(Buffer.from('first')));
    expect(await collectKeys(store)).toEqual([key]);
  });

  it('lets one of several puts of the same key win', async () => {
    const key = newBlobKey();
    const bodies = ['a', 'b', 'c', 'd'].map((text) => Buffer.from(text.repeat(10_000)));
    const outcomes = await Promise.allSettled(bodies.map((body) => store.put(key, body)));
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(bodies[winner]?.equals((await store.get(key)) ?? Buffer.alloc(0))).toBe(true);
  });

  it('keeps parallel puts apart', async () => {
    const entries = Array.from({ length: 32 }, () => ({ key: newBlobKey(), body: randomBytes(20_000) }));
    await Promise.all(entries.map(({ key, body }) => store.put(key, body)));
    const found = await Promise.all(entries.map(({ key }) => store.get(key)));
    expect(entries.every(({ body }, at) => body.equals(found[at] ?? Buffer.alloc(0)))).toBe(true);
  });

  it('answers a ping and leaves nothing behind', async () => {
    await store.ping();
    expect(await collectKeys(store)).toEqual([]);
  });

  it.each(HOSTILE_KEYS)('rejects %j as a key', async (key) => {
    await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(RangeError);
    await expect(store.get(key)).rejects.toThrow(RangeError);
    await expect(store.delete([newBlobKey(), key])).rejects.toThrow(RangeError);
  });
});

describe.each([
  { name: 'Vercel Blob', open: openVercelBlob },
  { name: 'S3', open: openS3 },
])('the $name store on a bad day', ({ open }) => {
  let standIn: VercelBlobStandIn | S3StandIn;
  let store: BlobStore;

  beforeEach(async () => {
    ({ standIn, store } = await open());
  });
  afterEach(() => standIn.close());

  it.each(['500', 'hang', 'refuse'] as const)(
    'is unavailable in time when the service is in mode %s, and recovers',
    async (mode) => {
      const [key = ''] = await putMany(store, 1);
      await standIn.fail(mode);
      const startedAt = performance.now();
      await Promise.all([
        expectUnavailable(store),
        expect(store.get(key)).rejects.toMatchObject(UNAVAILABLE),
      ]);
      expect(performance.now() - startedAt).toBeLessThan(STORAGE_TIMEOUT_MS + 1_000);

      await standIn.fail('ok');
      expect(await store.get(key)).toEqual(new Uint8Array(Buffer.from(key)));
      await store.ping();
    },
  );

  it('is unavailable when answers break off, rather than give part of a body', async () => {
    const [key = ''] = await putMany(store, 1);
    await standIn.fail('truncate');
    await expect(store.get(key)).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.put(newBlobKey(), Buffer.from('body'))).rejects.toMatchObject(UNAVAILABLE);
    await expect(collectKeys(store)).rejects.toMatchObject(UNAVAILABLE);
  });
});

describe('findStorageRefusal', () => {
  it.each(drivers)('finds none with the $name store, and leaves nothing behind', async ({ open }) => {
    const { store, close } = await open();
    expect(await findStorageRefusal(store)).toBeNull();
    expect(await collectKeys(store)).toEqual([]);
    await close();
  });

  it('does not take an outage for a refusal', async () => {
    const { standIn, store, close } = await openS3();
    await standIn.fail('refuse');
    expect(await findStorageRefusal(store)).toBeNull();
    await close();
  });
});

describe('blobStore', () => {
  it('is one filesystem store at BLOB_DIR when no token is configured', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sheaf-blobs-'));
    delete process.env.BLOB_READ_WRITE_TOKEN;
    process.env.BLOB_DIR = folder;
    process.env.DATABASE_URL ??= 'postgres://unused.invalid/none';
    process.env.AUTH_SECRET ??= 'x'.repeat(32);
    const [key = ''] = await putMany(blobStore(), 1);
    expect((await stat(join(folder, key.slice(0, 2), key))).size).toBe(key.length);
    expect(blobStore()).toBe(blobStore());
    await rm(folder, { recursive: true });
  });
});
