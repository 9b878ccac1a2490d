import { findLinkKey } from '@/components/secret/link-key';
import { fetchBytes, TransferError, type TransferFault } from '@/components/secret/transfer';
import { EncryptionError, type EncryptionFault } from '@/lib/encryption/errors';
import { MAX_LOCK_BYTES, MAX_PAYLOAD_BYTES } from '@/lib/encryption/limits';
import { askWorker } from './secret/ask-worker';
import type { OpenedPaste, SealAnswer, WrittenFile } from './secret/seal-messages';

/** A secret paste as the server knows it. */
export interface SecretSource {
  slug: string;
  revision: number;
  /** Null if it does not expire. */
  expiresAt: Date | null;
  /** Whether it needs a password. */
  hasLock: boolean;
}

/** Why it cannot be opened; keys of `secretPage.faults`. */
export type OpeningFault = EncryptionFault | TransferFault;

export type Opening =
  | { kind: 'opened'; linkKey: string; opened: OpenedPaste; title: string; files: WrittenFile[] }
  | { kind: 'fault'; fault: OpeningFault };

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
    return { kind: 'fault', fault: toFault(answer) };
  } catch (error) {
    if (error instanceof EncryptionError) return { kind: 'fault', fault: error.code };
    return { kind: 'fault', fault: error instanceof TransferError ? error.fault : 'unsupported' };
  }
}

function toFault(answer: SealAnswer): OpeningFault {
  return answer.kind !== 'error' || answer.code === 'failed' ? 'unsupported' : answer.code;
}
