import { encryptForKey } from './age-file';
import { packArchive, type SecretContent } from './archive';
import type { SecretKey } from './key-shape';
import { newKey } from './keys';
import { sealLock } from './lock';
import type { Intention } from './manifest';
import { proofHashOf, proofOf } from './proof';

export interface SealedPaste {
  /** The encrypted archive, an age file. */
  payload: Uint8Array<ArrayBuffer>;
  /** An age file; null without a password. */
  lock: Uint8Array<ArrayBuffer> | null;
  /** For the fragment of the link; never sent. */
  linkKey: SecretKey;
  /** The same as `linkKey` without a password; never sent. */
  contentKey: SecretKey;
  /** 64 hexadecimal digits. */
  proofHash: string;
}

/**
 * Encrypts a new paste with new keys.
 * @param options.password empty for none
 * @throws EncryptionError too_large, too_many_files
 */
export async function sealPaste(
  content: SecretContent,
  { intention, password = '' }: { intention: Omit<Intention, 'revision' | 'previous'>; password?: string },
): Promise<SealedPaste> {
  const linkKey = await newKey();
  const contentKey = password === '' ? linkKey : await newKey();
  const payload = await sealRevision(content, {
    intention: { ...intention, revision: 1, previous: null },
    contentKey,
  });
  const lock = password === '' ? null : await sealLock(contentKey, { linkKey, password });
  return { payload, lock, linkKey, contentKey, proofHash: proofHashOf(proofOf(contentKey)) };
}

/**
 * Encrypts a new revision of a paste with its content key.
 * @returns the payload, an age file
 * @throws EncryptionError too_large, too_many_files, key_malformed
 */
export async function sealRevision(
  content: SecretContent,
  { intention, contentKey }: { intention: Intention; contentKey: SecretKey },
): Promise<Uint8Array<ArrayBuffer>> {
  return encryptForKey(await packArchive(content, intention), contentKey);
}
