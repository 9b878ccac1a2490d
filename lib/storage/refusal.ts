import { AppError } from '../core/errors';
import { newBlobKey } from './blob-key';
import type { BlobStore } from './store';

/** A store answered that it refuses this configuration. The message says what to change. */
export class StorageRefusal extends Error {}

/**
 * Stores, reads and removes a few bytes. Returns what has to be changed, or null if all three worked or the store
 * gave no such answer; it may only be away.
 */
export async function findStorageRefusal(store: BlobStore): Promise<string | null> {
  const key = newBlobKey();
  try {
    await store.put(key, Buffer.from('trial'));
    await store.get(key);
    await store.delete([key]);
    await store.ping();
    return null;
  } catch (error) {
    const cause = error instanceof AppError ? error.cause : error;
    return cause instanceof StorageRefusal ? cause.message : null;
  }
}
