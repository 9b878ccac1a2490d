import { EncryptionError } from '@/lib/encryption/errors';
import { parseFragment } from '@/lib/encryption/fragment';
import { findKey } from './known-keys';

export interface LinkKey {
  key: string;
  /** Whether this browser has kept it and the address has none: then it may be of an earlier paste with this link. */
  isKept: boolean;
}

/** The key in the address, or else the one that this browser knows. */
export function findLinkKey(slug: string): LinkKey | { fault: 'key_missing' | 'key_malformed' } {
  try {
    return { key: parseFragment(window.location.hash).key, isKept: false };
  } catch (error) {
    if (error instanceof EncryptionError && error.code === 'key_malformed') return { fault: error.code };
    const known = findKey(slug);
    return known ? { key: known.key, isKept: true } : { fault: 'key_missing' };
  }
}
