import { AppError } from '../core/errors';
import { newBlobKey } from './blob-key';
import type { BlobStore } from './store';

/** A store answered that it refuses this configuration. The message says what to change. */
export class StorageRefusal extends Error {}

/**
 * Stores, reads and removes a few bytes. Returns what has to be changed, or null if all of it worked or the store
 * gave no such answer: it may be unavailable only now.
 */
export async function findStorageRefusal(store: BlobStore): Promise<string | null> {
  try {
    await probeStore(store);
    return null;
  } catch (error) {
    return refusalIn(error);
  }
}

/** Stores, reads and removes a few bytes. Rejects if the store refuses any of it, or does not answer. */
export async function probeStore(store: BlobStore): Promise<void> {
  const key = newBlobKey();
  const body = Buffer.from(key);
  await store.put(key, body);
  const read = await store.get(key);
  // As from a proxy or a login page that answers every request.
  if (read === null || !body.equals(read)) {
    throw new StorageRefusal('The store does not return what it was given: check its address.');
  }
  await store.delete([key]);
  await store.ping();
}

/** What has to be changed, if the error says so. */
export function refusalIn(error: unknown): string | null {
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof StorageRefusal ? cause.message : null;
}
