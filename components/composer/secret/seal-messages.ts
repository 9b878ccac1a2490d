import type { EncryptionFault } from '@/lib/encryption/errors';

/** A file as the composer holds it. */
export interface WrittenFile {
  name: string;
  /** A language id, or empty to have it detected. */
  language: string;
  text: string;
  /** The bytes of a file that is not text. */
  base64?: string;
}

export interface WrittenPaste {
  title: string;
  files: readonly WrittenFile[];
  /** A named lifetime, `at`, or `keep` for the expiry that the paste has. */
  lifetime: string;
  /** With `at`: in the browser's own time, `2030-01-31T12:00`. */
  expiresAt: string;
  /** Empty if it does not burn. */
  burnAfter: string;
}

/** What has to be known of a secret paste to save a new revision of it. */
export interface OpenedPaste {
  contentKey: string;
  /** The ciphertext. */
  payload: Uint8Array<ArrayBuffer>;
  /** What its author meant; null if it does not expire. */
  expiresAt: Date | null;
}

export interface SealNew {
  kind: 'seal';
  paste: WrittenPaste;
  /** Empty for none. */
  password: string;
}

export interface SealRevision {
  kind: 'reseal';
  paste: WrittenPaste;
  opened: OpenedPaste;
  /** The number of the new one. */
  revision: number;
}

export interface OpenSecret {
  kind: 'open';
  payload: Uint8Array<ArrayBuffer>;
  /** Null without a password. */
  lock: { bytes: Uint8Array<ArrayBuffer>; password: string } | null;
  linkKey: string;
  /** As the server says. */
  revision: number;
  /** As the server says, for a paste that does not say it itself. */
  expiresAt: Date | null;
}

/** Whether the key of the link is right, before a password is asked for. */
export interface CheckLink {
  kind: 'check';
  lock: Uint8Array<ArrayBuffer>;
  linkKey: string;
}

export type SealRequest = SealNew | SealRevision | OpenSecret | CheckLink;

export interface Sealed {
  payload: Uint8Array<ArrayBuffer>;
  lock: Uint8Array<ArrayBuffer> | null;
  proofHash: string;
  /** For the fragment of the link. */
  linkKey: string;
  expiresAt: Date | null;
}

/** Of `errors.*`, by the name of the field. */
export type ContentFaults = Record<string, ContentFault>;

export type ContentFault =
  | 'title_too_long'
  | 'name_too_long'
  | 'name_has_path'
  | 'control_characters'
  | 'not_unicode'
  | 'text_empty'
  | 'text_too_large'
  | 'files_too_many'
  | 'expiry_not_a_time';

export type SealAnswer =
  | { kind: 'sealed'; sealed: Sealed }
  | { kind: 'resealed'; payload: Uint8Array<ArrayBuffer>; expiresAt: Date | null }
  | { kind: 'opened'; opened: OpenedPaste; title: string; files: WrittenFile[] }
  | { kind: 'checked' }
  | { kind: 'faults'; faults: ContentFaults }
  /** `failed`: not a fault of the paste. */
  | { kind: 'error'; code: EncryptionFault | 'failed' };
