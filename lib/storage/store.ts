/** A stored body's key and when it was written; what `list` yields. */
export interface StoredBlob {
  key: string;
  modifiedAt: Date;
  /** A listing from here begins with this body or shortly before it; undefined: with the first one. */
  place: string | undefined;
}

/**
 * Where bodies live. Keys come from `newBlobKey`, and are never reused or taken from a user.
 * Every method answers within `STORAGE_TIMEOUT_MS` or throws `AppError('storage_unavailable')`.
 */
export interface BlobStore {
  /** Stores the bytes durably: once this resolves, a crash does not lose them. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** The exact bytes, or null when no such key is stored. */
  get(key: string): Promise<Uint8Array | null>;
  /** Removes the keys; those that are already absent are no error. */
  delete(keys: readonly string[]): Promise<void>;
  /** Every stored key, in no particular order, a page at a time; `from` is the `place` of an earlier listing. */
  list(from?: string): AsyncIterable<StoredBlob>;
  /** Resolves when the store answers; throws as above otherwise. */
  ping(): Promise<void>;
}

/** The longest any single storage operation may take, in milliseconds. */
export const STORAGE_TIMEOUT_MS = 2_000;
