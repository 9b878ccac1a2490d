import 'server-only';
import type { BlobStore } from '../storage/store';
import { BackupError } from './backup-error';
import { patiently } from './patiently';

const AT_ONCE = 8;
const REMOVED_AT_ONCE = 200;

/** Stores several bodies at a time, and remembers which, so that a restore that fails can remove them. */
export class BodyWriter {
  readonly #store: BlobStore;
  /** Keys; about 100 bytes for each body. */
  readonly #added = new Set<string>();
  #running: Promise<void>[] = [];

  constructor(store: BlobStore) {
    this.#store = store;
  }

  /** Rejects if this body, or one before it, cannot be stored. */
  async put(key: string, data: Uint8Array): Promise<void> {
    const storing = this.#storeBody(key, data);
    // Until `settle` looks at it.
    storing.catch(() => {});
    this.#running.push(storing);
    if (this.#running.length >= AT_ONCE) await this.settle();
  }

  /** Resolves when all bodies are stored. */
  async settle(): Promise<void> {
    const results = await Promise.allSettled(this.#running);
    this.#running = [];
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Removes the bodies that were not whole in the store before. */
  async undo(): Promise<void> {
    await Promise.allSettled(this.#running);
    const keys = [...this.#added];
    for (let start = 0; start < keys.length; start += REMOVED_AT_ONCE) {
      await this.#store.delete(keys.slice(start, start + REMOVED_AT_ONCE));
    }
  }

  /** The same body may be there: of a restore that was killed, or where the database moves and the store does not. */
  async #storeBody(key: string, data: Uint8Array): Promise<void> {
    await patiently(async () => {
      try {
        await this.#store.put(key, data);
        this.#added.add(key);
      } catch (error) {
        const found = await this.#store.get(key);
        if (found !== null && Buffer.compare(found, data) === 0) return;
        if (found !== null && !isBeginning(found, data)) {
          throw new BackupError(`The store has another body under the key ${key}. Use an empty store.`);
        }
        // Nothing whole is lost if `undo` removes it, also if this `put` stores it later.
        this.#added.add(key);
        if (found === null) throw error;
        await this.#store.delete([key]);
        await this.#store.put(key, data);
      }
    });
  }
}

/** As a `put` leaves it that was killed: keys are random, so that another text never has the same. */
function isBeginning(found: Uint8Array, data: Uint8Array): boolean {
  return found.length < data.length && Buffer.compare(found, data.subarray(0, found.length)) === 0;
}
