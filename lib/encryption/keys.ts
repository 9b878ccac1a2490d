import './without-webcrypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { EncryptionError } from './errors';
import { KEY_SHAPE, type SecretKey } from './key-shape';

export function newKey(): Promise<SecretKey> {
  return generateX25519Identity();
}

/** @throws EncryptionError key_malformed, also if its checksum is wrong */
export async function toRecipient(key: SecretKey): Promise<string> {
  if (!KEY_SHAPE.test(key)) throw new EncryptionError('key_malformed');
  return identityToRecipient(key).catch(() => {
    throw new EncryptionError('key_malformed');
  });
}
