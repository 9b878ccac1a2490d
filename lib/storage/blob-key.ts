import { randomBytes } from 'node:crypto';

const KEY_BYTES = 20;
const KEY_SHAPE = /^[0-9a-f]{40}$/;

/** How many keys in a row share their first byte. */
const KEYS_PER_FOLDER = 64;

let folder = '';
let left = 0;

/**
 * A new key for one body: 20 random bytes as lower-case hex, safe in a path and in a URL. Its first byte is that of the
 * keys just before, so that bodies which are stored at the same time are in one folder, which is flushed once for them.
 */
export function newBlobKey(): string {
  if (left === 0) {
    folder = randomBytes(1).toString('hex');
    left = KEYS_PER_FOLDER;
  }
  left -= 1;
  return folder + randomBytes(KEY_BYTES - 1).toString('hex');
}

export function isBlobKey(text: string): boolean {
  return KEY_SHAPE.test(text);
}

/** Throws unless the text has the shape of a key; every driver calls it before it builds a path or a URL. */
export function assertBlobKey(text: string): void {
  if (!isBlobKey(text)) throw new RangeError('Not a blob key');
}
