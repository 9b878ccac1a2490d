import { EncryptionError, type EncryptionFault } from '@/lib/encryption/errors';
import { parseFragment } from '@/lib/encryption/fragment';
import type { SecretKey } from '@/lib/encryption/key-shape';
import { toRecipient } from '@/lib/encryption/keys';
import { MAX_LOCK_BYTES } from '@/lib/encryption/limits';
import { openLock } from '@/lib/encryption/lock';
import { Failure } from './failure';
import { type Connection, fetchBytes } from './http';
import { note } from './output';
import { askPassword, readPassword } from './passwords';

const MAX_TRIES = 3;

const SENTENCES: Record<EncryptionFault, string> = {
  key_missing: 'This paste is secret, and the link has no key; ask for the whole link, in quotes.',
  key_malformed: 'The key in the link is not complete or has a mistake.',
  wrong_key: 'The key in the link does not open this paste.',
  wrong_password: 'The password is wrong.',
  lock_too_costly: 'The password of this paste takes more work than is reasonable.',
  damaged: 'This paste is damaged, or it was changed.',
  other_revision: 'The server sent another revision than it said; try again.',
  too_large: 'This paste is larger than a paste can be.',
  too_many_files: 'This paste has more files than a paste can have.',
  unknown_version: 'This paste was made by a newer version; download this program again.',
};

/** Runs what encrypts or decrypts, with its errors as failures. */
export async function decrypting<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EncryptionError) throw new Failure('encryption', SENTENCES[error.code]);
    throw error;
  }
}

/** The key of a link, checked. @throws Failure encryption */
export function readLinkKey(hash: string): Promise<SecretKey> {
  return decrypting(async () => {
    const { key } = parseFragment(hash);
    await toRecipient(key);
    return key;
  });
}

/**
 * The key of the content: the one of the link, or what the password opens.
 * @throws Failure
 */
export async function findContentKey(
  connection: Connection,
  {
    slug,
    linkKey,
    hasLock,
    passwordFile,
  }: {
    slug: string;
    linkKey: SecretKey;
    hasLock: boolean;
    passwordFile: string | undefined;
  },
): Promise<SecretKey> {
  if (!hasLock) return linkKey;
  const path = `/api/v1/pastes/${slug}/lock`;
  const lock = await fetchBytes(connection, { path, maxBytes: MAX_LOCK_BYTES });
  for (let tries = 1; ; tries += 1) {
    const password =
      passwordFile === undefined ? await askPassword('Password: ') : await readPassword(passwordFile);
    try {
      return await openLock(lock, { linkKey, password });
    } catch (error) {
      const mayRepeat =
        error instanceof EncryptionError && error.code === 'wrong_password' && passwordFile === undefined;
      if (!mayRepeat || tries === MAX_TRIES) return decrypting(() => Promise.reject(error));
      note(SENTENCES.wrong_password);
    }
  }
}
