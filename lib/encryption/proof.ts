import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SecretKey } from './key-shape';

export const PROOF_SHAPE = /^[0-9a-f]{64}$/;

/** What a reader of a burning secret paste sends to prove that they hold its content key. */
export function proofOf(contentKey: SecretKey): string {
  return hashText(`sheaf reveal v1\n${contentKey.toUpperCase()}`);
}

/** What the server stores to check a proof. */
export function proofHashOf(proof: string): string {
  return hashText(proof);
}

export function sha256Of(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

function hashText(text: string): string {
  return sha256Of(utf8ToBytes(text));
}
