import { expect } from 'vitest';
import { startS3StandIn } from '@/e2e/support/s3-stand-in';
import { startVercelBlobStandIn } from '@/e2e/support/vercel-blob-stand-in';
import { newBlobKey } from '../lib/storage/blob-key';
import { findStorageRefusal } from '../lib/storage/refusal';
import { createS3Store } from '../lib/storage/s3';
import type { BlobStore } from '../lib/storage/store';
import { createVercelBlobStore } from '../lib/storage/vercel-blob';

export const UNAVAILABLE = { name: 'AppError', code: 'storage_unavailable' };

export async function openVercelBlob() {
  const standIn = await startVercelBlobStandIn();
  process.env.VERCEL_BLOB_API_URL = standIn.url;
  const store = createVercelBlobStore({ token: standIn.token, readUrl: standIn.url, pageSize: 100 });
  return { standIn, store, close: () => standIn.close() };
}

export const S3_PREFIX = 'sheaf/bodies/';

export async function openS3() {
  const standIn = await startS3StandIn();
  const store = createS3Store({ ...standIn.settings, prefix: S3_PREFIX, pageSize: 100 });
  return { standIn, store, close: () => standIn.close() };
}

export async function collectKeys(store: BlobStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list()) keys.push(key);
  return keys.sort();
}

export async function putMany(store: BlobStore, count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, newBlobKey);
  for (let start = 0; start < count; start += 50) {
    await Promise.all(keys.slice(start, start + 50).map((key) => store.put(key, Buffer.from(key))));
  }
  return keys.sort();
}

export async function expectUnavailable(store: BlobStore): Promise<void> {
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

export async function expectRefusal(store: BlobStore, beginning: string): Promise<void> {
  const sentence = await findStorageRefusal(store);
  expect(sentence?.slice(0, beginning.length)).toBe(beginning);
  expect(sentence).toMatch(/^[^\n]+\.$/);
}
