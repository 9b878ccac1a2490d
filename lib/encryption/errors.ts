export type EncryptionFault =
  /** The link has no key. */
  | 'key_missing'
  /** What the link has is not a whole key. */
  | 'key_malformed'
  /** The key does not open these bytes: it is of another paste, or they were changed. */
  | 'wrong_key'
  | 'wrong_password'
  /** The lock asks for more work than a reader should do. */
  | 'lock_too_costly'
  /** Changed, cut, or not what this format allows. */
  | 'damaged'
  /** The ciphertext belongs to another revision than the server says. */
  | 'other_revision'
  | 'too_large'
  | 'too_many_files'
  /** Written by a newer version of the format. */
  | 'unknown_version';

/** Why a secret paste cannot be encrypted or opened. Never contains a key, a password or text. */
export class EncryptionError extends Error {
  constructor(readonly code: EncryptionFault) {
    super(code);
    this.name = 'EncryptionError';
  }
}
