import { createHash } from 'node:crypto';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

// Made with the library alone: any age client can make and open a secret paste.

export interface SecretPaste {
  key: string;
  /** An age file with one X25519 recipient. */
  payload: Uint8Array<ArrayBuffer>;
  /** What reveals it if it burns, and its hash: 64 hexadecimal digits each. */
  proof: string;
  proofHash: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export async function encryptFor(
  text: string | Uint8Array,
  ...keys: readonly string[]
): Promise<Uint8Array<ArrayBuffer>> {
  const encrypter = new Encrypter();
  for (const key of keys) encrypter.addRecipient(await identityToRecipient(key));
  return new Uint8Array(await encrypter.encrypt(text));
}

/** An age file for a password. */
export async function encryptWithPassword(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(10);
  encrypter.setPassphrase('a long walk by the sea');
  return new Uint8Array(await encrypter.encrypt(text));
}

export async function decryptWith(key: string, file: Uint8Array): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  return decrypter.decrypt(file, 'text');
}

export async function newSecret(text: string | Uint8Array = 'text of a secret paste'): Promise<SecretPaste> {
  const key = await generateX25519Identity();
  const proof = sha256(`sheaf reveal v1\n${key}`);
  return { key, payload: await encryptFor(text, key), proof, proofHash: sha256(proof) };
}

/** The form that creates a secret paste. */
export function secretForm(
  { payload, proofHash }: Pick<SecretPaste, 'payload' | 'proofHash'>,
  parts: Record<string, string | Uint8Array<ArrayBuffer>> = {},
): FormData {
  return formOf({ encryption: 'age-v1', payload, proof_hash: proofHash, ...parts });
}

export function formOf(parts: Record<string, string | Uint8Array<ArrayBuffer>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    form.append(name, typeof value === 'string' ? value : new Blob([value]));
  }
  return form;
}
