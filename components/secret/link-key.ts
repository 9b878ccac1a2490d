import { EncryptionError } from '@/lib/encryption/errors';
import { parseFragment } from '@/lib/encryption/fragment';
import { findKey } from './known-keys';

/** The key in the address, or else the one that this browser knows. */
export function findLinkKey(slug: string): { key: string } | { fault: 'key_missing' | 'key_malformed' } {
  try {
    return parseFragment(window.location.hash);
  } catch (error) {
    if (error instanceof EncryptionError && error.code === 'key_malformed') return { fault: error.code };
    return findKey(slug) ?? { fault: 'key_missing' };
  }
}
