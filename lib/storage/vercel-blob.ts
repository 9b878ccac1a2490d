import 'server-only';
import { assertBlobKey, isBlobKey } from './blob-key';
import { withinDeadline } from './deadline';
import { readWhole } from './read-whole';
import { StorageRefusal } from './refusal';
import type { BlobStore } from './store';

type Sdk = typeof import('@vercel/blob');

const PREFIX = 'bodies/';
const LIST_PAGE_SIZE = 1_000;
const DELETE_BATCH_SIZE = 100;

export interface VercelBlobOptions {
  /** The store's read-write token, `vercel_blob_rw_<store>_<secret>`. */
  token: string;
  /** Replaces the base of private reads, which otherwise follows from the token. */
  readUrl?: string | undefined;
  /** Keys per page of `list`; at most 1,000. */
  pageSize?: number | undefined;
}

/**
 * Bodies in a private Vercel Blob store, under `bodies/<key>`. The SDK's own retries
 * (`VERCEL_BLOB_RETRIES`, ten by default) end with the deadline of the operation they belong to.
 */
export function createVercelBlobStore(options: VercelBlobOptions): BlobStore {
  const { token, pageSize = LIST_PAGE_SIZE } = options;
  const readBase = (options.readUrl ?? privateReadUrl(token)).replace(/\/+$/, '');

  async function read(key: string, signal: AbortSignal): Promise<Uint8Array | null> {
    const response = await fetch(`${readBase}/${PREFIX}${key}`, {
      // Unencoded, so that Content-Length counts the bytes of the body.
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' },
      cache: 'no-store',
      signal,
    });
    if (response.status === 200) return await readWhole(response);
    await response.body?.cancel();
    if (response.status === 404) return null;
    throw new Error(`The store answered a read with ${response.status}`);
  }

  return {
    async put(key, body) {
      assertBlobKey(key);
      const pathname = PREFIX + key;
      await callSdk(async ({ put }, abortSignal) => {
        const stored = await put(pathname, Buffer.from(body.buffer, body.byteOffset, body.byteLength), {
          access: 'private',
          addRandomSuffix: false,
          allowOverwrite: false,
          contentType: 'application/octet-stream',
          token,
          abortSignal,
        });
        if (stored.pathname !== pathname) throw new Error('The store chose another name for a body');
      });
    },

    async get(key) {
      assertBlobKey(key);
      return await withinDeadline(async ({ signal }) => {
        try {
          return await read(key, signal);
        } catch (error) {
          if (signal.aborted) throw error;
          // Once more: a kept-alive connection may have been closed at the moment of its use.
          return await read(key, signal);
        }
      });
    },

    async delete(keys) {
      for (const key of keys) assertBlobKey(key);
      const paths = keys.map((key) => PREFIX + key);
      const starts = Array.from(
        { length: Math.ceil(paths.length / DELETE_BATCH_SIZE) },
        (_, n) => n * DELETE_BATCH_SIZE,
      );
      await callSdk(({ del }, abortSignal) =>
        Promise.all(
          starts.map((start) => del(paths.slice(start, start + DELETE_BATCH_SIZE), { token, abortSignal })),
        ),
      );
    },

    async *list(from) {
      let cursor = from;
      do {
        const page = await callSdk(({ list }, abortSignal) =>
          list({ token, prefix: PREFIX, limit: pageSize, cursor, abortSignal }),
        );
        for (const { pathname, uploadedAt } of page.blobs) {
          const key = pathname.slice(PREFIX.length);
          if (isBlobKey(key)) yield { key, modifiedAt: uploadedAt, place: cursor };
        }
        cursor = page.hasMore ? page.cursor : undefined;
      } while (cursor !== undefined);
    },

    async ping() {
      await callSdk(async ({ BlobNotFoundError, head }, abortSignal) => {
        try {
          await head(`${PREFIX}ping`, { token, abortSignal });
        } catch (error) {
          if (!(error instanceof BlobNotFoundError)) throw error;
        }
      });
    },
  };
}

/** Within the deadline. The SDK is loaded on first use: most instances keep bodies in a folder. */
async function callSdk<T>(work: (sdk: Sdk, abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const sdk = await import('@vercel/blob');
  return await withinDeadline(async ({ signal: abortSignal }) => {
    try {
      return await work(sdk, abortSignal);
    } catch (error) {
      const refusals = [sdk.BlobAccessError, sdk.BlobStoreNotFoundError, sdk.BlobStoreSuspendedError];
      if (!refusals.some((refusal) => error instanceof refusal)) throw error;
      const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
      throw new StorageRefusal(
        `BLOB_READ_WRITE_TOKEN must be a valid token of a store that is not suspended (${reason}).`,
        { cause: error },
      );
    }
  });
}

function privateReadUrl(token: string): string {
  const storeId = token.split('_')[3];
  if (!storeId) throw new Error('The Vercel Blob token names no store (vercel_blob_rw_<store>_<secret>)');
  return `https://${storeId}.private.blob.vercel-storage.com`;
}
