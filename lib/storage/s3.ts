import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertBlobKey, isBlobKey } from './blob-key';
import { withinDeadline } from './deadline';
import { StorageRefusal } from './refusal';
import type { S3Client, S3Settings } from './s3-client';
import { S3Error } from './s3-error';
import type { BlobStore } from './store';

/** The most that one request can list or delete. */
const MAX_OBJECTS = 1_000;
const RETRY_AFTER_MS = 100;

export interface S3StoreOptions extends S3Settings {
  /** What the names of all objects begin with; it ends with a slash, and needs no escape in URLs or XML. */
  prefix: string;
  /** Keys per page of `list`; at most 1,000. */
  pageSize?: number | undefined;
}

type S3Operation<T> = (client: S3Client, signal: AbortSignal) => Promise<T>;

/**
 * Bodies in a bucket of Amazon S3 or of a service with the same protocol, under `<prefix><key>`.
 *
 * `put` sends `If-None-Match: *`, which Amazon S3, Cloudflare R2, MinIO and Ceph follow. A service that ignores it
 * would overwrite an object of the same name; each key has 152 random bits of its own and is used once, so that there is
 * none. A service that rejects it stores nothing.
 *
 * A request without an answer, or with one that says to try later, is repeated once within the deadline of its
 * operation. If the first one was a `put` that succeeded, the second one finds the name taken, and the put fails.
 */
export function createS3Store(options: S3StoreOptions): BlobStore {
  const { prefix, pageSize = MAX_OBJECTS } = options;
  let client: Promise<S3Client> | undefined;

  /** Loaded on first use: most instances keep bodies in a folder. */
  function load(): Promise<S3Client> {
    client ??= import('./s3-client').then(
      ({ createS3Client }) => createS3Client(options),
      (error: unknown) => {
        client = undefined;
        throw error;
      },
    );
    return client;
  }

  async function run<T>(request: S3Operation<T>): Promise<T> {
    return await withinDeadline(async ({ signal }) => {
      const loaded = await load();
      return await repeatOnce(() => request(loaded, signal), signal);
    });
  }

  return {
    async put(key, body) {
      assertBlobKey(key);
      await run((s3, signal) => s3.putObject(prefix + key, body, signal));
    },

    async get(key) {
      assertBlobKey(key);
      return await run((s3, signal) => s3.getObject(prefix + key, signal));
    },

    async delete(keys) {
      for (const key of keys) assertBlobKey(key);
      const names = keys.map((key) => prefix + key);
      const batches = Array.from({ length: Math.ceil(names.length / MAX_OBJECTS) }, (_, at) =>
        names.slice(at * MAX_OBJECTS, (at + 1) * MAX_OBJECTS),
      );
      await run(async (s3, signal) => {
        for (const batch of batches) await s3.deleteObjects(batch, signal);
      });
    },

    async *list(from) {
      // Names are listed in their order. A listing that starts after a key begins with the next one.
      let place = from;
      let page: Record<string, string> = from === undefined ? {} : { 'start-after': prefix + from };
      for (;;) {
        const query = { prefix, 'max-keys': String(pageSize), ...page };
        const { objects, next } = await run((s3, signal) => s3.listObjects(query, signal));
        for (const { key: name, modifiedAt } of objects) {
          const key = name.slice(prefix.length);
          if (!isBlobKey(key)) continue;
          yield { key, modifiedAt, place };
          place = key;
        }
        if (next === undefined) return;
        page = { 'continuation-token': next };
      }
    },

    async ping() {
      // Cheaper than a listing, and also refused where the bucket is missing or the key has no rights.
      await run((s3, signal) => s3.getObject(`${prefix}ping`, signal));
    },
  };
}

async function repeatOnce<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (signal.aborted || isFinal(error)) throw error;
    await sleep(RETRY_AFTER_MS, undefined, { signal });
    return await request();
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof StorageRefusal || (error instanceof S3Error && !error.isTransient);
}
