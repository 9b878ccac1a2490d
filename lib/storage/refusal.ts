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
  const key = newBlobKey();
  const body = Buffer.from(key);
  try {
    await store.put(key, body);
    const read = await store.get(key);
    // As from a proxy or a login page that answers every request.
    if (read === null || !body.equals(read))
      return 'The store does not return what it was given: check its address.';
    await store.delete([key]);
    await store.ping();
    return null;
  } catch (error) {
    const cause = error instanceof AppError ? error.cause : error;
    return cause instanceof StorageRefusal ? cause.message : null;
  }
}
