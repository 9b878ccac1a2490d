import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type S3StandIn, startS3StandIn } from '@/e2e/support/s3-stand-in';
import { startVercelBlobStandIn, type VercelBlobStandIn } from '@/e2e/support/vercel-blob-stand-in';
import { isBlobKey, newBlobKey } from './blob-key';
import { blobStore } from './blob-store';
import { createFilesystemStore } from './filesystem';
import { findStorageRefusal } from './refusal';
import { createS3Store } from './s3';
import { type BlobStore, STORAGE_TIMEOUT_MS, type StoredBlob } from './store';
import { createVercelBlobStore } from './vercel-blob';

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const UNAVAILABLE = { name: 'AppError', code: 'storage_unavailable' };
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

async function openVercelBlob() {
  const standIn = await startVercelBlobStandIn();
  process.env.VERCEL_BLOB_API_URL = standIn.url;
  const store = createVercelBlobStore({ token: standIn.token, readUrl: standIn.url, pageSize: 100 });
  return { standIn, store, close: () => standIn.close() };
}

const S3_PREFIX = 'sheaf/bodies/';

async function openS3() {
  const standIn = await startS3StandIn();
  const store = createS3Store({ ...standIn.settings, prefix: S3_PREFIX, pageSize: 100 });
  return { standIn, store, close: () => standIn.close() };
}

async function collectKeys(store: BlobStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list()) keys.push(key);
  return keys.sort();
}

async function putMany(store: BlobStore, count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, newBlobKey);
  for (let start = 0; start < count; start += 50) {
    await Promise.all(keys.slice(start, start + 50).map((key) => store.put(key, Buffer.from(key))));
  }
  return keys.sort();
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

async function expectUnavailable(store: BlobStore): Promise<void> {
  const operations = [
    store.put(newBlobKey(), Buffer.from('body')),
    store.get(newBlobKey()),
    store.delete([newBlobKey()]),
    collectKeys(store),
    store.ping(),
  ];
  for (const outcome of await Promise.allSettled(operations)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
  }
}

async function expectRefusal(store: BlobStore, beginning: string): Promise<void> {
  const sentence = await findStorageRefusal(store);
  expect(sentence?.slice(0, beginning.length)).toBe(beginning);
  expect(sentence).toMatch(/^[^\n]+\.$/);
}

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

describe('the Vercel Blob store and its SDK on a bad day', () => {
  let standIn: VercelBlobStandIn;
  let store: BlobStore;

  beforeEach(async () => {
    ({ standIn, store } = await openVercelBlob());
  });
  afterEach(() => standIn.close());

  it('stops retrying once it has answered', async () => {
    await standIn.fail('refuse');
    const key = newBlobKey();
    await expect(store.put(key, Buffer.from('late'))).rejects.toMatchObject(UNAVAILABLE);
    await standIn.fail('ok');
    // The SDK's next attempt would come at most 4 s after its second.
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(await store.get(key)).toBeNull();
  });

  it('is unavailable with a token that the store rejects', async () => {
    const stranger = createVercelBlobStore({ token: 'vercel_blob_rw_standin_wrong', readUrl: standIn.url });
    await expectUnavailable(stranger);
    await expectRefusal(stranger, 'BLOB_READ_WRITE_TOKEN must be a valid token of a store ');
  });

  it('keeps bodies under their prefix, private, and lists nothing else', async () => {
    const [key = ''] = await putMany(store, 1);
    expect([...standIn.objects.keys()]).toEqual([`bodies/${key}`]);
    const stored = standIn.objects.get(`bodies/${key}`);
    expect(stored?.contentType).toBe('application/octet-stream');
    if (stored) {
      standIn.objects.set(`elsewhere/${newBlobKey()}`, stored);
      standIn.objects.set('bodies/readme.txt', stored);
    }
    expect(await collectKeys(store)).toEqual([key]);
  });

  it('rejects a token that names no store', () => {
    expect(() => createVercelBlobStore({ token: 'nonsense' })).toThrow(/names no store/);
  });
});

describe('the S3 store and its requests on a bad day', () => {
  let standIn: S3StandIn;
  let store: BlobStore;

  beforeEach(async () => {
    ({ standIn, store } = await openS3());
  });
  afterEach(() => standIn.close());

  it('stops retrying once it has answered', async () => {
    await standIn.fail('hang');
    const key = newBlobKey();
    await expect(store.put(key, Buffer.from('late'))).rejects.toMatchObject(UNAVAILABLE);
    await standIn.fail('ok');
    const { length } = standIn.requests;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(standIn.requests).toHaveLength(length);
    expect(await store.get(key)).toBeNull();
  });

  it('asks once more when the service is busy', async () => {
    const [key = ''] = await putMany(store, 1);
    await standIn.fail('busy');
    expect(await store.get(key)).toEqual(new Uint8Array(Buffer.from(key)));
    await standIn.fail('busy');
    await store.put(newBlobKey(), Buffer.from('body'));
  });

  it('does not take a 200 for a deletion that the service refused', async () => {
    const keys = await putMany(store, 2);
    await standIn.fail('undeletable');
    await expect(store.delete(keys)).rejects.toMatchObject(UNAVAILABLE);
    expect(await collectKeys(store)).toEqual(keys);
  });

  it('deletes more than one request may name', async () => {
    const [kept = ''] = await putMany(store, 1);
    const stored = standIn.objects.get(S3_PREFIX + kept);
    const keys = Array.from({ length: 2_001 }, newBlobKey);
    if (stored) for (const key of keys) standIn.objects.set(S3_PREFIX + key, stored);
    await store.delete(keys);
    expect(await collectKeys(store)).toEqual([kept]);
  });

  it('keeps bodies under its prefix and lists nothing else, whatever the names are', async () => {
    const [key = ''] = await putMany(store, 1);
    expect([...standIn.objects.keys()]).toEqual([S3_PREFIX + key]);
    const stored = standIn.objects.get(S3_PREFIX + key);
    expect(stored?.contentType).toBe('application/octet-stream');
    const names = [
      `elsewhere/${newBlobKey()}`,
      `${S3_PREFIX}readme.txt`,
      `${S3_PREFIX}a folder/<&>+%/\u0001`,
      `${S3_PREFIX}below/${newBlobKey()}`,
    ];
    if (stored) for (const name of names) standIn.objects.set(name, stored);
    expect(await collectKeys(store)).toEqual([key]);
  });

  it.each<[string, Partial<S3StandIn['settings']>, string]>([
    ['an absent bucket', { bucket: 'another-bucket' }, 'S3 answered 404 NoSuchBucket: create the bucket, '],
    [
      'an unknown key',
      { accessKeyId: 'AKIAUNKNOWN' },
      'S3 answered 403 InvalidAccessKeyId: correct S3_ACCESS',
    ],
    [
      'a wrong secret',
      { secretAccessKey: 'wrong' },
      'S3 answered 403 SignatureDoesNotMatch: correct S3_SECRET',
    ],
    [
      'another region',
      { region: 'us-east-1' },
      'S3 answered 400 AuthorizationHeaderMalformed: set S3_REGION ',
    ],
  ])('is unavailable with %s, and says what to change', async (_what, wrong, sentence) => {
    const settings = { ...standIn.settings, ...wrong };
    const stranger = createS3Store({ ...settings, prefix: S3_PREFIX });
    await expectUnavailable(stranger);
    await expectRefusal(stranger, sentence);
    expect(await findStorageRefusal(stranger)).not.toContain(settings.secretAccessKey);
    expect(standIn.objects.size).toBe(0);
  });

  it('names the rights that its key lacks', async () => {
    standIn.makeReadOnly();
    await store.ping();
    await expectRefusal(store, 'S3 answered 403 AccessDenied: give S3_ACCESS_KEY_ID the rights ');
  });

  it('is unavailable where the clocks differ by more than the service takes', async () => {
    standIn.shiftClock(60 * 60 * 1_000);
    await expectUnavailable(store);
    await expectRefusal(store, 'S3 answered 403 RequestTimeTooSkewed: set the clock of this machine, ');
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
