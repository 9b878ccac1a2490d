import './without-webcrypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { EncryptionError } from './errors';

/** An X25519 identity of age: `AGE-SECRET-KEY-1` and 58 Bech32 characters, in upper case. */
export type SecretKey = string;

export const KEY_SHAPE = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;

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
