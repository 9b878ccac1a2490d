import { randomBytes } from 'node:crypto';

const KEY_BYTES = 20;
const KEY_SHAPE = /^[0-9a-f]{40}$/;

/** A new key for one body: 160 random bits as lower-case hex, safe in a path and in a URL. */
export function newBlobKey(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}

export function isBlobKey(text: string): boolean {
  return KEY_SHAPE.test(text);
}

/** Throws unless the text has the shape of a key; every driver calls it before it builds a path or a URL. */
export function assertBlobKey(text: string): void {
  if (!isBlobKey(text)) throw new RangeError('Not a blob key');
}
