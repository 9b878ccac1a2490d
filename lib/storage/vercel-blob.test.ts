import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VercelBlobStandIn } from '@/e2e/support/vercel-blob-stand-in';
import {
  collectKeys,
  expectRefusal,
  expectUnavailable,
  openVercelBlob,
  putMany,
  UNAVAILABLE,
} from '../../test/blob-stores';
import { newBlobKey } from './blob-key';
import type { BlobStore } from './store';
import { createVercelBlobStore } from './vercel-blob';

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
