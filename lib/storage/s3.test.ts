import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signRequest } from '@/e2e/support/s3-signature';
import { type S3StandIn, startS3StandIn } from '@/e2e/support/s3-stand-in';
import {
  collectKeys,
  expectRefusal,
  expectUnavailable,
  openS3,
  putMany,
  S3_PREFIX,
  UNAVAILABLE,
} from '../../test/blob-stores';
import { newBlobKey } from './blob-key';
import { blobStore } from './blob-store';
import { readBody } from './body-cache';
import { findStorageRefusal, StorageRefusal } from './refusal';
import { createS3Store } from './s3';
import { bucketUrl } from './s3-client';
import { errorOf } from './s3-error';
import type { BlobStore } from './store';

describe('the store that S3_BUCKET names', () => {
  let standIn: S3StandIn;

  beforeEach(async () => {
    standIn = await startS3StandIn();
    const { settings } = standIn;
    delete process.env.BLOB_READ_WRITE_TOKEN;
    process.env.DATABASE_URL ??= 'postgres://unused.invalid/none';
    process.env.AUTH_SECRET ??= 'x'.repeat(32);
    process.env.LOG_LEVEL = 'silent';
    process.env.S3_BUCKET = settings.bucket;
    process.env.S3_ENDPOINT = settings.endpoint;
    process.env.S3_REGION = settings.region;
    process.env.S3_ACCESS_KEY_ID = settings.accessKeyId;
    process.env.S3_SECRET_ACCESS_KEY = settings.secretAccessKey;
    process.env.S3_PREFIX = 'one';
  });
  afterEach(async () => {
    await standIn.close();
    for (const name of Object.keys(process.env)) if (name.startsWith('S3_')) delete process.env[name];
  });

  it('keeps bodies under S3_PREFIX, and none of wrong bytes is read', async () => {
    const key = newBlobKey();
    const body = Buffer.from('the text');
    const reference = {
      key,
      bytes: body.byteLength,
      sha256: createHash('sha256').update(body).digest('hex'),
    };
    await blobStore().put(key, body);
    expect([...standIn.objects.keys()]).toEqual([`one/${key}`]);
    await standIn.fail('corrupt');
    await expect(readBody(reference)).rejects.toMatchObject({ code: 'storage_unavailable' });
    await standIn.fail('ok');
    expect(Buffer.from(await readBody(reference))).toEqual(body);
  });
});

it('is refused if it is a page that answers everything', async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.end(request.method === 'POST' ? '<DeleteResult/>' : '<html/>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const key = { region: 'eu-central-1', accessKeyId: 'key', secretAccessKey: 'secret' };
  const store = createS3Store({ ...key, bucket: 'texts', endpoint: `http://127.0.0.1:${port}`, prefix: '' });
  expect(await findStorageRefusal(store)).toBe(
    'The store does not return what it was given: check its address.',
  );
  server.close();
});

describe('an answer that is no success', () => {
  it.each([
    [401, 'Unauthorized', 'S3 answered 401 Unauthorized: check the S3_ variables.'],
    [400, 'constructor', 'S3 answered 400 constructor: check the S3_ variables.'],
    [301, '', 'S3 answered 301: check the S3_ variables.'],
    [
      404,
      'NoSuchBucket',
      'S3 answered 404 NoSuchBucket: create the bucket, or correct S3_BUCKET, S3_REGION or S3_ENDPOINT.',
    ],
  ])('%i %s refuses the configuration', (status, code, sentence) => {
    const error = errorOf(status, code);
    expect(error).toBeInstanceOf(StorageRefusal);
    expect(error.message).toBe(sentence);
  });

  it.each([
    [404, 'NoSuchKey'],
    [412, 'PreconditionFailed'],
    [500, 'InternalError'],
    [503, 'SlowDown'],
  ])('%i %s does not', (status, code) => {
    expect(errorOf(status, code)).not.toBeInstanceOf(StorageRefusal);
  });
});

describe('the address of a bucket', () => {
  const key = { region: 'eu-central-1', accessKeyId: 'key', secretAccessKey: 'secret' };

  it.each([
    [{ bucket: 'texts' }, 'https://texts.s3.eu-central-1.amazonaws.com'],
    [{ bucket: 'texts.example.org' }, 'https://s3.eu-central-1.amazonaws.com/texts.example.org'],
    [{ bucket: 'texts', endpoint: 'http://minio:9000/' }, 'http://minio:9000/texts'],
    [{ bucket: 'texts', endpoint: 'https://example.org/storage/s3' }, 'https://example.org/storage/s3/texts'],
  ])('of %j is %s', (settings, url) => {
    expect(bucketUrl({ ...key, ...settings })).toBe(url);
  });
});

// The examples of "Authenticating Requests: Using the Authorization Header" in Amazon's API reference.
describe('the signature that the stand-in expects', () => {
  const EMPTY = createHash('sha256').digest('hex');
  const key = {
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    date: '20130524',
    region: 'us-east-1',
  };
  const headers = {
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-content-sha256': EMPTY,
  };

  it.each([
    {
      method: 'GET',
      target: '/test.txt',
      headers: { ...headers, range: 'bytes=0-9' },
      signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    },
    {
      method: 'PUT',
      target: '/test%24file.text',
      headers: {
        ...headers,
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': createHash('sha256').update('Welcome to Amazon S3.').digest('hex'),
      },
      signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    },
    {
      method: 'GET',
      target: '/?lifecycle',
      headers,
      signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    },
    {
      method: 'GET',
      target: '/?max-keys=2&prefix=J',
      headers,
      signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    },
  ])('of $method $target is that of the documentation', ({ signature, ...request }) => {
    const signedHeaders = Object.keys(request.headers).sort();
    expect(signRequest({ ...request, signedHeaders }, key)).toBe(signature);
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
