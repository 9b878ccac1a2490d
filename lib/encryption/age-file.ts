import { Decrypter, Encrypter } from 'age-encryption';
import { isForOneKey } from './age-header';
import { EncryptionError } from './errors';
import type { SecretKey } from './key-shape';
import { toRecipient } from './keys';

export async function encryptForKey(plain: Uint8Array, key: SecretKey): Promise<Uint8Array<ArrayBuffer>> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await toRecipient(key));
  return new Uint8Array(await encrypter.encrypt(plain));
}

/**
 * @throws EncryptionError key_malformed, wrong_key if the key opens nothing of it, damaged if the rest was changed
 *   or cut
 */
export async function decryptWithKey(file: Uint8Array, key: SecretKey): Promise<Uint8Array> {
  await toRecipient(key);
  if (!isForOneKey(file)) throw new EncryptionError('damaged');
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  try {
    return await decrypter.decrypt(file);
  } catch (error) {
    const isOtherKey = error instanceof Error && error.message.startsWith('no identity matched');
    throw new EncryptionError(isOtherKey ? 'wrong_key' : 'damaged');
  }
}
