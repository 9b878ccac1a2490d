import { findLinkKey } from '@/components/secret/link-key';
import { fetchBytes } from '@/components/secret/transfer';
import { MAX_LOCK_BYTES, MAX_PAYLOAD_BYTES } from '@/lib/encryption/limits';
import { askWorker } from './secret/ask-worker';
import type { OpenedPaste, WrittenFile } from './secret/seal-messages';

/** A secret paste as the server knows it. */
export interface SecretSource {
  slug: string;
  revision: number;
  /** Null if it does not expire. */
  expiresAt: Date | null;
  /** Whether it needs a password. */
  hasLock: boolean;
}

/** Why it cannot be opened; keys of `composer.secret.faults`. */
export type OpeningFault =
  | 'key_missing'
  | 'key_malformed'
  | 'wrong_key'
  | 'wrong_password'
  | 'damaged'
  | 'unreachable';

export type Opening =
  | { kind: 'opened'; linkKey: string; opened: OpenedPaste; title: string; files: WrittenFile[] }
  | { kind: 'fault'; fault: OpeningFault };

const NAMED: readonly string[] = [
  'key_malformed',
  'wrong_key',
  'wrong_password',
] satisfies readonly OpeningFault[];

/** Loads a secret paste and decrypts it in this browser. */
export async function openSecret(source: SecretSource, password: string): Promise<Opening> {
  const { slug, revision, expiresAt, hasLock } = source;
  const found = findLinkKey(slug);
  if ('fault' in found) return { kind: 'fault', ...found };
  const { key: linkKey } = found;
  try {
    const [payload, lock] = await Promise.all([
      fetchBytes(`/${slug}/raw`, { maxBytes: MAX_PAYLOAD_BYTES }),
      hasLock ? fetchBytes(`/${slug}/lock`, { maxBytes: MAX_LOCK_BYTES }) : null,
    ]);
    const answer = await askWorker({
      kind: 'open',
      payload,
      lock: lock && { bytes: lock, password },
      linkKey,
      revision,
      expiresAt,
    });
    if (answer.kind === 'opened') return { ...answer, linkKey };
    const code = answer.kind === 'error' ? answer.code : 'damaged';
    return { kind: 'fault', fault: isNamed(code) ? code : 'damaged' };
  } catch {
    return { kind: 'fault', fault: 'unreachable' };
  }
}

function isNamed(code: string): code is OpeningFault {
  return NAMED.includes(code);
}
