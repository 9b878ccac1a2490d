import 'server-only';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { type KeyPurpose, keysFor } from './keys';

const ALGORITHMS = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };

/** Encrypts what the database or a cookie keeps for a while, so that a copy of it tells nothing. */
export function seal(purpose: KeyPurpose, text: string): Promise<string> {
  const [key] = keysFor(purpose);
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key.bytes);
}

/** What `seal` was given for the same purpose, under the present secret or the one before; else null. */
export async function unseal(purpose: KeyPurpose, sealed: string): Promise<string | null> {
  for (const key of keysFor(purpose)) {
    try {
      const { plaintext } = await compactDecrypt(sealed, key.bytes, ALGORITHMS);
      return new TextDecoder().decode(plaintext);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return null;
}
