import { EncryptionError } from './errors';
import { KEY_SHAPE, type SecretKey } from './key-shape';

export interface SecretFragment {
  key: SecretKey;
  /** What the fragment of an ordinary paste would be, without `#`: `L3-5`; empty without a place. */
  place: string;
}

const KEY_START = /^AGE-SECRET-KEY-1/i;

/**
 * Parses the fragment of a link to a secret paste: `#AGE-SECRET-KEY-1…` and optionally `&` and a place in it.
 * @param hash with or without `#`, as `location.hash` gives it
 * @throws EncryptionError key_missing, key_malformed
 */
export function parseFragment(hash: string): SecretFragment {
  const text = hash.replace(/^#/, '');
  if (!KEY_START.test(text)) throw new EncryptionError('key_missing');
  const [start = '', ...places] = text.split('&');
  const key = start.trim().toUpperCase();
  if (!KEY_SHAPE.test(key)) throw new EncryptionError('key_malformed');
  return { key, place: places.join('&') };
}

/** The fragment with its `#`. */
export function formatFragment({ key, place }: SecretFragment): string {
  return place === '' ? `#${key}` : `#${key}&${place}`;
}
