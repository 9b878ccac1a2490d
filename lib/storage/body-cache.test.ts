import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startVercelBlobStandIn, type VercelBlobStandIn } from '@/e2e/support/vercel-blob-stand-in';
import { logger } from '@/lib/core/logger';
import { newBlobKey } from './blob-key';
import { blobStore } from './blob-store';
import { BODY_CACHE_BYTES, type BodyReference, forgetBodies, readBody } from './body-cache';

const UNAVAILABLE = { name: 'AppError', code: 'storage_unavailable' };

let standIn: VercelBlobStandIn;

beforeAll(async () => {
  standIn = await startVercelBlobStandIn();
  process.env.VERCEL_BLOB_API_URL = standIn.url;
  process.env.BLOB_READ_URL = standIn.url;
  process.env.BLOB_READ_WRITE_TOKEN = standIn.token;
  process.env.DATABASE_URL ??= 'postgres://unused.invalid/none';
  process.env.AUTH_SECRET ??= 'x'.repeat(32);
  process.env.LOG_LEVEL = 'silent';
});
afterAll(() => standIn.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await standIn.fail('ok');
});

function refer(key: string, body: Uint8Array): BodyReference {
  return { key, bytes: body.byteLength, sha256: createHash('sha256').update(body).digest('hex') };
}

async function storeBody(
  body: Uint8Array = randomBytes(1_000),
): Promise<BodyReference & { body: Uint8Array }> {
  const key = newBlobKey();
  await blobStore().put(key, body);
  return { ...refer(key, body), body };
}

describe('readBody', () => {
  it('reads from the store once, then from memory', async () => {
    const get = vi.spyOn(blobStore(), 'get');
    const { body, ...reference } = await storeBody();
    expect(Buffer.from(await readBody(reference)).equals(body)).toBe(true);
    standIn.objects.delete(`bodies/${reference.key}`);
    expect(Buffer.from(await readBody(reference)).equals(body)).toBe(true);
    expect(get).toHaveBeenCalledTimes(1);
  });

  it('keeps empty bodies too', async () => {
    const get = vi.spyOn(blobStore(), 'get');
    const reference = await storeBody(new Uint8Array());
    expect((await readBody(reference)).byteLength).toBe(0);
    expect((await readBody(reference)).byteLength).toBe(0);
    expect(get).toHaveBeenCalledTimes(1);
  });

  it('shares one fetch between concurrent reads', async () => {
    const get = vi.spyOn(blobStore(), 'get');
    const reference = await storeBody();
    const bodies = await Promise.all(Array.from({ length: 20 }, () => readBody(reference)));
    expect(get).toHaveBeenCalledTimes(1);
    expect(new Set(bodies).size).toBe(1);
  });

  it('shares a failure only between the reads that waited for it', async () => {
    const reference = await storeBody();
    await standIn.fail('truncate');
    const outcomes = await Promise.allSettled([readBody(reference), readBody(reference)]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    }
    await standIn.fail('ok');
    expect((await readBody(reference)).byteLength).toBe(reference.bytes);
  });

  it('rejects bytes of the right length with the wrong hash, logs it, and does not keep them', async () => {
    const logged = vi.spyOn(logger(), 'error');
    const reference = await storeBody();
    await standIn.fail('corrupt');
    await expect(readBody(reference)).rejects.toMatchObject({ ...UNAVAILABLE, detail: expect.any(String) });
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ key: reference.key }), expect.any(String));
    await standIn.fail('ok');
    expect((await readBody(reference)).byteLength).toBe(reference.bytes);
  });

  it('rejects a body that is shorter than recorded, and one that is absent', async () => {
    const logged = vi.spyOn(logger(), 'error');
    const short = await storeBody();
    const stored = standIn.objects.get(`bodies/${short.key}`);
    if (stored) stored.body = stored.body.subarray(1);
    await expect(readBody(short)).rejects.toMatchObject(UNAVAILABLE);
    await expect(readBody(refer(newBlobKey(), randomBytes(8)))).rejects.toMatchObject(UNAVAILABLE);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('compares what is in memory with the caller’s own record', async () => {
    const reference = await storeBody();
    await readBody(reference);
    await expect(readBody(refer(reference.key, randomBytes(1_000)))).rejects.toMatchObject(UNAVAILABLE);
    expect((await readBody(reference)).byteLength).toBe(reference.bytes);
  });

  it('keeps the most recently read bodies within its bound', async () => {
    const megabytes = 4;
    const count = BODY_CACHE_BYTES / (megabytes * 1024 * 1024) + 2;
    const references: BodyReference[] = [];
    for (let at = 0; at < count; at += 1) {
      const reference = await storeBody(randomBytes(megabytes * 1024 * 1024));
      references.push(reference);
      await readBody(reference);
      await readBody(references[0] ?? reference);
    }
    const get = vi.spyOn(blobStore(), 'get');
    const [first, second] = references;
    const last = references.at(-1);
    if (!first || !second || !last) throw new Error('no bodies were stored');
    await readBody(first);
    await readBody(last);
    expect(get).not.toHaveBeenCalled();
    await readBody(second);
    expect(get).toHaveBeenCalledTimes(1);
  });
});

describe('forgetBodies', () => {
  it('drops what is in memory', async () => {
    const reference = await storeBody();
    await readBody(reference);
    await blobStore().delete([reference.key]);
    forgetBodies([reference.key]);
    await expect(readBody(reference)).rejects.toMatchObject(UNAVAILABLE);
  });

  it('also applies to a body that is on its way', async () => {
    const reference = await storeBody();
    const reading = readBody(reference);
    forgetBodies([reference.key]);
    await reading;
    await blobStore().delete([reference.key]);
    await expect(readBody(reference)).rejects.toMatchObject(UNAVAILABLE);
  });
});
